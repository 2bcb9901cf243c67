package org.anticall.rules.bundle;

/** Bytes that are no well-formed bundle. Stays inside the package: callers get a {@link Verification.Refused}. */
final class DamagedBundleException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    DamagedBundleException(String message) {
        this(Refusal.DAMAGED, message);
    }

    DamagedBundleException(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    Verification.Refused refused() {
        return new Verification.Refused(refusal, String.valueOf(getMessage()));
    }
}
