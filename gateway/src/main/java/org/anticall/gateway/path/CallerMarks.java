package org.anticall.gateway.path;

import org.anticall.gateway.config.Labels;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.Params;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;

/**
 * What a verdict changes in the headers that name the caller: a label before the display name, the number withheld, and
 * the {@code verstat} parameter (3GPP TS 24.229 §7.2A.20), which is never taken from a peer that is not trusted. Owned by
 * one event loop.
 */
final class CallerMarks {

    private static final byte[] VERSTAT = SipText.bytes("verstat");
    private static final byte[] VERSTAT_IS = SipText.bytes(";verstat=");
    private static final byte[] NO_VERSTAT = {};
    private static final byte[] CALL_INFO = SipText.bytes("Call-Info: ");
    private static final byte[] ALERT_INFO = SipText.bytes("Alert-Info: ");
    private static final byte[] ANONYMOUS_URI = SipText.bytes("<sip:anonymous@anonymous.invalid>");
    private static final byte[] ANONYMOUS_HOST = SipText.bytes("anonymous.invalid");
    private static final byte[] ANONYMOUS = SipText.bytes("\"Anonymous\" ");
    private static final byte[] PRIVACY_ID = SipText.bytes("Privacy: id\r\n");
    private static final byte[] ID = SipText.bytes("id");
    private static final byte[] NONE = SipText.bytes("none");
    private static final byte[] ASSERTED = SipText.bytes("P-Asserted-Identity: <");

    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();

    /** Removes what the peer says about the number's verification. */
    void stripVerstat(SipEdits edits, SipMessage invite) {
        stripVerstat(edits, invite, HeaderId.FROM, NO_VERSTAT);
        stripVerstat(edits, invite, HeaderId.P_ASSERTED_IDENTITY, NO_VERSTAT);
    }

    /**
     * Marks the call in the {@code style} of its trunk: {@code label} before the display name in From and
     * P-Asserted-Identity, the number's verification status, Call-Info, Alert-Info.
     */
    void label(SipEdits edits, SipMessage invite, String label, Labels style, boolean strip) {
        byte[] verstat = verstat(style);
        boolean asserted = invite.has(HeaderId.P_ASSERTED_IDENTITY);
        stripVerstat(edits, invite, HeaderId.FROM, asserted ? NO_VERSTAT : verstat, strip);
        stripVerstat(edits, invite, HeaderId.P_ASSERTED_IDENTITY, asserted ? verstat : NO_VERSTAT, strip);
        if (style.name()) {
            byte[] text = SipText.bytes(label.replace("\\", "\\\\").replace("\"", "\\\""));
            label(edits, invite, HeaderId.FROM, text);
            label(edits, invite, HeaderId.P_ASSERTED_IDENTITY, text);
        }
        info(edits, invite, style);
    }

    private static byte[] verstat(Labels style) {
        return SipText.bytes(style.verstat());
    }

    private static void info(SipEdits edits, SipMessage invite, Labels style) {
        if (!style.callInfo().isEmpty()) {
            edits.insert(invite.headersEnd())
                    .put(CALL_INFO)
                    .put(SipText.bytes(style.callInfo()))
                    .put(Wire.CRLF);
        }
        if (!style.alertInfo().isEmpty()) {
            edits.insert(invite.headersEnd())
                    .put(ALERT_INFO)
                    .put(SipText.bytes(style.alertInfo()))
                    .put(Wire.CRLF);
        }
    }

