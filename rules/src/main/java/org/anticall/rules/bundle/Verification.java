package org.anticall.rules.bundle;

/** What verifying a bundle yields. */
public sealed interface Verification {

    /** A pinned key vouches for every byte. */
    record Genuine(VerifiedBundle bundle) implements Verification {}

    /**
     * It must not go live.
     *
     * @param refusal why
     * @param message the same for people, with the value and what was expected
     */
    record Refused(Refusal refusal, String message) implements Verification {}
}
