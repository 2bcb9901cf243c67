package org.anticall.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.gateway.config.Transport;
import org.jspecify.annotations.Nullable;

/**
 * One listening TCP or TLS socket with the connections that hang on it: those peers made to it and those made from it. A
 * message goes over the connection there is, else over a new one (RFC 3261 §18). Owned by one event loop; connections peers
 * made are found by the ports of all loops, because a response may have to leave by the connection of another loop.
 */
public final class StreamPort extends Port {

    private static final int BACKLOG = 1024;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int SEND_BUFFER_BYTES = 256 << 10;
    private static final WriteBufferWaterMark UNSENT_BYTES = new WriteBufferWaterMark(256 << 10, 512 << 10);

    private final EventLoop loop;
    private final Channel server;
    private final StreamNeeds needs;
    private final StreamTimes times;
    private final Sources sources;
    private final Inbox inbox;
    private final Set<Connection> connections = new HashSet<>();
    private final Map<InetSocketAddress, Connection> made = new HashMap<>();
    private final ConcurrentMap<InetSocketAddress, Connection> accepted;

    /** Connections of all loops; for answers to what came by them and was handed over. */
    private final ConcurrentMap<InetSocketAddress, Connection> madeByAny;

    private boolean closing;

    private StreamPort(
            Transport transport, EventLoop loop, Channel server, StreamNeeds needs, Sources sources, Inbox inbox) {
        super(transport, (InetSocketAddress) server.localAddress());
        this.loop = loop;
        this.server = server;
        this.needs = needs;
        this.times = StreamTimes.of(needs.settings());
        this.sources = sources;
        this.inbox = inbox;
        this.accepted = needs.connections("from peers", transport, address());
        this.madeByAny = needs.connections("to peers", transport, address());
    }

    /**
     * Listens on {@code address}; port 0 takes any free one.
     *
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static StreamPort bind(
            Transport transport,
            EventLoop loop,
            InetSocketAddress address,
            boolean shared,
            StreamNeeds needs,
            Sources sources,
            Inbox inbox)
            throws IOException {
        Acceptor acceptor = new Acceptor();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> EventLoops.serverChannel(address.getAddress()))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, transport == Transport.TCP)
                .childOption(ChannelOption.ALLOCATOR, needs.allocator())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT_BYTES)
                .childHandler(acceptor);
        if (shared && EventLoops.isNative()) {
            bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + hostText(address.getAddress()) + ":" + address.getPort() + "/"
                            + transport.text() + ": " + reason(bound.cause()),
                    bound.cause());
        }
        StreamPort port = new StreamPort(transport, loop, bound.channel(), needs, sources, inbox);
        acceptor.port = port;
        return port;
    }

    @Override
    public void open() {
        server.config().setAutoRead(true);
    }

    boolean isSecure() {
        return transport() == Transport.TLS;
    }

    TransportCounters counters() {
        return needs.counters();
    }

    Inbox inbox() {
        return inbox;
    }

    long now() {
        return needs.clock().nanos();
    }

    // ---- Sending ----

    @Override
    public void send(ByteBuf payload, InetSocketAddress to) {
        assert loop.inEventLoop();
        Connection connection = find(to);
        if (connection == null) {
            connection = connect(to);
        }
        if (connection == null) {
            payload.release();
            counters().unsent.increment();
        } else {
            connection.send(payload);
        }
    }

    @Override
    public void reply(ByteBuf payload, InetSocketAddress source, InetSocketAddress sentBy) {
        Connection own = find(source);
        Connection connection = own == null ? madeByAny.get(source) : own;
        if (connection == null) {
            send(payload, sentBy);
        } else {
            connection.reply(payload, sentBy);
        }
    }

    private @Nullable Connection find(InetSocketAddress peer) {
        Connection own = made.get(peer);
        return own == null ? accepted.get(peer) : own;
    }

    // ---- Connections we make ----

    @SuppressWarnings("FutureReturnValueIgnored") // the listener has it
    private @Nullable Connection connect(InetSocketAddress to) {
        if (closing || !needs.limit().take(to.getAddress())) {
            counters().connectionsRefused.increment();
            return null;
        }
        Connection connection = new Connection(this, to, true);
        made.put(to, connection);
        madeByAny.put(to, connection);
        add(connection);
        new Bootstrap()
                .group(loop)
                .channelFactory(() -> EventLoops.streamChannel(address().getAddress()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOCATOR, needs.allocator())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT_BYTES)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (isSecure()) {
                            channel.pipeline().addLast(tls().client(channel.alloc(), to));
                        }
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(to, new InetSocketAddress(address().getAddress(), 0))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        counters().connectionsMade.increment();
                    } else {
                        counters().connectFailures.increment();
                        connection.failed();
                        closed(connection);
                    }
                });
        return connection;
    }

    private TlsIdentity tls() {
        return Objects.requireNonNull(needs.tls(), "a port with TLS has an identity");
    }

    // ---- Connections peers make ----

    /** Stands in for the port until it is there: the server channel does not read before {@link #open}. */
    private static final class Acceptor extends ChannelInitializer<Channel> {

