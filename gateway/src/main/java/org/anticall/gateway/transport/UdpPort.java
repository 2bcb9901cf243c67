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
import java.net.InetSocketAddress;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.sip.SipFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bound UDP socket. Reads datagrams in batches and gives those of known senders to the {@link Inbox}; what is sent
 * while a batch is being handled leaves in one batch at its end. Owned by one event loop.
 */
public final class UdpPort extends Port {

    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
    private static final int BATCH = 8;
    private static final int RECEIVE_BUFFER_BYTES = 8 << 20;
    private static final int LONGEST_KEEP_ALIVE_BYTES = 4;

    private final Channel channel;
    private final TransportCounters counters;
    private boolean inBatch;
    private boolean flushing;

    private UdpPort(Channel channel, TransportCounters counters) {
        super(Transport.UDP, (InetSocketAddress) channel.localAddress());
        this.channel = channel;
        this.counters = counters;
    }

    /**
     * Binds {@code address}; port 0 takes any free one.
     *
     * @param shared whether other loops bind the same address: the machine spreads the peers over them
     * @param maxDatagramBytes longest payload that is read; one that fills it is taken for cut off, and only its
     *     beginning is looked at
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static UdpPort bind(
            EventLoop loop,
            InetSocketAddress address,
            boolean shared,
            int maxDatagramBytes,
            Sources sources,
            Inbox inbox,
            TransportCounters counters)
            throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> EventLoops.datagramChannel(address.getAddress()))
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
            bootstrap.option(EpollChannelOption.SO_REUSEPORT, shared);
        }
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + hostText(address.getAddress()) + ":" + address.getPort() + "/udp: "
                            + reason(bound.cause()),
                    bound.cause());
        }
        UdpPort port = new UdpPort(bound.channel(), counters);
        port.channel.pipeline().addLast(port.new Inbound(sources, inbox, maxDatagramBytes));
        return port;
    }

    @Override
    public void open() {
        channel.config().setAutoRead(true);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write of a datagram is counted by the handler
    public void send(ByteBuf payload, InetSocketAddress to) {
        assert channel.eventLoop().inEventLoop();
        counters.sent.increment();
        goes(payload, to);
        DatagramPacket packet = new DatagramPacket(payload, to);
        channel.write(packet, channel.voidPromise());
        if (!inBatch && !flushing) {
            flushing = true;
            channel.eventLoop().execute(this::flush);
        }
    }

    /** What is sent while another port is read, or by a timer, leaves in one batch too. */
    private void flush() {
        flushing = false;
        channel.flush();
    }

    @Override
    public void reply(ByteBuf payload, InetSocketAddress source, InetSocketAddress sentBy) {
        send(payload, sentBy);
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {

        private final Sources sources;
        private final Inbox inbox;
        private final int maxDatagramBytes;

        private Inbound(Sources sources, Inbox inbox, int maxDatagramBytes) {
            this.sources = sources;
            this.inbox = inbox;
            this.maxDatagramBytes = maxDatagramBytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            inBatch = true;
            try {
                counters.received.increment();
                read(packet);
            } finally {
                packet.release();
            }
        }

        private void read(DatagramPacket packet) {
            int length = packet.content().readableBytes();
            Source source = sources.find(packet.sender());
            if (source == null) {
                counters.strangers.increment();
            } else if (length >= maxDatagramBytes) {
                counters.oversize.increment();
                inbox.unframed(UdpPort.this, packet.content(), source, SipFault.DATAGRAM_TOO_LONG);
            } else if (length <= LONGEST_KEEP_ALIVE_BYTES) {
                counters.keepAlives.increment();
            } else {
                came(packet.content(), packet.sender());
                inbox.received(UdpPort.this, packet.content(), source);
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
