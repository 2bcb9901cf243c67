package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.anticall.gateway.config.Answer;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Source;
import org.jspecify.annotations.Nullable;

/** Responses the gateway makes itself (RFC 3261 §8.2.6). Owned by one event loop. */
final class Replies {

    static final byte[] RETRY_LATER = SipText.bytes("Retry-After: 5\r\n");
    static final byte[] ALLOW =
            SipText.bytes("Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, REFER\r\n");

    /** What OPTIONS to the gateway is answered with: what it takes, and what it has at hand. */
    static byte[] allowWithLoad(PathCounters counters, boolean draining) {
        return SipText.bytes(SipText.string(ALLOW, 0, ALLOW.length) + "X-Load: setup=" + counters.callsInSetup()
                + ";answered=" + counters.answeredCalls() + ";state=" + (draining ? "draining" : "open") + "\r\n");
    }

    private final SipEdits edits = new SipEdits();
    private final ProxyEdits proxy;
    private final ByteBufAllocator allocator;

    Replies(ProxyEdits proxy, ByteBufAllocator allocator) {
        this.proxy = proxy;
        this.allocator = allocator;
    }

    /**
     * A response to {@code request}.
     *
     * @param toTag what the tag in To is made of, for requests that have none and statuses above 100
     * @param extra further header lines, null for none
     * @return the caller's to send
     */
    ByteBuf reply(
            SipMessage request,
            Port port,
            Source source,
            int status,
            String reason,
            long toTag,
            byte @Nullable [] extra) {
        edits.clear()
                .replace(request.start(), request.startLineEnd())
                .put(Wire.VERSION)
                .put(status)
                .put(' ')
                .put(SipText.bytes(reason))
                .put(Wire.CRLF);
        proxy.received(edits, request, port, source);
        for (int line = 0; line < request.headers(); line++) {
            if (!isCopied(request.id(line), status)) {
                edits.removeLine(request, line);
            }
        }
        if (status > 100 && request.has(HeaderId.TO) && !request.hasToTag()) {
            edits.insert(request.valueEnd(request.first(HeaderId.TO))).put(Wire.TAG);
            Base32.put(edits, 13, toTag);
        }
        edits.insert(request.headersEnd());
        if (extra != null) {
            edits.put(extra);
        }
        edits.put(Wire.NO_CONTENT);
        edits.remove(request.bodyStart(), request.end());
        return edits.apply(request, allocator);
    }

    /** The header lines of an answer to a declined call; they do not say which rule declined it. */
    static byte[] lines(Answer answer) {
        String reason = answer.reason().isEmpty() ? "" : "Reason: " + answer.reason() + "\r\n";
        String callInfo = answer.callInfo().isEmpty() ? "" : "Call-Info: " + answer.callInfo() + "\r\n";
        return SipText.bytes(reason + callInfo);
    }

    /** Which extensions a refused request asked for: all that its Proxy-Require names (RFC 3261 §16.3 item 5). */
    static byte[] unsupported(SipMessage request) {
        StringBuilder lines = new StringBuilder();
        for (int line = request.first(HeaderId.PROXY_REQUIRE); line >= 0; line = request.next(line)) {
            lines.append("Unsupported: ")
                    .append(SipText.string(request.bytes(), request.valueStart(line), request.valueEnd(line)))
                    .append("\r\n");
        }
        return SipText.bytes(lines.toString());
    }

    private static boolean isCopied(HeaderId id, int status) {
        return switch (id) {
            case VIA, FROM, TO, CALL_ID, CSEQ -> true;
            case TIMESTAMP -> status == 100;
            default -> false;
        };
    }
}
