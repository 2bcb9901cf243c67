package org.anticall.rules.call;

/** What lies at the far end of a trunk. */
public enum TrunkClass {
    /** A foreign or transit carrier: calls from abroad. */
    INTERNATIONAL,
    /** A carrier of the home country. */
    NATIONAL,
    /** The home network's own calls going abroad, mirrored to the gateway. */
    OUTBOUND
}
