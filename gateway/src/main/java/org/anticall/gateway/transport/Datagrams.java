package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Takes what a {@link UdpPort} receives. All calls come on the port's event loop. */
public interface Datagrams {

    /** One datagram; {@code payload} belongs to the port and is released when this returns. */
    void received(UdpPort port, ByteBuf payload, InetSocketAddress from);
}
