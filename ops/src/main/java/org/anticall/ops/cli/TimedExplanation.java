package org.anticall.ops.cli;

import java.util.Arrays;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;

/**
 * A call judged as the gateway judges it: roaming questions are answered and the call is decided again.
 *
 * @param decision the verdict
 * @param explanation what every rule had to say, with all answers known
 * @param facts the call with the answers that were asked for
 * @param nanos median time of one decision in this process once it is warm, nanoseconds
 */
record TimedExplanation(Decision decision, Explanation explanation, CallFacts facts, long nanos) {

    /** A call asks for the roaming state of its caller and of who forwarded it, each once. */
    private static final int MOST_QUESTIONS = 2;

    private static final int WARM_UP = 300;
    private static final int MEASURED = 101;

    /**
     * Judges {@code call}.
     *
     * @param caller the oracle's answer if it is asked about the caller
     * @param redirecting its answer if it is asked about who forwarded the call
     */
    static TimedExplanation of(RuleBook book, CallFacts call, RoamingAnswer caller, RoamingAnswer redirecting) {
        CallFacts facts = call;
        Explanation explanation = book.explain(facts);
        for (int i = 0; i < MOST_QUESTIONS && explanation.screening() instanceof RoamingQuery query; i++) {
            facts = query.answer(facts, query.party() == RoamingQuery.Party.CALLER ? caller : redirecting);
            explanation = book.explain(facts);
        }
        if (explanation.screening() instanceof Decision decision) {
            return new TimedExplanation(decision, explanation, facts, nanos(book, facts));
        }
        throw CommandFailure.usage("the rules still ask for a roaming state after every question was answered");
    }

    private static long nanos(RuleBook book, CallFacts facts) {
        for (int i = 0; i < WARM_UP; i++) {
            book.decide(facts);
        }
        long[] each = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            long begin = System.nanoTime();
            book.decide(facts);
            each[i] = System.nanoTime() - begin;
        }
        Arrays.sort(each);
        return each[MEASURED / 2];
    }
}
