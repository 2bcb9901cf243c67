package org.anticall.ops.audit;

import org.jspecify.annotations.Nullable;

/** What the examination of an exported trail has shown. */
public sealed interface AuditProof {

    /**
     * Every link is whole and in its place.
     *
     * @param links how many links
     * @param cut where the trail was cut off, null if it reaches back to its first link
     * @param hash hash of the last one in hex
     * @param heads how many signed heads hold
     * @param lastHead the latest of them, null if there is none: then nothing but its own arithmetic vouches for the chain
     * @param keyId id of the key the heads were checked with, null without heads
     * @param pinned whether the key was given by the examiner and not by the file itself
     */
    record Sound(
            long links,
            @Nullable SignedCut cut,
            String hash,
            int heads,
            @Nullable SignedHead lastHead,
            @Nullable String keyId,
            boolean pinned)
            implements AuditProof {}

    /**
     * The trail was tampered with or is damaged.
     *
     * @param line line of the file from 1
     * @param seq number of the first broken link, or of the one that should stand there
     * @param what one sentence
     */
    record Broken(long line, long seq, String what) implements AuditProof {}
}
