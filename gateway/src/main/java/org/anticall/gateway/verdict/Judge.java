package org.anticall.gateway.verdict;

import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;

/**
 * Decides over calls, and may remember how callers behave: the rule book, or what stands in for it. Called on event loops;
 * does not block.
 */
@FunctionalInterface
public interface Judge {

    Screening decide(CallFacts facts);

    /**
     * Counts a call that is about to be judged, once.
     *
     * @return the facts with what the counters say; the very same object if nothing was counted
     */
    default CallFacts observe(CallFacts facts) {
        return facts;
    }

    /** The verdict over a call that was counted. */
    default void decided(CallFacts facts, Verdict.Kind verdict) {}

    /** How a call that was counted went on. */
    default void ended(CallEnd end) {}
}
