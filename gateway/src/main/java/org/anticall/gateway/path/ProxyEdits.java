package org.anticall.gateway.path;

import org.anticall.gateway.config.Transport;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;

/** The edits every proxy makes in what it forwards (RFC 3261 §16.6, §16.7). Owned by one event loop. */
final class ProxyEdits {

    private static final byte[] SIPS = SipText.bytes("sips:");

    /**
     * Says in the top Via where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4). On a stream the port is said
     * unasked: by it a response finds the connection again.
     */
    void received(SipEdits edits, SipMessage request, Port port, Source source) {
        ViaValue via = request.topVia();
        byte[] bytes = request.bytes();
        byte[] from = source.addressText();
        long rport = via.rport();
        if (rport != Slice.NONE) {
            if (Slice.isPresent(rport)) {
                edits.replace(Slice.start(rport), Slice.end(rport));
            } else {
                edits.insert(Slice.start(rport)).put('=');
            }
            edits.put(source.address().getPort());
        }
        if (via.received() != Slice.NONE) {
            edits.replace(Slice.start(via.received()), Slice.end(via.received()))
                    .put(from);
        } else if (rport != Slice.NONE || port.isReliable() || !isFrom(bytes, via, source)) {
            edits.insert(SipText.trimEnd(bytes, via.start(), via.end()))
                    .put(Wire.RECEIVED)
                    .put(from);
        }
        if (rport == Slice.NONE && port.isReliable()) {
            edits.insert(SipText.trimEnd(bytes, via.start(), via.end()))
                    .put(Wire.RPORT)
                    .put(source.address().getPort());
        }
    }

    private static boolean isFrom(byte[] bytes, ViaValue via, Source source) {
        int host = via.hostStart();
        return SipText.equals(bytes, host, via.hostEnd(), source.addressText())
                || (bytes[host] == '['
                        && source.address().getAddress().equals(Addressing.literal(bytes, host, via.hostEnd())));
    }

    /** Begins our Via line before all others; the branch and {@link Wire#CRLF} are to be put next. */
    void beginVia(SipEdits edits, SipMessage request, Port port) {
        edits.insert(request.lineStart(request.first(HeaderId.VIA)))
                .put(port.via())
                .put(Wire.BRANCH);
    }

    /**
     * Puts our Record-Route lines before all others: one, or two where the request goes out by another port than it came
     * in by, so that both sides keep the transport and address family they have (RFC 5658 §4).
     *
     * @param token made for this request
     */
    void recordRoute(SipEdits edits, SipMessage request, Port in, Port out, RouteToken token) {
        int at = request.lineStart(request.first(HeaderId.VIA));
        int recorded = request.first(HeaderId.RECORD_ROUTE);
        if (recorded >= 0) {
            at = Math.min(at, request.lineStart(recorded));
        }
        edits.insert(at);
        if (out != in) {
            recordRoute(edits, request, out);
            token.put(edits);
            edits.put(Wire.END_OF_URI_LINE);
        }
        recordRoute(edits, request, in);
        token.put(edits);
        edits.put(Wire.END_OF_URI_LINE);
    }

    /** A request to a {@code sips} URI is recorded as one (RFC 3261 §16.6 item 4). */
    private static void recordRoute(SipEdits edits, SipMessage request, Port port) {
        boolean secure = port.transport() == Transport.TLS
                && SipText.startsWithIgnoreCase(request.bytes(), request.uriStart(), request.uriEnd(), SIPS);
        edits.put(secure ? Wire.SECURE_RECORD_ROUTE : Wire.RECORD_ROUTE).put(port.sentBy());
        if (!secure) {
            edits.put(port.uriParameter());
        }
        edits.put(Wire.LOOSE);
    }

    /** One hop less, or 70 where nobody has begun to count (RFC 3261 §16.6 item 3). */
    void maxForwards(SipEdits edits, SipMessage request) {
        int line = request.first(HeaderId.MAX_FORWARDS);
        if (line < 0) {
            edits.insert(request.headersEnd()).put(Wire.MAX_FORWARDS_70);
        } else {
            edits.replace(request.valueStart(line), request.valueEnd(line)).put(request.maxForwards() - 1);
        }
    }

    /** Removes the first Via value, which is ours. */
    void popVia(SipEdits edits, SipMessage response) {
        pop(edits, response, HeaderId.VIA, 1);
    }

    private static void pop(SipEdits edits, SipMessage message, HeaderId header, int count) {
        byte[] bytes = message.bytes();
        int left = count;
        for (int line = message.first(header); line >= 0 && left > 0; line = message.next(line)) {
            int from = message.valueStart(line);
            int to = message.valueEnd(line);
            int end = from - 1;
            while (end < to && left > 0) {
                end = Lists.valueEnd(bytes, end + 1, to);
                left--;
            }
            if (end == to) {
                edits.removeLine(message, line);
            } else {
                edits.remove(from, SipText.skipLws(bytes, end + 1, to));
            }
        }
    }

    /**
     * Where value {@code number}, from 0, of all lines of a header stands.
     *
     * @return its slice up to the end of its line, {@link Slice#NONE} if there are not so many values
     */
    static long value(SipMessage message, HeaderId header, int number) {
        byte[] bytes = message.bytes();
        int left = number;
        for (int line = message.first(header); line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at <= to; at = Lists.valueEnd(bytes, at, to) + 1) {
                if (left-- == 0) {
                    return Slice.of(SipText.skipLws(bytes, at, to), to);
                }
            }
        }
        return Slice.NONE;
    }

    /** Headers of this product never come from a carrier and never go to one. */
    static void dropOwnHeaders(SipEdits edits, SipMessage message) {
        boolean any = message.has(HeaderId.X_ANTICALL)
                || message.has(HeaderId.X_ANTICALL_RELEASE)
                || message.has(HeaderId.X_ANTICALL_CAPACITY)
                || message.has(HeaderId.X_ANTICALL_BYPASS);
        if (any) {
            for (int line = 0; line < message.headers(); line++) {
                if (message.id(line).isOwn()) {
                    edits.removeLine(message, line);
                }
            }
        }
    }
}
