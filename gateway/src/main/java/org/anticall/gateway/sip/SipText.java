package org.anticall.gateway.sip;

import java.nio.charset.StandardCharsets;

/** The few questions asked of SIP's text, answered on bytes. Linear white space (LWS) includes folded line ends. */
public final class SipText {

    private static final boolean[] TOKEN = tokenCharacters();

    private SipText() {}

    /** {@code text} in UTF-8. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Space, tab, or a byte of a folded line end. */
    public static boolean isLws(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** {@code token} of RFC 3261 §25.1. */
    public static boolean isToken(byte b) {
        return b >= 0 && TOKEN[b];
    }

    public static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    public static int skipLws(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isLws(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The place behind the quoted string that begins at {@code quote}, -1 if it does not end. */
    static int quotedEnd(byte[] bytes, int quote, int to) {
        for (int at = quote + 1; at < to; at++) {
            if (bytes[at] == '\\') {
                at++;
            } else if (bytes[at] == '"') {
                return at + 1;
            }
        }
        return -1;
    }

    /** The end of the text before trailing LWS. */
    public static int trimEnd(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && isLws(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    /** Whether the bytes are {@code lower} (which is in lower case), ASCII letters in either case. */
    public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, byte[] lower) {
        return to - from == lower.length && startsWithIgnoreCase(bytes, from, to, lower);
    }

    /** Whether the bytes begin with {@code lower} (which is in lower case), ASCII letters in either case. */
    public static boolean startsWithIgnoreCase(byte[] bytes, int from, int to, byte[] lower) {
        if (to - from < lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    public static boolean equals(byte[] bytes, int from, int to, byte[] expected) {
        if (to - from != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    /** Reads 1 to 10 digits and nothing else; -1 for anything else. */
    public static long number(byte[] bytes, int from, int to) {
        if (from >= to || to - from > 10) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    public static boolean isHex(byte b) {
        return hex(b) >= 0;
    }

    /** The value of a hexadecimal digit, -1 for anything else. */
    static int hex(byte b) {
        if (isDigit(b)) {
            return b - '0';
        }
        byte letter = lower(b);
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** For logs, records and tests: the bytes as text. */
    public static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.max(0, to - from), StandardCharsets.UTF_8);
    }

    private static boolean[] tokenCharacters() {
        boolean[] token = new boolean[128];
        for (char c : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~".toCharArray()) {
            token[c] = true;
        }
        return token;
    }
}
