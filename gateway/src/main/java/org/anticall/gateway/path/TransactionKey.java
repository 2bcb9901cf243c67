package org.anticall.gateway.path;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;

/**
 * By what a request finds its server transaction (RFC 3261 §17.2.3): branch and sent-by of the top Via; for branches
 * without the magic cookie, or with nothing behind it (RFC 4475 §3.2.1), the fields of RFC 2543. The method is left out, so
 * that CANCEL and ACK find their INVITE. The key is left in the loop's {@link KeyHash}. Owned by one event loop.
 */
final class TransactionKey {

    private static final byte[] COOKIE = SipText.bytes("z9hg4bk");

    private final KeyHash hash;

    TransactionKey(KeyHash hash) {
        this.hash = hash;
    }

    /** Computes the key of {@code request} into the hash. */
    void read(SipMessage request) {
        ViaValue via = request.topVia();
        byte[] bytes = request.bytes();
        long branch = via.branch();
        hash.begin().add(bytes, via.hostStart(), via.hostEnd()).add(via.port());
        if (Slice.isPresent(branch)
                && Slice.end(branch) - Slice.start(branch) > COOKIE.length
                && SipText.startsWithIgnoreCase(bytes, Slice.start(branch), Slice.end(branch), COOKIE)) {
            hash.add(bytes, Slice.start(branch), Slice.end(branch));
            return;
        }
        hash.add(bytes, request.uriStart(), request.uriEnd()).add(request.cseq());
        add(request, HeaderId.CALL_ID);
        add(request, HeaderId.FROM);
        hash.add(bytes, via.start(), via.end());
    }

    /**
     * A hash of what decides where a request goes, Request-URI and Route, for telling a loop from a spiral (RFC 3261
     * §16.6 item 8). Uses the same {@link KeyHash}: keep its key before.
     */
    long uriHash(SipMessage request) {
        hash.begin().add(request.bytes(), request.uriStart(), request.uriEnd());
        for (int line = request.first(HeaderId.ROUTE); line >= 0; line = request.next(line)) {
            hash.add(request.bytes(), request.valueStart(line), request.valueEnd(line));
        }
        return hash.high();
    }

    /** What stands for all bytes of {@code request}. Uses the same {@link KeyHash} too. */
    long wholeHash(SipMessage request) {
        return hash.begin().add(request.bytes(), request.start(), request.end()).high();
    }

    private void add(SipMessage request, HeaderId header) {
        int line = request.first(header);
        hash.add(request.bytes(), request.valueStart(line), request.valueEnd(line));
    }
}
