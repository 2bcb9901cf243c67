package org.anticall.gateway.config;

import java.util.Set;

/**
 * What is agreed with the carrier behind a trunk.
 *
 * @param trust what of its words is believed
 * @param origins countries whose calls it may bring, ISO 3166-1 alpha-2; empty for a hub, which may bring any
 * @param trombone whether calls between home numbers may come back on it, because they are routed via abroad by agreement
 */
public record Contract(Trust trust, Set<String> origins, boolean trombone) {

    /** A hub that is trusted as usual. */
    public static final Contract DEFAULT = new Contract(Trust.DEFAULT, Set.of(), false);

    public Contract {
        origins = Set.copyOf(origins);
    }

    /** Whether it may bring calls of any country. */
    public boolean isHub() {
        return origins.isEmpty();
    }
}
