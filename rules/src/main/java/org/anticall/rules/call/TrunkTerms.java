package org.anticall.rules.call;

/**
 * What was agreed with the carrier behind a trunk. One instance per trunk, made when the configuration is read.
 *
 * @param origins country codes whose callers the carrier may bring; empty if nothing was agreed, then nothing is out of
 *     contract
 * @param hub whether the carrier brings callers of all countries
 * @param trombone whether calls of home subscribers may come back on this trunk because they were routed through abroad
 */
public record TrunkTerms(CountryCodeSet origins, boolean hub, boolean trombone) {

    /** Nothing is agreed, or nothing known of it. */
    public static final TrunkTerms NONE = new TrunkTerms(CountryCodeSet.EMPTY, false, false);

    /** Whether anything says which countries' callers may come. */
    public boolean isKnown() {
        return hub || !origins.isEmpty();
    }

    /** Whether callers of {@code countryCode} may come; true where nothing is agreed. */
    public boolean carries(int countryCode) {
        return !isKnown() || hub || origins.contains(countryCode);
    }
}
