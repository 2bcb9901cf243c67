package org.anticall.gateway.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.anticall.gateway.sip.SipFault;

/** Takes what a {@link Port} receives from peers that may speak. All calls come on the port's event loop. */
public interface Inbox {

    /** One message; {@code payload} belongs to the port and is released when this returns. */
    void received(Port port, ByteBuf payload, Source source);

    /**
     * The beginning of a message that cannot be read whole: on a stream, which ends after the answer, one of which nobody can
     * say where it ends, or a datagram over the limit.
     *
     * @param head belongs to the port and is released when this returns; it may be cut off anywhere
     * @param fault what is wrong
     */
    void unframed(Port port, ByteBuf head, Source source, SipFault fault);

    /** A connection to {@code peer} could not be made, or has broken: what was sent there may not have arrived. */
    void unreachable(Port port, InetSocketAddress peer);
}
