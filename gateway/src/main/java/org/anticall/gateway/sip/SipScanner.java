package org.anticall.gateway.sip;

/**
 * The one pass over a message: start line, header lines, empty line. Decides only where things are; whether they make
 * sense is asked by {@link SipChecks}. Never reads behind {@code message.end}, never throws.
 */
final class SipScanner {

    private static final byte[] SIP_2_0 = SipText.bytes("sip/2.0");
    private static final byte[] SIP = SipText.bytes("sip/");

    private final SipMessage message;
    private final byte[] bytes;
    private int end;
    private SipFault fault = SipFault.NONE;

    SipScanner(SipMessage message, byte[] bytes) {
        this.message = message;
        this.bytes = bytes;
    }

    SipFault scan() {
        end = message.end;
        fault = SipFault.NONE;
        SipFault framing = frame();
        return framing == SipFault.NONE ? fault : framing;
    }

    private SipFault frame() {
        int at = 0;
        while (at + 1 < end && bytes[at] == '\r' && bytes[at + 1] == '\n') {
            at += 2;
        }
        message.start = at;
        int lineEnd = startLineEnd(at);
        if (lineEnd < 0 || !consumeStartLine(at, lineEnd)) {
            return SipFault.NO_START_LINE;
        }
        at = lineEnd + 2;
        message.startLineEnd = at;
        while (true) {
            if (at + 1 >= end) {
                return SipFault.NO_BLANK_LINE;
            }
            if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
                message.headersEnd = at;
                message.bodyStart = at + 2;
                return SipFault.NONE;
            }
            if (message.headers == message.limits.maxHeaders()) {
                endHere(at);
                return SipFault.NONE;
            }
            at = headerLine(at);
            if (at < 0) {
                return SipFault.NO_BLANK_LINE;
            }
        }
    }

    /** What is too much is cut off, so that the rest can still be answered. */
    private void endHere(int at) {
        note(SipFault.TOO_MANY_HEADERS);
        bytes[at] = '\r';
        bytes[at + 1] = '\n';
        message.headersEnd = at;
        message.bodyStart = at + 2;
        message.end = at + 2;
    }

    private int startLineEnd(int from) {
        for (int at = from; at + 1 < end; at++) {
            byte b = bytes[at];
            if (b == '\r' && bytes[at + 1] == '\n') {
                return at;
            }
            if (b == '\r' || b == '\n' || b == 0) {
                return -1;
            }
        }
        return -1;
    }

    private boolean consumeStartLine(int from, int to) {
        if (SipText.startsWithIgnoreCase(bytes, from, to, SIP)) {
            return consumeStatusLine(from, to);
        }
        int method = from;
        while (method < to && SipText.isToken(bytes[method])) {
            method++;
        }
        int end = SipText.trimEnd(bytes, method, to);
        int version = end;
        while (version > method && bytes[version - 1] != ' ') {
            version--;
        }
        if (method == from || version - 1 <= method || bytes[method] != ' ') {
            return false;
        }
        if (!SipText.startsWithIgnoreCase(bytes, version, end, SIP)) {
            return false;
        }
        if (end < to) {
            note(SipFault.REQUEST_LINE);
        }
        message.request = true;
        message.method = Method.of(bytes, from, method);
        message.uriStart = method + 1;
        message.uriEnd = version - 1;
        if (!SipText.equalsIgnoreCase(bytes, version, end, SIP_2_0)) {
            note(SipFault.VERSION);
        } else if (message.uriEnd - message.uriStart > message.limits.maxUriBytes()) {
            note(SipFault.URI_TOO_LONG);
        }
        return true;
    }

    private boolean consumeStatusLine(int from, int to) {
        int code = from + SIP_2_0.length + 1;
        if (code + 3 > to || !SipText.startsWithIgnoreCase(bytes, from, to, SIP_2_0) || bytes[code - 1] != ' ') {
            return false;
        }
        int status = (int) SipText.number(bytes, code, code + 3);
        if (status < 100 || status > 699 || (code + 3 < to && bytes[code + 3] != ' ')) {
            return false;
        }
        message.status = status;
        return true;
    }

    /** Indexes the header line at {@code from} with its folded lines; answers where the next one begins, -1 if nowhere. */
    private int headerLine(int from) {
        boolean clean = true;
        boolean copyable = true;
        int at = from;
        while (true) {
            if (at >= end) {
                return -1;
            }
            byte b = bytes[at];
            if (b >= ' ' || b < 0 || b == '\t') {
                at++;
            } else if (b == '\r' && at + 1 < end && bytes[at + 1] == '\n') {
                boolean folded = at + 2 < end && (bytes[at + 2] == ' ' || bytes[at + 2] == '\t');
                if (!folded) {
                    break;
                }
                at += 2;
                if (isBlankLine(at)) {
                    note(SipFault.HEADER_LINE);
                }
            } else {
                boolean quoted = isQuotedPair(from, at);
                clean &= quoted && b != 0;
                copyable &= quoted;
                at++;
            }
        }
        note(from, at, clean, copyable);
        return at + 2;
    }

    /** A folded line with nothing in it is the end of the headers to some readers, and nothing to others. */
    private boolean isBlankLine(int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at + 1 < end && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    /** A control character may stand behind a backslash, but none that ends a line (RFC 3261 §25.1). */
    private boolean isQuotedPair(int from, int at) {
        byte b = bytes[at];
        return at > from && bytes[at - 1] == '\\' && b != '\r' && b != '\n';
    }

    private void note(int from, int to, boolean clean, boolean copyable) {
        int nameEnd = from;
        while (nameEnd < to && SipText.isToken(bytes[nameEnd])) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (colon < to && (bytes[colon] == ' ' || bytes[colon] == '\t')) {
            colon++;
        }
        boolean wellFormed = nameEnd > from && colon < to && bytes[colon] == ':';
        HeaderId id = wellFormed ? HeaderId.of(bytes, from, nameEnd) : HeaderId.OTHER;
        int valueStart = wellFormed ? SipText.skipLws(bytes, colon + 1, to) : to;
        int index = message.headers++;
        message.id[index] = id;
        message.lineStart[index] = from;
        message.nameEnd[index] = nameEnd;
        message.valueStart[index] = valueStart;
        message.valueEnd[index] = SipText.trimEnd(bytes, valueStart, to);
        message.lineEnd[index] = to + 2;
        int known = id.ordinal();
        if (message.countOf[known]++ == 0) {
            message.firstOf[known] = index;
        }
        message.lastOf[known] = index;
        if (!wellFormed) {
            note(SipFault.HEADER_LINE);
        }
        if (!clean) {
            note(SipFault.CONTROL_CHARACTER);
            message.answerable &= copyable || !isCopiedIntoAnswers(id);
        }
    }

    private void note(SipFault found) {
        if (fault == SipFault.NONE) {
            fault = found;
        }
    }

    private static boolean isCopiedIntoAnswers(HeaderId id) {
        return id == HeaderId.VIA
                || id == HeaderId.FROM
                || id == HeaderId.TO
                || id == HeaderId.CALL_ID
                || id == HeaderId.CSEQ
                || id == HeaderId.TIMESTAMP;
    }
}
