package org.anticall.gateway.path;

import org.anticall.rules.call.Verdict;

/**
 * How far a diverted call has come down its rule's ladder. Behind the last step the call passes: the network must ring.
 * Owned by one event loop.
 */
final class Ladder {

    private final Verdict.Divert rule;
    private int step;

    Ladder(Verdict.Divert rule) {
        this.rule = rule;
    }

    /** The next step down. */
    Verdict.LadderStep next() {
        return step < rule.ladder().size() ? rule.ladder().get(step++) : Verdict.LadderStep.PASS;
    }

    /** Mark for the callee where the ladder passes the call on. */
    String label() {
        return rule.label();
    }

    /** How long the desk may take to answer, nanoseconds. */
    long answerWithinNanos() {
        return rule.answerWithin().toNanos();
    }
}
