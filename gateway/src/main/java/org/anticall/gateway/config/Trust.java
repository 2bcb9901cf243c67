package org.anticall.gateway.config;

/**
 * What of a trunk's words about a call is believed. International peers mostly stand outside the trust domain of RFC 3324;
 * what is not believed is not read as a fact, and still travels as it came.
 *
 * @param asserted P-Asserted-Identity is the caller's network number (RFC 3325)
 * @param remoteParty Remote-Party-ID is, where nothing is asserted
 * @param preferred P-Preferred-Identity is, where neither of the two is there
 * @param forwarding History-Info and Diversion say who forwarded the call (RFC 7044, RFC 5806)
 * @param privacy Privacy says that the caller wants to be withheld (RFC 3323)
 */
public record Trust(boolean asserted, boolean remoteParty, boolean preferred, boolean forwarding, boolean privacy) {

    /** What is believed where nothing is said: the headers that belong between networks. */
    public static final Trust DEFAULT = new Trust(true, false, false, true, true);
}
