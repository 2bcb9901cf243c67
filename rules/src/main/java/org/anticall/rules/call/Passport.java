package org.anticall.rules.call;

/**
 * What a call's Identity headers are found to be when everything is looked at but the certificate (RFC 8224 §6.2, RFC 8588):
 * form, algorithm, address of the certificate, claims, freshness. Who signed is not asked, because no list of trusted
 * authorities exists for the home countries; so a header in order proves nothing, but one out of order is not the one that a
 * carrier made for this call. The codes are those that RFC 8224 §6.2.2 gives to a verifier; here they are told, never sent.
 */
public enum Passport {
    /** No header that vouches for a caller. */
    NONE(0, ""),
    /** In order and about this call; nobody here knows who signed. */
    UNVERIFIED(0, ""),
    /** Made more than a minute before or after the call. */
    STALE(403, "Stale Date"),
    /** The certificate is named in a way in which no certificate may be fetched, or in two. */
    BAD_INFO(436, "Bad Identity Info"),
    /** Malformed, of another algorithm, or about another call. */
    INVALID(438, "Invalid Identity Header");

    private final int code;
    private final String phrase;

    Passport(int code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    /** Response code of RFC 8224 that says so, 0 where there is nothing to say. */
    public int code() {
        return code;
    }

    /** The phrase of that code. */
    public String phrase() {
        return phrase;
    }

    /** Whether something is wrong with it. */
    public boolean isWrong() {
        return code != 0;
    }
}
