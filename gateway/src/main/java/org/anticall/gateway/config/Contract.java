package org.anticall.gateway.config;

import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.TrunkTerms;

/**
 * What is agreed with the carrier behind a trunk.
 *
 * @param trust what of its words is believed
 * @param terms whose calls it may bring, and whether home calls may come back on it; one instance for all its calls
 */
public record Contract(Trust trust, TrunkTerms terms) {

    /** A hub, which may bring callers of any country, trusted as usual. */
    public static final Contract DEFAULT =
            new Contract(Trust.DEFAULT, new TrunkTerms(CountryCodeSet.EMPTY, true, false));
}
