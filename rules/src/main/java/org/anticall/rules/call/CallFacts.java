package org.anticall.rules.call;

import org.anticall.rules.number.PartyNumber;

/**
 * Everything a verdict may depend on, read once from the INVITE and its surroundings. Numbers are packed as in
 * {@link PartyNumber}.
 *
 * @param atEpochMillis when the call arrived, milliseconds since 1970-01-01T00:00Z
 * @param trunk name of the trunk it arrived on
 * @param trunkClass class of that trunk
 * @param asserted network number: P-Asserted-Identity, {@code tel} before {@code sip} (RFC 3325)
 * @param presented presentation number: From
 * @param callee the called party: user part of the Request-URI
 * @param redirecting who forwarded the call last: History-Info (RFC 7044), else Diversion (RFC 5806)
 * @param privacyRequested whether a Privacy header asks to withhold the caller's identity (RFC 3323)
 * @param callerRoaming roaming state of {@link #caller()}
 * @param redirectingRoaming roaming state of {@code redirecting}
 */
public record CallFacts(
        long atEpochMillis,
        String trunk,
        TrunkClass trunkClass,
        long asserted,
        long presented,
        long callee,
        long redirecting,
        boolean privacyRequested,
        RoamingAnswer callerRoaming,
        RoamingAnswer redirectingRoaming) {

    /** The number that structure rules look at: the network number if one is asserted, else the presented one. */
    public long caller() {
        return PartyNumber.isPresent(asserted) ? asserted : presented;
    }

    public CallFacts withCallerRoaming(RoamingAnswer answer) {
        return new CallFacts(
                atEpochMillis,
                trunk,
                trunkClass,
                asserted,
                presented,
                callee,
                redirecting,
                privacyRequested,
                answer,
                redirectingRoaming);
    }

    public CallFacts withRedirectingRoaming(RoamingAnswer answer) {
        return new CallFacts(
                atEpochMillis,
                trunk,
                trunkClass,
                asserted,
                presented,
                callee,
                redirecting,
                privacyRequested,
                callerRoaming,
                answer);
    }
}
