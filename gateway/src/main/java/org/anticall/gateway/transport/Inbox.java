package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.sip.SipFault;

/** Takes what a {@link Port} receives from peers that may speak. All calls come on the port's event loop. */
public interface Inbox {

    /** One message; {@code payload} belongs to the port and is released when this returns. */
    void received(Port port, ByteBuf payload, Source source);

    /**
     * The beginning of a message on a stream of which nobody can say where it ends; the stream ends after the answer.
     *
     * @param head belongs to the port and is released when this returns; it may be cut off anywhere
     * @param fault what is wrong
     */
    void unframed(Port port, ByteBuf head, Source source, SipFault fault);

    /** A connection to {@code peer} could not be made, or has broken: what was sent there may not have arrived. */
    void unreachable(Port port, InetSocketAddress peer);
}
