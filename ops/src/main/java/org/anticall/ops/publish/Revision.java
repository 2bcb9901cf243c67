package org.anticall.ops.publish;

import java.time.Instant;

/**
 * One revision: what it was made of, by whom and why. Never changed.
 *
 * @param revision from 1, without gaps
 * @param contentOf the revision whose content this is: its own number, or an older one after a rollback
 * @param hash SHA-256 of the rule set's canonical bytes in hex
 * @param rules how many rules it has
 * @param orders those in it
 * @param at when it was published
 * @param person who published it, 0 for the centre itself
 */
public record Revision(
        long revision,
        long contentOf,
        String hash,
        int rules,
        RevisionOrders orders,
        Instant at,
        long person,
        String account,
        String why) {

    /** Whether it took an older revision's content back. */
    public boolean isRollback() {
        return contentOf != revision;
    }
}
