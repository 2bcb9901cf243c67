package org.anticall.rules.record;

import java.time.Instant;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;

/**
 * The evidence line of one judged call: what was known, what was decided, on what ground, and the INVITE as it came. Facts
 * and the rule set of that revision give the same decision again, whenever and wherever they are put together.
 *
 * @param id unique for ever, opaque, 20 characters of Crockford base 32; the handle under which the call is known
 *     everywhere ({@code X-Anticall-Verdict})
 * @param node name of the gateway
 * @param at when the INVITE arrived
 * @param source where it came from: address and port
 * @param callId Call-ID of the INVITE
 * @param facts all that the verdict depended on
 * @param raw the number fields as they were written
 * @param decision verdict and ground
 * @param latency where the time went
 * @param invite the INVITE's bytes as received; not to be changed
 */
public record DecisionRecord(
        String id,
        String node,
        Instant at,
        String source,
        String callId,
        CallFacts facts,
        RawNumbers raw,
        Decision decision,
        Latency latency,
        byte[] invite) {

    /** A record of which only the decision was timed. */
    public DecisionRecord(
            String id,
            String node,
            Instant at,
            String source,
            String callId,
            CallFacts facts,
            RawNumbers raw,
            Decision decision,
            long decisionNanos,
            byte[] invite) {
        this(id, node, at, source, callId, facts, raw, decision, Latency.ofDecision(decisionNanos), invite);
    }

    /** Time from the facts to the verdict, waiting for the roaming oracle excluded, nanoseconds. */
    public long decisionNanos() {
        return latency.decideNanos();
    }

    /**
     * The user parts of the number fields before normalisation, empty where a field is missing.
     *
     * @param asserted P-Asserted-Identity
     * @param presented From
     * @param callee Request-URI
     * @param redirecting History-Info or Diversion
     */
    public record RawNumbers(String asserted, String presented, String callee, String redirecting) {}
}
