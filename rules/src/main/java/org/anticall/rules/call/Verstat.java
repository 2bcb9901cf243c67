package org.anticall.rules.call;

/** What a {@code verstat} parameter claims of the caller's number (3GPP TS 24.229 §7.2A.20). As received, never checked here. */
public enum Verstat {
    /** There is no such parameter. */
    NONE,
    /** {@code TN-Validation-Passed}, with or without a suffix for the attestation. */
    PASSED,
    /** {@code TN-Validation-Failed}, with or without a suffix. */
    FAILED,
    /** {@code No-TN-Validation}. */
    NO_VALIDATION
}
