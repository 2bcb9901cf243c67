package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.SipText;

/** Questions to hosts as they are written. */
final class Literals {

    private static final int OCTETS = 4;

    private Literals() {}

    /** Whether it is an IP address and no name: digits and dots, or with a colon. */
    static boolean isAddress(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == ':') {
                return true;
            }
            if (!SipText.isDigit(bytes[at]) && bytes[at] != '.') {
                return false;
            }
        }
        return from < to;
    }

    /** Whether it is that address, in brackets or not. */
    static boolean is(byte[] bytes, int from, int to, byte[] address) {
        boolean bracketed = from < to && bytes[from] == '[';
        return SipText.equalsIgnoreCase(bytes, bracketed ? from + 1 : from, bracketed ? to - 1 : to, address);
    }

    /** Whether it is an IPv4 address that no public network routes (RFC 1918, RFC 6598, loopback, link-local). */
    static boolean isPrivate(byte[] bytes, int from, int to) {
        int address = 0;
        int at = from;
        for (int octet = 0; octet < OCTETS; octet++) {
            int start = at;
            while (at < to && SipText.isDigit(bytes[at])) {
                at++;
            }
            long value = at - start > 3 ? -1 : SipText.number(bytes, start, at);
            boolean ends = octet == OCTETS - 1 ? at == to : at < to && bytes[at] == '.';
            if (value < 0 || value > 255 || !ends) {
                return false;
            }
            address = address << 8 | (int) value;
            at++;
        }
        int first = address >>> 24;
        int second = address >>> 16 & 0xFF;
        return first == 10
                || first == 127
                || (first == 172 && (second & 0xF0) == 16)
                || (first == 192 && second == 168)
                || (first == 100 && (second & 0xC0) == 64)
                || (first == 169 && second == 254);
    }
}
