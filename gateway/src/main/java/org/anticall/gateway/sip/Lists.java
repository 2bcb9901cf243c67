package org.anticall.gateway.sip;

/** Walks over separated values, minding quoted strings and angle brackets. */
public final class Lists {

    private Lists() {}

    /** Offset of the first {@code separator} at or behind {@code from} outside quotes and angle brackets, else {@code to}. */
    public static int next(byte[] bytes, int from, int to, byte separator) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (quoted) {
                if (b == '\\') {
                    at++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '<') {
                bracketed = true;
            } else if (b == '>') {
                bracketed = false;
            } else if (b == separator && !bracketed) {
                return at;
            }
        }
        return to;
    }

    /** End of the first of the comma-separated values from {@code from} on, white space behind it included. */
    public static int valueEnd(byte[] bytes, int from, int to) {
        return next(bytes, from, to, (byte) ',');
    }

    /** Whether a line of that header has a comma with nothing before or behind it. */
    static boolean hasEmpty(SipMessage message, HeaderId header) {
        byte[] bytes = message.bytes;
        for (int line = message.first(header); line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at <= to; ) {
                int end = valueEnd(bytes, at, to);
                if (SipText.skipLws(bytes, at, end) == end) {
                    return true;
                }
                at = end + 1;
            }
        }
        return false;
    }

    /** How many values all lines of a header hold together. */
    public static int count(SipMessage message, HeaderId header) {
        int count = 0;
        for (int line = message.first(header); line >= 0; line = message.next(line)) {
            int to = message.valueEnd(line);
            for (int at = message.valueStart(line); at <= to; at++) {
                count++;
                at = valueEnd(message.bytes, at, to);
            }
        }
        return count;
    }
}
