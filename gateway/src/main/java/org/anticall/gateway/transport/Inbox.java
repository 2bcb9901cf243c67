package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;

/** Takes what a {@link Port} receives from peers that may speak. All calls come on the port's event loop. */
public interface Inbox {

    /** One message; {@code payload} belongs to the port and is released when this returns. */
    void received(Port port, ByteBuf payload, Source source);
}
