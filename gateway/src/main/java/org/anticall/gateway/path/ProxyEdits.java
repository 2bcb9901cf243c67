package org.anticall.gateway.path;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.transport.UdpPort;

/** The edits every proxy makes in what it forwards (RFC 3261 §16.6, §16.7). Owned by one event loop. */
final class ProxyEdits {

    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();

    /** Says in the top Via where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4). */
    void received(SipEdits edits, SipMessage request, Source source) {
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
        } else if (rport != Slice.NONE || !SipText.equals(bytes, via.hostStart(), via.hostEnd(), from)) {
            edits.insert(SipText.trimEnd(bytes, via.start(), via.end()))
                    .put(Wire.RECEIVED)
                    .put(from);
        }
    }

    /** Begins our Via line before all others; the branch and {@link Wire#CRLF} are to be put next. */
    void beginVia(SipEdits edits, SipMessage request, UdpPort port) {
        edits.insert(request.lineStart(request.first(HeaderId.VIA)))
                .put(Wire.VIA)
                .put(port.sentBy())
                .put(Wire.BRANCH);
    }

    /** Begins our Record-Route line before all others; the token and {@link Wire#END_OF_URI_LINE} are to be put next. */
    void beginRecordRoute(SipEdits edits, SipMessage request, UdpPort port) {
        int at = request.lineStart(request.first(HeaderId.VIA));
        int recorded = request.first(HeaderId.RECORD_ROUTE);
        if (recorded >= 0) {
            at = Math.min(at, request.lineStart(recorded));
        }
        edits.insert(at).put(Wire.RECORD_ROUTE).put(port.sentBy()).put(Wire.LOOSE);
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

    /** Whether the first Route value is this gateway's. */
    boolean isRoutedToUs(SipMessage request, UdpPort port) {
        int line = request.first(HeaderId.ROUTE);
        if (line < 0) {
            return false;
        }
        byte[] bytes = request.bytes();
        int from = request.valueStart(line);
        int end = Lists.valueEnd(bytes, from, request.valueEnd(line));
        return address.read(bytes, from, end)
                && uri.read(bytes, address.uriStart(), address.uriEnd())
                && isUs(uri, port);
    }

    /** Whether the Request-URI is this gateway's own address. */
    boolean isForUs(SipMessage request, UdpPort port) {
        return uri.read(request.bytes(), request.uriStart(), request.uriEnd()) && isUs(uri, port);
    }

    private static boolean isUs(SipUri uri, UdpPort port) {
        int number = uri.port() < 0 ? ViaValue.DEFAULT_PORT : uri.port();
        return number == port.address().getPort() && uri.hostIs(port.host());
    }

    /** The parameter of our Route value that is the dialog's token. Only after {@link #isRoutedToUs} was true. */
    long token() {
        return uri.param(RouteToken.NAME);
    }

    /** Removes the first Route value. */
    void popRoute(SipEdits edits, SipMessage request) {
        popFirst(edits, request, request.first(HeaderId.ROUTE));
    }

    /** Removes the first Via value, which is ours. */
    void popVia(SipEdits edits, SipMessage response) {
        popFirst(edits, response, response.first(HeaderId.VIA));
    }

    private static void popFirst(SipEdits edits, SipMessage message, int line) {
        byte[] bytes = message.bytes();
        int from = message.valueStart(line);
        int to = message.valueEnd(line);
        int end = Lists.valueEnd(bytes, from, to);
        if (end == to) {
            edits.removeLine(message, line);
        } else {
            edits.remove(from, SipText.skipLws(bytes, end + 1, to));
        }
    }

    /**
     * Where the value that follows the first one begins: behind the comma, else on the header's next line.
     *
     * @return its slice up to the end of its line, {@link Slice#NONE} if there is no second value
     */
    static long second(SipMessage message, HeaderId header) {
        int line = message.first(header);
        if (line < 0) {
            return Slice.NONE;
        }
        byte[] bytes = message.bytes();
        int to = message.valueEnd(line);
        int end = Lists.valueEnd(bytes, message.valueStart(line), to);
        if (end < to) {
            return Slice.of(SipText.skipLws(bytes, end + 1, to), to);
        }
        int next = message.next(line);
        return next < 0 ? Slice.NONE : Slice.of(message.valueStart(next), message.valueEnd(next));
    }

    /** Headers of this product never come from a carrier and never go to one. */
    static void dropOwnHeaders(SipEdits edits, SipMessage message) {
        if (message.has(HeaderId.X_ANTICALL) || message.has(HeaderId.X_ANTICALL_RELEASE)) {
            for (int line = 0; line < message.headers(); line++) {
                if (message.id(line).isOwn()) {
                    edits.removeLine(message, line);
                }
            }
        }
    }
}
