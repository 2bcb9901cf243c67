package org.anticall.gateway.verdict;

import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.Trust;
import org.anticall.gateway.sip.AssertedIdentity;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.Redirection;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.UserPart;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.passport.Passports;
import org.anticall.rules.record.DecisionRecord;

/**
 * Reads from an INVITE what a verdict may depend on, as far as the trunk's words are believed. Reused scratch views;
 * allocates only the facts. Owned by one event loop.
 */
public final class FactsReader {

    private final NumberNormalizer numbers;
    private final LoopCache outbound;
    private final CallFacts.Builder facts = new CallFacts.Builder();
    private final AssertedIdentity identity = new AssertedIdentity();
    private final Redirection redirection = new Redirection();
    private final NameAddr address = new NameAddr();
    private final UserPart text = new UserPart();
    private final CallerUri uri;
    private final TopologyMarks topology = new TopologyMarks();
    private final SessionMarks session = new SessionMarks();
    private final Fingerprint fingerprint = new Fingerprint();

    /**
     * @param outbound callers whose calls went abroad a moment ago
     */
    public FactsReader(NumberNormalizer numbers, LoopCache outbound) {
        this.numbers = numbers;
        this.outbound = outbound;
        this.uri = new CallerUri(numbers);
    }

    /**
     * The facts of {@code invite}, which came on {@code trunk}.
     *
     * @param peer address of the signalling peer as text, without port and brackets
     * @param epochMillis when it came
     * @param nowNanos the same on the loop's clock
     */
    public CallFacts read(SipMessage invite, Trunk trunk, byte[] peer, long epochMillis, long nowNanos) {
        Trust trust = trunk.contract().trust();
        facts.begin(trunk.name(), trunk.trunkClass(), trunk.contract().terms(), epochMillis);
        uri.read(invite, presented(invite));
        long presented = uri.number();
        Verstat verstat = uri.verstat();
        int marks = uri.marks(presented);
        long asserted = PartyNumber.ABSENT;
        if (trust.asserted() && invite.has(HeaderId.P_ASSERTED_IDENTITY)) {
            uri.read(invite, identity.find(invite));
            asserted = uri.number();
            verstat = uri.verstat() == Verstat.NONE ? verstat : uri.verstat();
            marks = uri.marks(asserted);
            facts.secondAsserted(uri.read(invite, identity.second()).number());
            if (identity.isRepeated()) {
                marks = Mark.SECOND_ASSERTED.in(marks);
            }
        }
        if (trust.remoteParty()) {
            long remote = uri.read(invite, identity.find(invite, HeaderId.REMOTE_PARTY_ID))
                    .number();
            facts.remoteParty(remote);
            asserted = PartyNumber.isPresent(asserted) ? asserted : remote;
        }
        if (trust.preferred() && !PartyNumber.isPresent(asserted)) {
            asserted = uri.read(invite, identity.find(invite, HeaderId.P_PREFERRED_IDENTITY))
                    .number();
        }
        long redirecting = trust.forwarding()
                ? uri.read(invite, redirection.redirecting(invite)).number()
                : PartyNumber.ABSENT;
        long caller = PartyNumber.isPresent(asserted) ? asserted : presented;
        long callee = numbers.callee(uri.read(invite, called(invite)).user());
        Passports.Findings identified = Claims.identity(invite, epochMillis, caller, callee);
        return facts.asserted(asserted)
                .presented(presented)
                .callee(callee)
                .redirecting(redirecting)
                .privacy(trust.privacy() ? Claims.privacy(invite) : Privacy.NONE)
                .verstat(verstat)
                .attestation(identified.attestation())
                .passport(identified.passport())
                .fingerprint(fingerprint.of(invite))
                .userAgent(userAgent(invite))
                .marks(marks | topology.of(invite, peer) | session.of(invite, peer))
                .returning(outbound.isReturning(PartyNumber.e164(caller), nowNanos))
                .build();
    }

    /** The same number fields as they were written, for the record. */
    public DecisionRecord.RawNumbers raw(SipMessage invite) {
        return new DecisionRecord.RawNumbers(
                uri.read(invite, identity.find(invite)).user().toString(),
                uri.read(invite, presented(invite)).user().toString(),
                uri.read(invite, called(invite)).user().toString(),
                uri.read(invite, redirection.redirecting(invite)).user().toString());
    }

    private static long called(SipMessage invite) {
        return Slice.of(invite.uriStart(), invite.uriEnd());
    }

    private long presented(SipMessage invite) {
        int line = invite.first(HeaderId.FROM);
        return line >= 0 && address.read(invite.bytes(), invite.valueStart(line), invite.valueEnd(line))
                ? Slice.of(address.uriStart(), address.uriEnd())
                : Slice.NONE;
    }

    private UserAgentFamily userAgent(SipMessage invite) {
        int line = invite.first(HeaderId.USER_AGENT);
        return line < 0
                ? UserAgentFamily.ABSENT
                : UserAgentFamily.of(text.read(invite.bytes(), invite.valueStart(line), invite.valueEnd(line)));
    }
}
