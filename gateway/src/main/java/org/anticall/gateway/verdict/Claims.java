package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.Verstat;

/** What an INVITE claims or asks about its caller, as it stands there; nothing is verified. Owned by one event loop. */
final class Claims {

    private static final byte[] ID = SipText.bytes("id");
    private static final byte[] USER = SipText.bytes("user");
    private static final byte[] HEADER = SipText.bytes("header");
    private static final byte[] NONE = SipText.bytes("none");
    private static final byte[] PASSED = SipText.bytes("tn-validation-passed");
    private static final byte[] FAILED = SipText.bytes("tn-validation-failed");
    private static final byte[] NOT_VALIDATED = SipText.bytes("no-tn-validation");
    private static final byte[] ATTEST = SipText.bytes("\"attest\"");

    private final byte[] payload = new byte[1024];

    /** The strongest value of all Privacy headers (RFC 3323 §4.2, RFC 3325 §9.3). */
    static Privacy privacy(SipMessage invite) {
        byte[] bytes = invite.bytes();
        Privacy strongest = Privacy.NONE;
        for (int line = invite.first(HeaderId.PRIVACY); line >= 0; line = invite.next(line)) {
            int to = invite.valueEnd(line);
            for (int at = invite.valueStart(line); at < to; ) {
                int end = at;
                while (end < to && bytes[end] != ';' && bytes[end] != ',') {
                    end++;
                }
                int from = SipText.skipLws(bytes, at, end);
                strongest = strongest.and(privacy(bytes, from, SipText.trimEnd(bytes, from, end)));
                at = end + 1;
            }
        }
        return strongest;
    }

    private static Privacy privacy(byte[] bytes, int from, int to) {
        if (SipText.equalsIgnoreCase(bytes, from, to, ID)) {
            return Privacy.ID;
        }
        if (SipText.equalsIgnoreCase(bytes, from, to, USER)) {
            return Privacy.USER;
        }
        if (SipText.equalsIgnoreCase(bytes, from, to, HEADER)) {
            return Privacy.HEADER;
        }
        return from == to || SipText.equalsIgnoreCase(bytes, from, to, NONE) ? Privacy.NONE : Privacy.OTHER;
    }

    /** What the value of a verstat parameter says, with or without a suffix (3GPP TS 24.229 §7.2A.20). */
    static Verstat verstat(byte[] bytes, long value) {
        if (!Slice.isPresent(value)) {
            return Verstat.NONE;
        }
        int from = Slice.start(value);
        int to = Slice.end(value);
        if (SipText.startsWithIgnoreCase(bytes, from, to, PASSED)) {
            return Verstat.PASSED;
        }
        if (SipText.startsWithIgnoreCase(bytes, from, to, FAILED)) {
            return Verstat.FAILED;
        }
        return SipText.startsWithIgnoreCase(bytes, from, to, NOT_VALIDATED) ? Verstat.NO_VALIDATION : Verstat.NONE;
    }

    /** The attestation of the first Identity header that has one (RFC 8588 §4); tokens longer than usual have none. */
    Attestation attestation(SipMessage invite) {
        for (int line = invite.first(HeaderId.IDENTITY); line >= 0; line = invite.next(line)) {
            Attestation claimed = attestation(invite.bytes(), invite.valueStart(line), invite.valueEnd(line));
            if (claimed != Attestation.NONE) {
                return claimed;
            }
        }
        return Attestation.NONE;
    }

    private Attestation attestation(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '.') {
            at++;
        }
        int length = decode(bytes, at + 1, to);
        for (int i = 0; i + ATTEST.length < length; i++) {
            if (SipText.startsWithIgnoreCase(payload, i, length, ATTEST)) {
                int value = i + ATTEST.length;
                while (value < length && (payload[value] == ':' || SipText.isLws(payload[value]))) {
                    value++;
                }
                return value + 2 < length && payload[value] == '"' && payload[value + 2] == '"'
                        ? attestation(payload[value + 1])
                        : Attestation.NONE;
            }
        }
        return Attestation.NONE;
    }

    private static Attestation attestation(byte letter) {
        return switch (letter) {
            case 'A' -> Attestation.A;
            case 'B' -> Attestation.B;
            case 'C' -> Attestation.C;
            default -> Attestation.NONE;
        };
    }

    /** Decodes base64url (RFC 4648 §5) up to the first other character; returns the count of bytes. */
    private int decode(byte[] bytes, int from, int to) {
        int length = 0;
        int bits = 0;
        int held = 0;
        for (int at = from; at < to && length < payload.length; at++) {
            int digit = digit(bytes[at]);
            if (digit < 0) {
                break;
            }
            bits = bits << 6 | digit;
            held += 6;
            if (held >= 8) {
                held -= 8;
                payload[length++] = (byte) (bits >>> held);
            }
        }
        return length;
    }

    private static int digit(byte b) {
        if (b >= 'A' && b <= 'Z') {
            return b - 'A';
        }
        if (b >= 'a' && b <= 'z') {
            return b - 'a' + 26;
        }
        if (SipText.isDigit(b)) {
            return b - '0' + 52;
        }
        return b == '-' ? 62 : b == '_' ? 63 : -1;
    }
}