    private void label(SipEdits edits, SipMessage invite, HeaderId header, byte[] text) {
        byte[] bytes = invite.bytes();
        for (int line = invite.first(header); line >= 0; line = invite.next(line)) {
            int to = invite.valueEnd(line);
            for (int at = invite.valueStart(line); at < to; ) {
                int end = header == HeaderId.FROM ? to : Lists.valueEnd(bytes, at, to);
                if (address.read(bytes, at, end)) {
                    label(edits, bytes, text);
                }
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
    }

    private void label(SipEdits edits, byte[] bytes, byte[] text) {
        int display = address.displayStart();
        if (display < address.displayEnd()) {
            boolean quoted = bytes[display] == '"';
            edits.insert(quoted ? display + 1 : display);
            if (!quoted) {
                edits.put('"');
            }
            edits.put(text).put(' ');
            if (!quoted) {
                edits.insert(address.displayEnd()).put('"');
            }
        } else if (address.isBracketed()) {
            edits.insert(address.uriStart() - 1).put('"').put(text).put('"').put(' ');
        } else {
            edits.insert(address.uriStart())
                    .put('"')
                    .put(text)
                    .put('"')
                    .put(' ')
                    .put('<');
            edits.insert(address.uriEnd()).put('>');
        }
    }

    /** Hides the number from the callee and keeps it for the network (RFC 3323, RFC 3325 §9.1). */
    void withhold(SipEdits edits, SipMessage invite, String label, Labels style, boolean strip) {
        byte[] bytes = invite.bytes();
        int from = invite.first(HeaderId.FROM);
        stripVerstat(edits, invite, HeaderId.P_ASSERTED_IDENTITY, verstat(style), strip);
        if (!label.isEmpty()) {
            info(edits, invite, style);
        }
        if (!address.read(bytes, invite.valueStart(from), invite.valueEnd(from))
                || !uri.read(bytes, address.uriStart(), address.uriEnd())) {
            return;
        }
        if (!uri.hostIs(ANONYMOUS_HOST)) {
            if (!invite.has(HeaderId.P_ASSERTED_IDENTITY)) {
                edits.insert(invite.headersEnd()).put(ASSERTED);
                edits.put(bytes, uri.start(), uri.userEnd()).put(bytes, uri.userInfoEnd(), uri.end());
                edits.put(Wire.END_OF_URI_LINE);
            }
            edits.replace(invite.valueStart(from), address.paramsStart());
            if (label.isEmpty()) {
                edits.put(ANONYMOUS);
            } else {
                String escaped = label.replace("\\", "\\\\").replace("\"", "\\\"");
                edits.put('"').put(SipText.bytes(escaped)).put('"').put(' ');
            }
            edits.put(ANONYMOUS_URI);
        }
        privacy(edits, invite);
    }

    private static void privacy(SipEdits edits, SipMessage invite) {
        int line = invite.first(HeaderId.PRIVACY);
        if (line < 0) {
            edits.insert(invite.headersEnd()).put(PRIVACY_ID);
            return;
        }
        byte[] bytes = invite.bytes();
        int to = invite.valueEnd(line);
        if (SipText.equalsIgnoreCase(bytes, invite.valueStart(line), to, NONE)) {
            edits.replace(invite.valueStart(line), to).put(ID);
            return;
        }
        for (int at = invite.valueStart(line); at <= to; at++) {
            int end = Lists.next(bytes, at, to, (byte) ';');
            int start = SipText.skipLws(bytes, at, end);
            if (SipText.equalsIgnoreCase(bytes, start, SipText.trimEnd(bytes, start, end), ID)) {
                return;
            }
            at = end;
        }
        edits.insert(to).put(';').put(ID);
    }

    private void stripVerstat(SipEdits edits, SipMessage invite, HeaderId header, byte[] ours, boolean strip) {
        if (ours.length > 0 || strip) {
            stripVerstat(edits, invite, header, ours);
        }
    }

    /** Removes verstat from every value of the header; the first number gets {@code ours} instead, if there is any. */
    private void stripVerstat(SipEdits edits, SipMessage invite, HeaderId header, byte[] ours) {
        byte[] bytes = invite.bytes();
        boolean write = ours.length > 0;
        for (int line = invite.first(header); line >= 0; line = invite.next(line)) {
            int to = invite.valueEnd(line);
            for (int at = invite.valueStart(line); at < to; ) {
                int end = header == HeaderId.FROM ? to : Lists.valueEnd(bytes, at, to);
                if (address.read(bytes, at, end) && uri.read(bytes, address.uriStart(), address.uriEnd())) {
                    write = verstat(edits, bytes, ours, write);
                }
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
    }

    /** Answers whether our own verstat is still to be written. */
    private boolean verstat(SipEdits edits, byte[] bytes, byte[] ours, boolean write) {
        boolean pending = remove(edits, bytes, uri.userEnd(), uri.userInfoEnd(), ours, write);
        pending = remove(edits, bytes, uri.paramsStart(), uri.paramsEnd(), ours, pending);
        if (!address.isBracketed()) {
            return remove(edits, bytes, address.paramsStart(), address.paramsEnd(), ours, pending);
        }
        int digits = bytes[uri.userStart()] == '+' ? uri.userStart() + 1 : uri.userStart();
        boolean simple = uri.userEnd() == uri.userInfoEnd()
                && SipText.number(bytes, digits, Math.min(uri.userEnd(), digits + 9)) >= 0;
        if (!pending || !simple) {
            return pending;
        }
        edits.insert(uri.scheme() == SipUri.Scheme.TEL ? uri.end() : uri.userEnd())
                .put(VERSTAT_IS)
                .put(ours);
        return false;
    }

    /** Removes verstat from the parameters, or writes ours in its place; answers whether ours is still to be written. */
    private static boolean remove(SipEdits edits, byte[] bytes, int from, int to, byte[] ours, boolean write) {
        long whole = from < to ? Params.whole(bytes, from, to, VERSTAT) : Slice.NONE;
        if (whole == Slice.NONE) {
            return write;
        }
        edits.remove(Slice.start(whole), Slice.end(whole));
        if (write) {
            edits.put(VERSTAT_IS).put(ours);
        }
        return false;
    }
}
