package org.anticall.gateway.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;

/** The event loops and the kind of sockets that fit them: native epoll where it works, else the JDK's selector. */
public final class EventLoops {

    private static final String LEAK_LEVEL = "io.netty.leakDetection.level";

    private EventLoops() {}

    /** Whether the native transport can be used on this machine. */
    public static boolean isNative() {
        return Epoll.isAvailable();
    }

    /**
     * {@code count} loops, each with its own thread of the highest priority; the caller shuts them down. Buffers are not watched for leaks unless
     * the system property {@value #LEAK_LEVEL} asks for it: watching makes a stack trace for some of them.
     */
    public static MultiThreadIoEventLoopGroup open(int count) {
        watchForLeaksOnlyIfAsked();
        IoHandlerFactory factory = isNative() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("path", false, Thread.MAX_PRIORITY), factory);
    }

    /** To be called before the first buffer is made. */
    public static void watchForLeaksOnlyIfAsked() {
        if (System.getProperty(LEAK_LEVEL) == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /** A socket of the family of {@code local}, whichever family the machine prefers. */
    static DatagramChannel datagramChannel(InetAddress local) {
        SocketProtocolFamily family = family(local);
        return isNative() ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }

    static ServerSocketChannel serverChannel(InetAddress local) {
        SocketProtocolFamily family = family(local);
        return isNative()
                ? new EpollServerSocketChannel(family)
                : new NioServerSocketChannel(SelectorProvider.provider(), family);
    }

    static SocketChannel streamChannel(InetAddress local) {
        SocketProtocolFamily family = family(local);
        return isNative() ? new EpollSocketChannel(family) : new NioSocketChannel(SelectorProvider.provider(), family);
    }

    private static SocketProtocolFamily family(InetAddress local) {
        return local instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    /** The kind of datagram socket that fits the loops. */
    public static Class<? extends DatagramChannel> datagramChannelType() {
        return isNative() ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }
}
