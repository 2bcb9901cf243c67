package org.anticall.ops.publish;

import java.time.Instant;
import java.util.List;

/**
 * One revision: what it was made of, by whom and why. Never changed.
 *
 * @param revision from 1, without gaps
 * @param contentOf the revision whose content this is: its own number, or an older one after a rollback
 * @param hash SHA-256 of the rule set's canonical bytes in hex
 * @param rules how many rules it has
 * @param orders rules of orders in it, {@code O17} or {@code O17:shadow}
 * @param at when it was published
 * @param person who published it, 0 for the centre itself
 */
public record Revision(
        long revision,
        long contentOf,
        String hash,
        int rules,
        List<String> orders,
        Instant at,
        long person,
        String account,
        String why) {

    public Revision {
        orders = List.copyOf(orders);
    }

    /** Whether it took an older revision's content back. */
    public boolean isRollback() {
        return contentOf != revision;
    }
}
