package org.anticall.ops.audit;

import java.io.BufferedReader;
import java.io.IOException;
import org.anticall.ops.audit.AuditProof.Broken;
import org.anticall.ops.audit.AuditProof.Sound;
import org.jspecify.annotations.Nullable;

/**
 * Examines an exported trail line by line, without a database or a network: numbers without gaps, each link's own hash,
 * each link's hash of the one before, and every signed head, which stands right after its link. A trail that was cut off
 * begins after the link that a signed cut names. Stops at the first broken link. Memory does not grow with the trail. One
 * examination, one thread.
 */
public final class AuditExaminer {

    private final @Nullable HeadKey pinned;
    private final @Nullable SignedHead held;
    private @Nullable HeadKey inFile;
    private @Nullable SignedHead last;
    private @Nullable SignedCut cut;
    private int heads;
    private long seq;
    private String hash = AuditLink.NOTHING;

    /**
     * @param pinned the key the examiner trusts, null to take the one in the file
     * @param held a head that the examiner has from earlier, null if there is none: with it a trail whose end was cut off,
     *     or that was written anew with the same key, is found out
     */
    public AuditExaminer(@Nullable HeadKey pinned, @Nullable SignedHead held) {
        this.pinned = pinned;
        this.held = held;
    }

    /** @throws IOException if reading fails */
    public AuditProof examine(BufferedReader lines) throws IOException {
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String wrong = take(line);
            if (wrong != null) {
                return new Broken(number, seq + 1, wrong);
            }
        }
        if (held != null && held.seq() > seq) {
            return new Broken(
                    number, seq + 1, "the trail ends at link " + seq + ", the head you hold is of link " + held.seq());
        }
        HeadKey key = key();
        long links = cut == null ? seq : seq - cut.seq();
        boolean signed = heads > 0 || cut != null;
        return new Sound(links, cut, hash, heads, last, key == null || !signed ? null : key.id(), pinned != null);
    }

    /** What is wrong with the line, null if nothing is. */
    private @Nullable String take(String line) {
        AuditLines.Line parsed;
        try {
            parsed = AuditLines.parse(line);
        } catch (IllegalArgumentException malformed) {
            return String.valueOf(malformed.getMessage());
        }
        if (parsed.link() != null) {
            return link(parsed.link());
        }
        if (parsed.head() != null) {
            return head(parsed.head());
        }
        if (parsed.cut() != null) {
            return cut(parsed.cut());
        }
        inFile = parsed.key();
        return pinned != null && inFile != null && !pinned.id().equals(inFile.id())
                ? "the trail names key " + inFile.id() + ", expected " + pinned.id()
                : null;
    }

    private @Nullable String link(AuditLink link) {
        if (link.seq() != seq + 1) {
            return "expected link " + (seq + 1) + ", found " + link.seq() + ": links are missing or out of order";
        }
        if (!link.isWhole()) {
            return "link " + link.seq() + " was altered: its content does not have its hash";
        }
        if (!link.previous().equals(hash)) {
            return "link " + link.seq() + " does not follow the link before it";
        }
        if (held != null && held.seq() == link.seq() && !held.hash().equals(link.hash())) {
            return "link " + link.seq() + " is not the one whose head you hold: the chain was written anew";
        }
        seq = link.seq();
        hash = link.hash();
        return null;
    }

    private @Nullable String head(SignedHead head) {
        HeadKey key = key();
        if (key == null) {
            return "the signed head of link " + head.seq() + " comes before the key";
        }
        if (!key.signed(head)) {
            return "the signature of the head of link " + head.seq() + " is not by key " + key.id();
        }
        if (head.seq() != seq || !head.hash().equals(hash)) {
            return "link " + seq + " is not the one whose head was signed: the chain was written anew";
        }
        heads++;
        last = head;
        return null;
    }

    /** Whatever stands before a cut is gone, so its signature is all that vouches for the beginning. */
    private @Nullable String cut(SignedCut found) {
        HeadKey key = key();
        if (key == null) {
            return "the cut after link " + found.seq() + " comes before the key";
        }
        if (seq > 0) {
            return "a cut after link " + found.seq() + " stands behind link " + seq + ", expected before all links";
        }
        if (!key.signed(found)) {
            return "the signature of the cut after link " + found.seq() + " is not by key " + key.id();
        }
        if (held != null && held.seq() == found.seq() && !held.hash().equals(found.hash())) {
            return "link " + found.seq() + " is not the one whose head you hold: the chain was written anew";
        }
        cut = found;
        seq = found.seq();
        hash = found.hash();
        return null;
    }

    private @Nullable HeadKey key() {
        return pinned == null ? inFile : pinned;
    }
}
