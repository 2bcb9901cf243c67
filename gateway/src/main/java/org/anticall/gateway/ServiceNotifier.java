package org.anticall.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.anticall.gateway.transport.EventLoops;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager how the process stands (sd_notify(3)): ready, reloading, stopping, and that it is alive. A
 * manager that wants to know names a datagram socket in {@code NOTIFY_SOCKET}; without it nothing is sent. The JDK has no
 * datagram sockets in the file system (as of 17), so this one is Netty's. Thread-safe; sends wait at most a second.
 */
final class ServiceNotifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
    private static final long SEND_WITHIN_MILLIS = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final Duration BEYOND_THE_DRAIN = Duration.ofSeconds(15);

    private final @Nullable MultiThreadIoEventLoopGroup loop;
    private final @Nullable Channel channel;
    private final long watchdogNanos;
    private volatile boolean isOpen = true;
    private @Nullable Thread watchdog;

    private ServiceNotifier(@Nullable MultiThreadIoEventLoopGroup loop, @Nullable Channel channel, long watchdogNanos) {
        this.loop = loop;
        this.channel = channel;
        this.watchdogNanos = watchdogNanos;
    }

    /** The manager that {@code environment} names, or nobody. */
    static ServiceNotifier of(Map<String, String> environment) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (socket.isEmpty()) {
            return new ServiceNotifier(null, null, 0);
        }
        if (!EventLoops.isNative()) {
            LOG.atWarn().log("the service manager cannot be told anything, this machine has no native transport");
            return new ServiceNotifier(null, null, 0);
        }
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("service-notifier", true), EpollIoHandler.newFactory());
        // A name that begins with @ is in the abstract namespace, where it begins with NUL.
        String path = socket.startsWith("@") ? "\0" + socket.substring(1) : socket;
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            LOG.atWarn()
                    .addKeyValue("cause", String.valueOf(connected.cause()))
                    .log("the service manager cannot be told anything");
        }
        return new ServiceNotifier(
                loop, connected.isSuccess() ? connected.channel() : null, watchdogNanos(environment));
    }

    private static long watchdogNanos(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        if (!pid.isEmpty() && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return 0;
        }
        try {
            return Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0")) * NANOS_PER_MICRO;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** Calls are judged, as {@code status} says. */
    void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** The configuration is being read anew; {@link #ready} follows. */
    void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / NANOS_PER_MICRO);
    }

    /** No new calls; the process may take {@code drainFor} to end. */
    void stopping(Duration drainFor) {
        long micros =
                TimeUnit.NANOSECONDS.toMicros(drainFor.plus(BEYOND_THE_DRAIN).toNanos());
        send("STOPPING=1\nSTATUS=new calls are refused\nEXTEND_TIMEOUT_USEC=" + micros);
    }

    /**
     * Says twice per watchdog interval that the process is alive, as long as it is; does nothing if nobody asked for it.
     *
     * @param isAlive whether calls are handled; may take some time to find out
     */
    void watch(BooleanSupplier isAlive) {
        if (watchdogNanos <= 0) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    while (isOpen) {
                        try {
                            if (isAlive.getAsBoolean()) {
                                send("WATCHDOG=1");
                            }
                        } catch (RejectedExecutionException loopsHaveEnded) {
                            return;
                        }
                        LockSupport.parkNanos(watchdogNanos / 2);
                    }
                },
                "watchdog");
        thread.setDaemon(true);
        watchdog = thread;
        thread.start();
    }

    private void send(String message) {
        if (channel == null || !isOpen) {
            return;
        }
        boolean sent = channel.writeAndFlush(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8))
                .awaitUninterruptibly(SEND_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        if (!sent) {
            LOG.atWarn().log("the service manager takes no messages");
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of its thread
    public void close() {
        isOpen = false;
        if (watchdog != null) {
            LockSupport.unpark(watchdog);
        }
        if (channel != null) {
            channel.close();
        }
        if (loop != null) {
            loop.shutdownGracefully(0, SEND_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
