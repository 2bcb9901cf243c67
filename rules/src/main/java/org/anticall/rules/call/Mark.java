package org.anticall.rules.call;

import java.util.Locale;

/**
 * Something small that a gateway noticed in the INVITE. A set of marks is an {@code int} with one bit per mark, so that it
 * costs nothing to carry.
 */
public enum Mark {
    /** More than one P-Asserted-Identity of the same scheme (RFC 3325 §9.1 allows one sip and one tel). */
    SECOND_ASSERTED,
    /** {@code cpc=payphone}. */
    CPC_PAYPHONE,
    /** {@code cpc=test}. */
    CPC_TEST,
    /** {@code cpc=operator}. */
    CPC_OPERATOR,
    /** The caller's URI holds a number but not {@code user=phone}. */
    USER_NOT_PHONE,
    /** The caller's number has a {@code phone-context} of the home country. */
    HOME_PHONE_CONTEXT,
    /** From or Contact is one that scanners send: {@code sip:100@1.1.1.1}, {@code nm@nm}. */
    SCANNER_ADDRESS,
    /** A Via below the peer's own names a private address, or one more hop than the peer should show. */
    INNER_VIA,
    /** A header that exchanges and diallers add, such as {@code X-Asterisk-…} or {@code X-CID}. */
    VENDOR_HEADER,
    /** The host of Contact is not the signalling peer. */
    CONTACT_ELSEWHERE,
    /** The address in the session description's {@code o=} line is not the signalling peer. */
    SESSION_ELSEWHERE,
    /** A public address in Via, Contact or {@code c=} lies in a country that is not the caller's. */
    OTHER_COUNTRY,
    /** The session offers G.729 alone, without telephone events. */
    ONLY_G729,
    /** The packet time offered is not 20 ms. */
    ODD_PACKET_TIME;

    /** No marks. */
    public static final int NONE = 0;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** {@code marks} with this one among them. */
    public int in(int marks) {
        return marks | bit();
    }

    /** Whether this one is among {@code marks}. */
    public boolean isIn(int marks) {
        return (marks & bit()) != 0;
    }

    /** The set of this mark alone. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Name in rule files and records: {@code vendor-header}. */
    public String text() {
        return text;
    }
}
