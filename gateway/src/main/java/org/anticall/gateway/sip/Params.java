package org.anticall.gateway.sip;

/** Finds {@code ;name=value} parameters of header values and URIs. */
public final class Params {

    static final byte[] TAG = SipText.bytes("tag");

    private Params() {}

    /**
     * The first parameter called {@code lowerName} behind a semicolon outside quotes and angle brackets.
     *
     * @return its value, an empty slice where it has none, {@link Slice#NONE} if there is no such parameter
     */
    public static long find(byte[] bytes, int from, int to, byte[] lowerName) {
        int at = Lists.next(bytes, from, to, (byte) ';');
        while (at < to) {
            int next = Lists.next(bytes, at + 1, to, (byte) ';');
            int name = SipText.skipLws(bytes, at + 1, next);
            int nameEnd = name;
            while (nameEnd < next && SipText.isToken(bytes[nameEnd])) {
                nameEnd++;
            }
            if (SipText.equalsIgnoreCase(bytes, name, nameEnd, lowerName)) {
                return value(bytes, nameEnd, next);
            }
            at = next;
        }
        return Slice.NONE;
    }

    /**
     * Whether all of {@code from} to {@code to} is parameters, each {@code ;name} or {@code ;name=value} with white space
     * only around these. A name or a value in two pieces, or an angle bracket, is read differently by different readers.
     */
    static boolean areWellFormed(byte[] bytes, int from, int to) {
        int at = SipText.skipLws(bytes, from, to);
        while (at < to) {
            if (bytes[at] != ';') {
                return false;
            }
            int name = SipText.skipLws(bytes, at + 1, to);
            at = name;
            while (at < to && SipText.isToken(bytes[at])) {
                at++;
            }
            if (at == name) {
                return false;
            }
            at = SipText.skipLws(bytes, at, to);
            if (at < to && bytes[at] == '=') {
                at = SipText.skipLws(bytes, valueEnd(bytes, SipText.skipLws(bytes, at + 1, to), to), to);
            }
        }
        return true;
    }

    private static int valueEnd(byte[] bytes, int from, int to) {
        if (from < to && bytes[from] == '"') {
            int close = SipText.quotedEnd(bytes, from, to);
            return close < 0 ? from : close;
        }
        int at = from;
        while (at < to && !SipText.isLws(bytes[at]) && ";<>\"".indexOf(bytes[at]) < 0) {
            at++;
        }
        return at;
    }

    /** Whether the parameter is there more than once: two readers could take either. */
    static boolean isRepeated(byte[] bytes, int from, int to, byte[] lowerName) {
        long first = find(bytes, from, to, lowerName);
        return first != Slice.NONE && find(bytes, Slice.end(first), to, lowerName) != Slice.NONE;
    }

    public static boolean has(byte[] bytes, int from, int to, byte[] lowerName) {
        return find(bytes, from, to, lowerName) != Slice.NONE;
    }

    /** The stretch from the semicolon to the end of the parameter, or {@link Slice#NONE}: what to cut to remove it. */
    public static long whole(byte[] bytes, int from, int to, byte[] lowerName) {
        long value = find(bytes, from, to, lowerName);
        if (value == Slice.NONE) {
            return Slice.NONE;
        }
        int semicolon = Slice.start(value);
        while (bytes[semicolon - 1] != ';') {
            semicolon--;
        }
        return Slice.of(semicolon - 1, Lists.next(bytes, semicolon, to, (byte) ';'));
    }

    private static long value(byte[] bytes, int nameEnd, int to) {
        int at = SipText.skipLws(bytes, nameEnd, to);
        if (at < to && bytes[at] == '=') {
            int start = SipText.skipLws(bytes, at + 1, to);
            return Slice.of(start, SipText.trimEnd(bytes, start, to));
        }
        return Slice.of(nameEnd, nameEnd);
    }
}
