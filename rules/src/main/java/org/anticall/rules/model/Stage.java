package org.anticall.rules.model;

/** The stages of a screening, in the order they are gone through; inside a stage the lower priority goes first. */
public enum Stage {
    /** Parties that are never screened. */
    NEVER_TOUCH,
    /** Callers that pass whatever else is known of them. */
    ALLOW,
    /** What can be said from the numbers and lists alone. */
    DETERMINISTIC,
    /** What hangs on where a subscriber is, or on a forwarding. */
    ROAMING,
    /** Signs: claims of other networks, behaviour, how the caller's equipment looks. They give points and never reject. */
    SIGNS
}
