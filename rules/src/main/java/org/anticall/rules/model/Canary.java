package org.anticall.rules.model;

import java.util.Set;

/**
 * The calls for which a rule on trial acts; for all others it only watches.
 *
 * @param trunks the trunks whose calls are meant, by name; empty if a share is
 * @param perMille how many calls in a thousand are meant, 1 to 999, 0 if trunks are named
 */
public record Canary(Set<String> trunks, int perMille) {

    /** A thousand would be all calls, which is {@link Mode#LIVE}. */
    public static final int MAX_PER_MILLE = 999;

    public Canary {
        trunks = Set.copyOf(trunks);
        if (trunks.isEmpty() ? perMille < 1 || perMille > MAX_PER_MILLE : perMille != 0) {
            throw new IllegalArgumentException("a canary has either trunks or a share of 1 to 999 in a thousand");
        }
    }
}
