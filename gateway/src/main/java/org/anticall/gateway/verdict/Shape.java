package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.SipText;

/** What a made-up identifier looks like, whatever it is this time: hexadecimal, numeric, a UUID, with an address. */
final class Shape {

    private static final int LOWER_HEX = 1;
    private static final int UPPER_HEX = 2;
    private static final int LOWER = 4;
    private static final int UPPER = 8;
    private static final int DASH = 16;
    private static final int DOT = 32;
    private static final int OTHER = 64;
    private static final int LONG = 20;

    private Shape() {}

    /** Kinds of characters in the low bits and, of what is long, the length above them. */
    static int of(byte[] bytes, int from, int to) {
        int kinds = 0;
        for (int at = from; at < to; at++) {
            kinds |= kind(bytes[at]);
        }
        if ((kinds & LOWER) != 0) {
            kinds &= ~LOWER_HEX;
        }
        if ((kinds & UPPER) != 0) {
            kinds &= ~UPPER_HEX;
        }
        return to - from < LONG ? kinds : kinds | (to - from) << 8;
    }

    private static int kind(byte b) {
        if (SipText.isDigit(b)) {
            return 0;
        }
        if (b >= 'a' && b <= 'z') {
            return b <= 'f' ? LOWER_HEX : LOWER;
        }
        if (b >= 'A' && b <= 'Z') {
            return b <= 'F' ? UPPER_HEX : UPPER;
        }
        return b == '-' ? DASH : b == '.' ? DOT : OTHER;
    }
}
