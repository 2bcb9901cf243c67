package org.anticall.gateway.path;

import java.util.Objects;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;

/**
 * What a decision does to its call: first the record, without which nothing is intercepted, then a hop, the desk or an
 * answer. Owned by one event loop.
 */
final class Disposition {

    private final PathLoop loop;

    Disposition(PathLoop loop) {
        this.loop = loop;
    }

    /** Carries {@code decision} out; what is thrown is for the call to mend. */
    void carryOut(Call call, Decision decision) {
        SipMessage invite = call.inviteAtHand();
        call.story.observed(call.screen.isObserved());
        Verdict verdict = decision.verdict();
        String recordId = "";
        if (verdict.kind() != Verdict.Kind.PASS || loop.ledger.samples()) {
            recordId = loop.ledger.newId(call.arrivedMillis);
            boolean kept = loop.ledger.keeps(
                    recordId, call.screen, decision, invite, call.source.address(), call.arrivedMillis);
            if (!kept && verdict.kind().isInterception()) {
                verdict = loop.gate.failOpen(FailOpen.RECORD, null).verdict();
            }
        }
        loop.witness.judged(call.story, decision, verdict, recordId, call.screen.facts(), loop.clock.nanos());
        if (call.trunk.manners().redirect() != null) {
            new RedirectAnswer(call).answer(invite, verdict, recordId);
        } else {
            carryOut(call, invite, verdict, recordId, Objects.requireNonNullElse(decision.rule(), ""));
        }
    }

    private static void carryOut(Call call, SipMessage invite, Verdict verdict, String recordId, String rule) {
        if (verdict instanceof Verdict.Reject reject) {
            call.decline(invite, reject.status());
        } else if (verdict instanceof Verdict.Divert chosen) {
            call.forks.toDesk(invite, chosen, Treatment.desk(recordId, rule));
        } else if (verdict instanceof Verdict.Label label) {
            call.forks.toCallee(invite, Treatment.label(label.label()));
        } else if (verdict instanceof Verdict.Withhold withhold) {
            call.forks.toCallee(invite, new Treatment(Treatment.Kind.WITHHOLD, withhold.label()));
        } else {
            call.forks.toCallee(invite, call.isPlaced() ? Treatment.PLACED : Treatment.PLAIN);
        }
    }
}
