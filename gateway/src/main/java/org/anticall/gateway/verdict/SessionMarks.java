package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.rules.call.Mark;

/** What is odd about a session description (RFC 4566). Allocates nothing; owned by one event loop. */
final class SessionMarks {

    private static final byte[] AUDIO = SipText.bytes("audio ");
    private static final byte[] PACKET_TIME = SipText.bytes("ptime:");
    private static final int G729 = 18;
    private static final int USUAL_PACKET_MILLIS = 20;
    private static final int ADDRESS_FIELD = 5;

    private final byte[] v0 = SipText.bytes("v=0");

    /**
     * Bits of {@link Mark} for the body of {@code invite}, none if it is no session description.
     *
     * @param peer address of the signalling peer as text, without port and brackets
     */
    int of(SipMessage invite, byte[] peer) {
        byte[] bytes = invite.bytes();
        int to = invite.end();
        int marks = Mark.NONE;
        if (!SipText.startsWithIgnoreCase(bytes, invite.bodyStart(), to, v0)) {
            return marks;
        }
        for (int line = invite.bodyStart(); line < to; ) {
            int end = line;
            while (end < to && bytes[end] != '\r' && bytes[end] != '\n') {
                end++;
            }
            if (end - line > 2 && bytes[line + 1] == '=') {
                marks |= line(bytes, line, end, peer);
            }
            line = end + 1;
        }
        return marks;
    }

    private static int line(byte[] bytes, int line, int end, byte[] peer) {
        int value = line + 2;
        return switch (bytes[line]) {
            case 'o' -> isElsewhere(bytes, value, end, peer) ? Mark.SESSION_ELSEWHERE.bit() : Mark.NONE;
            case 'm' -> isOnlyG729(bytes, value, end) ? Mark.ONLY_G729.bit() : Mark.NONE;
            case 'a' -> isOddPacketTime(bytes, value, end) ? Mark.ODD_PACKET_TIME.bit() : Mark.NONE;
            default -> Mark.NONE;
        };
    }

    /** {@code o=<username> <sess-id> <sess-version> <nettype> <addrtype> <unicast-address>} */
    private static boolean isElsewhere(byte[] bytes, int from, int to, byte[] peer) {
        int at = from;
        for (int field = 0; field < ADDRESS_FIELD && at < to; field++) {
            at = space(bytes, at, to) + 1;
        }
        return at < to
                && Literals.isAddress(bytes, at, to)
                && !SipText.equalsIgnoreCase(bytes, at, SipText.trimEnd(bytes, at, to), peer);
    }

    /** {@code m=<media> <port> <proto> <fmt> ...} with one format, G.729: no telephone events either. */
    private static boolean isOnlyG729(byte[] bytes, int from, int to) {
        if (!SipText.startsWithIgnoreCase(bytes, from, to, AUDIO)) {
            return false;
        }
        int port = space(bytes, from, to) + 1;
        int protocol = space(bytes, Math.min(port, to), to) + 1;
        int formats = space(bytes, Math.min(protocol, to), to) + 1;
        return formats < to && SipText.number(bytes, formats, SipText.trimEnd(bytes, formats, to)) == G729;
    }

    private static boolean isOddPacketTime(byte[] bytes, int from, int to) {
        if (!SipText.startsWithIgnoreCase(bytes, from, to, PACKET_TIME)) {
            return false;
        }
        int digits = from + PACKET_TIME.length;
        return SipText.number(bytes, digits, SipText.trimEnd(bytes, digits, to)) != USUAL_PACKET_MILLIS;
    }

    private static int space(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return at;
    }
}
