package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import org.anticall.gateway.config.Transport;

/** Whoever looks at the packets that come and go. Called on event loops: must not block. */
@FunctionalInterface
public interface PacketTap {

    /** Nobody looks, nothing is copied. */
    PacketTap NOBODY = (packet, from, to, transport) -> {};

    /**
     * One message.
     *
     * @param packet a copy, the taker's
     */
    void seen(byte[] packet, InetSocketAddress from, InetSocketAddress to, Transport transport);

    /** Copies the readable bytes of {@code packet} for whoever looks; does nothing if nobody does. */
    default void show(ByteBuf packet, InetSocketAddress from, InetSocketAddress to, Transport transport) {
        if (this != NOBODY) {
            seen(ByteBufUtil.getBytes(packet), from, to, transport);
        }
    }
}
