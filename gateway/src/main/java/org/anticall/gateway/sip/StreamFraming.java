package org.anticall.gateway.sip;

import io.netty.buffer.ByteBuf;

/**
 * Finds where messages begin and end in a stream: at the Content-Length behind the headers (RFC 3261 §18.3). A stream has
 * no other mark, so a message that does not say its length once and clearly ends the stream. Looks at every header byte
 * once, however the bytes come in. One per connection; owned by one event loop.
 */
public final class StreamFraming {

    /** What {@link #find} found. */
    public enum Found {
        /** More bytes are needed. */
        MORE,
        /** A whole message of {@link #length()} bytes. */
        MESSAGE,
        /** Nobody can say where the message ends: {@link #fault()}; {@link #length()} bytes of headers may be looked at. */
        FAULT
    }

    private static final byte[] CONTENT_LENGTH = SipText.bytes("content-length");
    private static final int LONGEST_NUMBER = 10;

    private final int maxHeadBytes;
    private final int maxBodyBytes;
    private int looked;
    private int headLength;
    private int length;
    private int emptyLines;
    private SipFault fault = SipFault.NONE;

    /**
     * @param maxHeadBytes longest start line and headers, with the empty line behind them
     * @param maxBodyBytes longest body
     */
    public StreamFraming(int maxHeadBytes, int maxBodyBytes) {
        this.maxHeadBytes = maxHeadBytes;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Reads the empty lines before a message away.
     *
     * @return how many of them were keep-alives that want an answer: two empty lines each (RFC 5626 §4.4.1)
     */
    public int consumeKeepAlives(ByteBuf in) {
        int pings = 0;
        while (headLength == 0
                && in.readableBytes() >= 2
                && in.getByte(in.readerIndex()) == '\r'
                && in.getByte(in.readerIndex() + 1) == '\n') {
            in.skipBytes(2);
            looked = 0;
            if (++emptyLines == 2) {
                pings++;
                emptyLines = 0;
            }
        }
        return pings;
    }

    /** Looks for a message at the reader index of {@code in}, which is not moved. */
    public Found find(ByteBuf in) {
        if (headLength == 0) {
            if (!findHead(in)) {
                return in.readableBytes() > maxHeadBytes ? fault(headFault(in), Math.max(looked, 0)) : Found.MORE;
            }
            if (headLength > maxHeadBytes) {
                return fault(headFault(in), maxHeadBytes);
            }
            int body = contentLength(in);
            if (fault != SipFault.NONE) {
                return fault(fault, headLength);
            }
            length = headLength + body;
        }
        return in.readableBytes() < length ? Found.MORE : Found.MESSAGE;
    }

    /** The message last found was read away: the next one begins. */
    public void next() {
        looked = 0;
        headLength = 0;
        length = 0;
        emptyLines = 0;
    }

    /** Bytes of the message, or with a fault of what may be looked at. */
    public int length() {
        return length;
    }

    public SipFault fault() {
        return fault;
    }

    private Found fault(SipFault found, int bytes) {
        fault = found;
        length = bytes;
        return Found.FAULT;
    }

    /** A start line longer than a Request-URI may be is to blame for it first. */
    private SipFault headFault(ByteBuf in) {
        int from = in.readerIndex();
        int line = in.indexOf(from, from + Math.min(in.readableBytes(), maxHeadBytes), (byte) '\n');
        return line < 0 ? SipFault.URI_TOO_LONG : SipFault.HEADERS_TOO_LONG;
    }

    private boolean findHead(ByteBuf in) {
        int from = in.readerIndex();
        int end = Math.min(in.readableBytes(), maxHeadBytes + 1);
        int at = Math.max(3, looked);
        for (; at < end; at++) {
            if (in.getByte(from + at) == '\n'
                    && in.getByte(from + at - 1) == '\r'
                    && in.getByte(from + at - 2) == '\n'
                    && in.getByte(from + at - 3) == '\r') {
                headLength = at + 1;
                return true;
            }
        }
        looked = at;
        return false;
    }

    private int contentLength(ByteBuf in) {
        int from = in.readerIndex();
        int end = from + headLength - 2;
        int found = -1;
        for (int line = lineEnd(in, from, end); line < end; line = lineEnd(in, line, end)) {
            int value = isFolded(in, line) ? -1 : contentLengthValue(in, line, end);
            if (value >= 0 && found >= 0) {
                fault = SipFault.TWICE;
                return 0;
            }
            found = Math.max(found, value);
        }
        if (found < 0) {
            fault = SipFault.NO_CONTENT_LENGTH;
            return 0;
        }
        return number(in, found, end);
    }

    /** Behind the next line end, folded lines not joined. */
    private static int lineEnd(ByteBuf in, int from, int end) {
        for (int at = from; at + 1 < end; at++) {
            if (in.getByte(at) == '\r' && in.getByte(at + 1) == '\n') {
                return at + 2;
            }
        }
        return end;
    }

    private static boolean isFolded(ByteBuf in, int line) {
        return isBlank(in.getByte(line));
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Where the value begins if the line at {@code line} is a Content-Length, else -1. */
    private static int contentLengthValue(ByteBuf in, int line, int end) {
        int at = line;
        byte first = SipText.lower(in.getByte(at));
        if (first == 'l') {
            at++;
        } else if (first == 'c') {
            for (int i = 0; i < CONTENT_LENGTH.length; i++, at++) {
                if (at >= end || SipText.lower(in.getByte(at)) != CONTENT_LENGTH[i]) {
                    return -1;
                }
            }
        } else {
            return -1;
        }
        while (at < end && isBlank(in.getByte(at))) {
            at++;
        }
        return at < end && in.getByte(at) == ':' ? at + 1 : -1;
    }

    private int number(ByteBuf in, int from, int end) {
        int at = from;
        while (at < end && SipText.isLws(in.getByte(at)) && !isLineEnd(in, at, end)) {
            at++;
        }
        long value = 0;
        int digits = 0;
        while (at < end && SipText.isDigit(in.getByte(at)) && digits <= LONGEST_NUMBER) {
            value = value * 10 + (in.getByte(at++) - '0');
            digits++;
        }
        while (at < end && SipText.isLws(in.getByte(at)) && !isLineEnd(in, at, end)) {
            at++;
        }
        if (digits == 0 || !isLineEnd(in, at, end)) {
            fault = SipFault.CONTENT_LENGTH;
        } else if (value > maxBodyBytes) {
            fault = SipFault.BODY_TOO_LONG;
        }
        return (int) Math.min(value, maxBodyBytes);
    }

    /** Whether a line really ends here, and is not folded. */
    private static boolean isLineEnd(ByteBuf in, int at, int end) {
        return at >= end
                || (in.getByte(at) == '\r' && in.getByte(at + 1) == '\n' && (at + 2 >= end || !isFolded(in, at + 2)));
    }
}
