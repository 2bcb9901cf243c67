package org.anticall.ops.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The promise that the chain up to one link was as it is: who has it can prove any later change of what came before.
 *
 * @param seq number of the last link it covers
 * @param hash hash of that link in hex
 * @param at when it was signed, to the microsecond
 * @param key id of the key, the first 16 hex digits of the SHA-256 of the public key
 * @param signature Ed25519 (RFC 8032) over {@code anticall-audit-head|seq|hash|at}, base 64
 */
public record SignedHead(long seq, String hash, Instant at, String key, String signature) {

    public SignedHead {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The text that is signed. */
    static String text(long seq, String hash, Instant at) {
        return "anticall-audit-head|" + seq + "|" + hash + "|" + at;
    }

    String text() {
        return text(seq, hash, at);
    }
}
