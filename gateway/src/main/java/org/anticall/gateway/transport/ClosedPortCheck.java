package org.anticall.gateway.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds out whether anybody listens at a UDP address that says nothing. The machine tells of a closed port (ICMP port
 * unreachable) only on a connected socket, and those SIP goes through are not; so an empty line is sent through one that is
 * (RFC 3261 §7.5 has every SIP element ignore it). Owned by one event loop.
 */
public final class ClosedPortCheck {

    private static final byte[] EMPTY_LINES = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long LISTEN_MILLIS = 500;

    private final EventLoop loop;
    private final Set<InetSocketAddress> underWay = new HashSet<>();

    public ClosedPortCheck(EventLoop loop) {
        this.loop = loop;
    }

    /** Asks; {@code refused} is told on the loop if nobody listens there, and otherwise nothing happens. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows is in the listener
    public void check(InetSocketAddress address, Consumer<InetSocketAddress> refused) {
        assert loop.inEventLoop();
        if (!underWay.add(address)) {
            return;
        }
        new Bootstrap()
                .group(loop)
                .channelFactory(() -> EventLoops.datagramChannel(address.getAddress()))
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        ReferenceCountUtil.release(message);
                    }

                    @Override
                    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when it is closed
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        context.close();
                        if (cause instanceof PortUnreachableException) {
                            refused.accept(address);
                        }
                    }
                })
                .connect(address)
                .addListener(connected -> {
                    if (connected.isSuccess()) {
                        ask(((ChannelFuture) connected).channel(), address);
                    } else {
                        underWay.remove(address);
                    }
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a datagram that cannot be sent tells nothing
    private void ask(Channel channel, InetSocketAddress address) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(EMPTY_LINES));
        loop.schedule(
                () -> {
                    underWay.remove(address);
                    channel.close();
                },
                LISTEN_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
