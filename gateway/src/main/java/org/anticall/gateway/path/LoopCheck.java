package org.anticall.gateway.path;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.ViaValue;

/** Finds our own Via in a message. Owned by one event loop. */
final class LoopCheck {

    private final ViaValue via = new ViaValue();
    private final Ports ports;

    LoopCheck(Ports ports) {
        this.ports = ports;
    }

    /** Whether the request went out from here before with a Request-URI of the same hash (RFC 3261 §16.3). */
    boolean isLoop(SipMessage request, Branch branch, long uriHash) {
        byte[] bytes = request.bytes();
        for (int line = request.first(HeaderId.VIA); line >= 0; line = request.next(line)) {
            int to = request.valueEnd(line);
            for (int at = request.valueStart(line); at < to; ) {
                boolean loop = via.read(bytes, at, to)
                        && ports.isOurs(bytes, via)
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
