package org.anticall.ops.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The promise that the trail once reached back to its first link and was cut off, as its retention wants, right after one
 * link: what is left follows that link and still proves itself whole. Signed under another text than a {@link SignedHead}, so
 * that nobody makes a cut out of an exported head and drops what came before it.
 *
 * @param seq number of the last link that was cut off
 * @param hash hash of that link in hex
 * @param at when it was cut, to the microsecond
 * @param key id of the key, as in {@link SignedHead}
 * @param signature Ed25519 (RFC 8032) over {@code anticall-audit-cut|seq|hash|at}, base 64
 */
public record SignedCut(long seq, String hash, Instant at, String key, String signature) {

    public SignedCut {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The text that is signed. */
    static String text(long seq, String hash, Instant at) {
        return "anticall-audit-cut|" + seq + "|" + hash + "|" + at;
    }

    String text() {
        return text(seq, hash, at);
    }
}
