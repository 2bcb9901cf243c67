package org.anticall.ops.sip.agent;

import org.jspecify.annotations.Nullable;

/**
 * What a caller's INVITE says.
 *
 * @param callId Call-ID, unique
 * @param callee the dialled number: user part of Request-URI and To
 * @param displayName display name in From, empty for none
 * @param presented URI in From, such as {@code sip:+74951234567@carrier.example;user=phone}
 * @param asserted URI in P-Asserted-Identity (RFC 3325), null for no such header
 * @param diversion value of the Diversion header (RFC 5806), null for none
 * @param privacy whether {@code Privacy: id} is asked for (RFC 3323)
 * @param session name of the offered session, the SDP line {@code s=} (RFC 8866 §5.3); it reaches whoever is called, also
 *     through a back-to-back user agent
 */
public record CallOffer(
        String callId,
        String callee,
        String displayName,
        String presented,
        @Nullable String asserted,
        @Nullable String diversion,
        boolean privacy,
        String session) {}
