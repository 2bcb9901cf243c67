package org.anticall.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bound UDP socket. Reads datagrams in batches and gives them to {@link Datagrams}; what is sent while a batch is
 * being handled leaves in one batch at its end. Owned by one event loop.
 */
public final class UdpPort {

    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
    private static final int BATCH = 32;
    private static final int RECEIVE_BUFFER_BYTES = 8 << 20;

    private final Channel channel;
    private final InetSocketAddress address;
    private final byte[] host;
    private final byte[] sentBy;
    private final TransportCounters counters;
    private boolean inBatch;

    private UdpPort(Channel channel, TransportCounters counters) {
        this.channel = channel;
        this.counters = counters;
        this.address = (InetSocketAddress) channel.localAddress();
        this.host = hostText(address).getBytes(StandardCharsets.US_ASCII);
        this.sentBy = (hostText(address) + ":" + address.getPort()).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Binds {@code address}; port 0 takes any free one.
     *
     * @param maxDatagramBytes longest payload that is read; one that fills it is taken for cut off and dropped
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static UdpPort bind(
            EventLoop loop,
            InetSocketAddress address,
            int maxDatagramBytes,
            Datagrams datagrams,
            TransportCounters counters)
            throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(EventLoops.datagramChannel())
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, RECEIVE_BUFFER_BYTES)
                .option(ChannelOption.AUTO_READ, false)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(
                                EventLoops.isNative() ? maxDatagramBytes * BATCH : maxDatagramBytes))
                .handler(new ChannelInboundHandlerAdapter());
        if (EventLoops.isNative()) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, maxDatagramBytes);
        }
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + hostText(address) + ":" + address.getPort() + "/udp: "
                            + reason(bound.cause()),
                    bound.cause());
        }
        UdpPort port = new UdpPort(bound.channel(), counters);
        port.channel.pipeline().addLast(port.new Inbound(datagrams, maxDatagramBytes));
        port.channel.config().setAutoRead(true);
        return port;
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String hostText(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address ? "[" + text + "]" : text;
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return address;
    }

    /** The host as it stands in Via, Record-Route and Contact. Not to be changed. */
    public byte[] host() {
        return host;
    }

    /** {@code host:port} as it stands in Via, Record-Route and Contact. Not to be changed. */
    public byte[] sentBy() {
        return sentBy;
    }

    /** Sends {@code payload} and releases it. A datagram that the machine does not take is lost, as datagrams are. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write of a datagram is counted by the handler
    public void send(ByteBuf payload, InetSocketAddress to) {
        assert channel.eventLoop().inEventLoop();
        counters.sent.increment();
        DatagramPacket packet = new DatagramPacket(payload, to);
        if (inBatch) {
            channel.write(packet, channel.voidPromise());
        } else {
            channel.writeAndFlush(packet, channel.voidPromise());
        }
    }

    /** Closes the socket and waits until it is closed. Not to be called on the event loop. */
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {

        private final Datagrams datagrams;
        private final int maxDatagramBytes;

        private Inbound(Datagrams datagrams, int maxDatagramBytes) {
            this.datagrams = datagrams;
            this.maxDatagramBytes = maxDatagramBytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            inBatch = true;
            try {
                counters.received.increment();
                if (packet.content().readableBytes() >= maxDatagramBytes) {
                    counters.oversize.increment();
                } else {
                    datagrams.received(UdpPort.this, packet.content(), packet.sender());
                }
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            inBatch = false;
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            counters.socketErrors.increment();
            LOG.debug("socket error", cause);
        }
    }
}
