package org.anticall.gateway.path;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.UdpPort;

/** Finds our own Via in a message. Owned by one event loop. */
final class LoopCheck {

    private final ViaValue via = new ViaValue();

    /** Whether {@code via} says that {@code port} sent the message. */
    static boolean isOurs(SipMessage message, ViaValue via, UdpPort port) {
        return via.port() == port.address().getPort()
                && SipText.equalsIgnoreCase(message.bytes(), via.hostStart(), via.hostEnd(), port.host());
    }

    /** Whether the request went out from {@code port} before with a Request-URI of the same hash (RFC 3261 §16.3). */
    boolean isLoop(SipMessage request, UdpPort port, Branch branch, long uriHash) {
        byte[] bytes = request.bytes();
        for (int line = request.first(HeaderId.VIA); line >= 0; line = request.next(line)) {
            int to = request.valueEnd(line);
            for (int at = request.valueStart(line); at < to; ) {
                boolean loop = via.read(bytes, at, to)
                        && isOurs(request, via, port)
                        && branch.read(request, via.branch())
                        && branch.isForUri(uriHash);
                if (loop) {
                    return true;
                }
                at = SipText.skipLws(bytes, Math.min(Lists.valueEnd(bytes, at, to) + 1, to), to);
            }
        }
        return false;
    }
}
