package org.anticall.ops.sip;

import java.time.Instant;
import javax.sip.address.SipURI;

/**
 * Where an operator's phone can be reached, as it told when it registered (RFC 3261 §10).
 *
 * @param user its user name, which is its seat
 * @param contact what to call; its host is an IP literal the registration came from
 * @param told its Contact as it wrote it; a phone looks for it in the answer
 * @param callId Call-ID of its registrations
 * @param sequence CSeq of its latest registration
 * @param expiresAt when it has to have registered again
 */
record Phone(String user, SipURI contact, SipURI told, String callId, long sequence, Instant expiresAt) {}
