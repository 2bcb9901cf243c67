package org.anticall.gateway.path;

import java.time.Duration;
import org.anticall.rules.call.Verdict;

/**
 * How far a diverted call has come down its rule's ladder. Behind the last step the call passes: the network must ring.
 * Owned by one event loop.
 */
final class Ladder {

    /** How long a desk may take to tell the caller what it has to tell. */
    static final Duration ANNOUNCEMENT = Duration.ofSeconds(30);

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

    /** Whether the desk that has the call now is to tell the caller before it gives it up. */
    boolean announces() {
        return step < rule.ladder().size() && rule.ladder().get(step) == Verdict.LadderStep.ANNOUNCEMENT;
    }

    /** How long the desk that has the call now may keep it unanswered, nanoseconds. */
    long answerWithinNanos() {
        long answer = rule.answerWithin().toNanos();
        return announces() ? answer + ANNOUNCEMENT.toNanos() : answer;
    }
}
