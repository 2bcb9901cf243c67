package org.anticall.rules.bundle;

import java.util.Locale;

/** Why a bundle may not go live. */
public enum Refusal {
    /** No pinned key has the id that the bundle names. */
    UNKNOWN_KEY,
    /** The pinned key did not sign this manifest. */
    BAD_SIGNATURE,
    /** It is for another country. */
    WRONG_HOME,
    /** Its revision is not above the one that is enforced: somebody plays an old one again. */
    LOWER_REVISION,
    /** Its time is over. */
    EXPIRED,
    /** Its bytes are cut, changed, or not in the one form that a bundle has. */
    DAMAGED,
    /** It is larger than the receiver takes. */
    TOO_LARGE,
    /** It holds only what changed against a bundle that the receiver does not have; ask for a complete one. */
    MISSING_BASE;

    /** Name in reports and metrics: {@code bad-signature}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