        private volatile @Nullable StreamPort port;

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // closed in any case
        protected void initChannel(Channel channel) {
            StreamPort open = port;
            if (open == null) {
                var unused = channel.close();
            } else {
                open.accept(channel);
            }
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closed in any case
    private void accept(Channel channel) {
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        if (!sources.mayConnect(peer, transport())) {
            counters().strangers.increment();
            var unused = channel.close();
        } else if (closing || !needs.limit().take(peer.getAddress())) {
            counters().connectionsRefused.increment();
            var unused = channel.close();
        } else {
            counters().connectionsAccepted.increment();
            Connection connection = new Connection(this, peer, false);
            add(connection);
            accepted.put(peer, connection);
            if (isSecure()) {
                channel.pipeline().addLast(tls().server(channel.alloc()));
            }
            channel.pipeline().addLast(connection);
        }
    }

    /** Who the peer of a connection is by its address, and by the names in its certificate; null for a stranger. */
    @Nullable
    Source sourceOf(Connection connection, Set<String> names) {
        Source known = connection.isOurs() ? sources.find(connection.remote()) : null;
        return known == null ? sources.ofStream(connection.remote(), transport(), names) : known;
    }

    /** The same once TLS stands; whom we connected to is a stranger with a certificate of neither a hop there nor a peer. */
    @Nullable
    Source secured(Connection connection, Channel channel) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        CertificateNames names = CertificateNames.of(handler.engine().getSession());
        if (connection.isOurs() && !tls().isHop(names, connection.remote().getAddress())) {
            Source peer = sources.ofCertificate(connection.remote(), names.names());
            if (peer == null) {
                counters().tlsFailures.increment();
            }
            return peer;
        }
        return sourceOf(connection, names.names());
    }

    private void add(Connection connection) {
        connections.add(connection);
        openCount().increment();
    }

    private LongAdder openCount() {
        return isSecure() ? counters().openTls : counters().openTcp;
    }

    // ---- The end ----

    void closed(Connection connection) {
        if (!connections.remove(connection)) {
            return;
        }
        openCount().decrement();
        needs.limit().give(connection.remote().getAddress());
        if (connection.isOurs()) {
            made.remove(connection.remote(), connection);
            madeByAny.remove(connection.remote(), connection);
            if (!closing) {
                inbox.unreachable(this, connection.remote());
            }
        } else {
            accepted.remove(connection.remote(), connection);
        }
    }

    /** Ends our side of a stream whose peer may still be writing. */
    @SuppressWarnings("FutureReturnValueIgnored") // the sweep closes it in any case
    void shutdownOutput(Channel channel) {
        if (!isSecure() && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    @Override
    public void sweep() {
        long now = now();
        for (Connection connection : List.copyOf(connections)) {
            connection.sweep(now, times);
        }
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        List<ChannelFuture> closings = new ArrayList<>();
        loop.submit(() -> {
                    closing = true;
                    for (Connection connection : List.copyOf(connections)) {
                        connection.close();
                        ChannelFuture ended = connection.ended();
                        if (ended != null) {
                            closings.add(ended);
                        }
                    }
                })
                .awaitUninterruptibly();
        closings.forEach(ChannelFuture::awaitUninterruptibly);
    }
}
