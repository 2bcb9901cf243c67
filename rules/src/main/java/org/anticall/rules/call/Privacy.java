package org.anticall.rules.call;

/** What a call's Privacy headers ask for (RFC 3323 §4.2, RFC 3325 §9.3); of several values the strongest counts. */
public enum Privacy {
    /** No Privacy header, or {@code none}. */
    NONE,
    /** Only values that do not concern who calls: {@code session}, {@code critical}, {@code history}. */
    OTHER,
    /** {@code header}: headers that tell of the caller are to be hidden. */
    HEADER,
    /** {@code user}: the caller's user agent asks for anonymity. */
    USER,
    /** {@code id}: the asserted identity must not leave the trust domain. */
    ID;

    /** Whether the caller's identity is to be withheld from the callee. */
    public boolean withholdsIdentity() {
        return this == HEADER || this == USER || this == ID;
    }

    /** The stronger of two requests. */
    public Privacy and(Privacy other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
