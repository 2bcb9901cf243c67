package org.anticall.gateway.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of the admin address. One event loop of its own reads and writes, so a client that dawdles costs a
 * connection and no thread; pages are made on a few threads, so one that takes long holds up no other. There are at most
 * {@link #MAX_CONNECTIONS}: one more, and the one that is there longest goes. It asks for no credentials: the address
 * belongs on loopback or a management network.
 */
public final class AdminServer implements AutoCloseable {

    /** Most connections at a time. */
    static final int MAX_CONNECTIONS = 256;

    private static final int BACKLOG = 128;
    private static final int MAX_REQUEST_BYTES = 16 << 10;
    private static final int PAGE_THREADS = 4;
    private static final int MAX_WAITING_PAGES = 64;
    private static final long CLOSE_WITHIN_MILLIS = 2_000;

    private final EventLoopGroup loop;
    private final Channel server;
    private final ThreadPoolExecutor pageThreads = pageThreads();
    private final Set<Channel> connections = new LinkedHashSet<>();
    private volatile @Nullable Map<String, AdminPage> pages;

    private AdminServer(EventLoopGroup loop, InetSocketAddress address) throws IOException {
        this.loop = loop;
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accept(connection);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort()
                            + "/tcp (admin): " + bound.cause().getMessage()
                            + "; end what listens there, or set admin to another address",
                    bound.cause());
        }
        server = bound.channel();
    }

    /**
     * Takes the address; nothing is answered before {@link #start}.
     *
     * @param address port 0 takes any free one
     * @throws IOException with one sentence that names the address
     */
    public static AdminServer bind(InetSocketAddress address) throws IOException {
        EventLoops.watchForLeaksOnlyIfAsked();
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("admin", true), NioIoHandler.newFactory());
        try {
            return new AdminServer(loop, address);
        } catch (IOException notBound) {
            end(loop);
            throw notBound;
        }
    }

    private static ThreadPoolExecutor pageThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                PAGE_THREADS,
                PAGE_THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING_PAGES),
                new DefaultThreadFactory("admin-page", true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** On the loop: one more connection. */
    private void accept(Channel connection) {
        Map<String, AdminPage> known = pages;
        if (known == null) {
            var unused = connection.close();
            return;
        }
        connections.add(connection);
        connection.closeFuture().addListener(closed -> connections.remove(connection));
        if (connections.size() > MAX_CONNECTIONS) {
            Iterator<Channel> oldest = connections.iterator();
            var unused = oldest.next().close();
        }
        connection
                .pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(MAX_REQUEST_BYTES, true),
                        new AdminConnection(known, pageThreads));
    }

    /** Begins to answer. */
    public void start(Map<String, AdminPage> answering) {
        pages = Map.copyOf(answering);
        server.config().setAutoRead(true);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        loop.submit(this::closeConnections).awaitUninterruptibly();
        end(pageThreads);
        end(loop);
    }

    private void closeConnections() {
        for (Channel connection : Set.copyOf(connections)) {
            var unused = connection.close();
        }
    }

    private static void end(ExecutorService threads) {
        threads.shutdownNow();
    }

    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
