package org.anticall.rules.call;

/** How far the signer of an Identity header claims to vouch for the caller's number (RFC 8588 §4). */
public enum Attestation {
    /** No Identity header, or none that says. */
    NONE,
    /** Full: the signer knows the customer and the number is the customer's. */
    A,
    /** Partial: the signer knows the customer only. */
    B,
    /** Gateway: the signer knows where the call came in, nothing more. */
    C
}
