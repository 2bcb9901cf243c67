package org.anticall.rules.engine;

/**
 * Whether a condition holds, in Kleene's logic: where one part is known to fail, nobody needs to ask for the part that is
 * not known yet.
 */
public enum Truth {
    FALSE,
    TRUE,
    /** Hangs on the caller's roaming state. */
    NEEDS_CALLER,
    /** Hangs on the redirecting party's roaming state. */
    NEEDS_REDIRECTING;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    boolean isKnown() {
        return this == TRUE || this == FALSE;
    }

    Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return isKnown() ? other : this;
    }

    Truth or(Truth other) {
        if (this == TRUE || other == TRUE) {
            return TRUE;
        }
        return isKnown() ? other : this;
    }

    Truth not() {
        return isKnown() ? of(this == FALSE) : this;
    }
}
