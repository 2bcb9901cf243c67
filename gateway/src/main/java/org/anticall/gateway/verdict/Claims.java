package org.anticall.gateway.verdict;

import java.util.ArrayList;
import java.util.List;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.Slice;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.passport.Passports;

/** What an INVITE claims or asks about its caller; nobody is asked whether it is true. */
final class Claims {

    private static final byte[] ID = SipText.bytes("id");
    private static final byte[] USER = SipText.bytes("user");
    private static final byte[] HEADER = SipText.bytes("header");
    private static final byte[] NONE = SipText.bytes("none");
    private static final byte[] PASSED = SipText.bytes("tn-validation-passed");
    private static final byte[] FAILED = SipText.bytes("tn-validation-failed");
    private static final byte[] NOT_VALIDATED = SipText.bytes("no-tn-validation");

    private Claims() {}

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

    /**
     * What the Identity headers are found to be (RFC 8224), and the attestation they claim (RFC 8588 §4). Calls without one,
     * which are nearly all, cost a look into the index.
     */
    static Passports.Findings identity(SipMessage invite, long epochMillis, long caller, long callee) {
        int line = invite.first(HeaderId.IDENTITY);
        if (line < 0) {
            return Passports.Findings.NONE;
        }
        List<String> values = new ArrayList<>();
        for (; line >= 0; line = invite.next(line)) {
            values.add(SipText.string(invite.bytes(), invite.valueStart(line), invite.valueEnd(line)));
        }
        return Passports.of(values, epochMillis, caller, callee);
    }
}
