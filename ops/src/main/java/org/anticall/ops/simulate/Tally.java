package org.anticall.ops.simulate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts of what became of the calls. Thread-safe. */
final class Tally {

    private static final int KEPT_DESCRIPTIONS = 20;

    private final Map<Outcome, Integer> byOutcome = new EnumMap<>(Outcome.class);
    private final List<String> oddities = new ArrayList<>();
    private int offered;
    private int wrong;
    private int diverted;

    /** One call was placed. */
    synchronized void offered() {
        offered++;
    }

    /** One call ended, or was given up as lost. */
    synchronized void settled(CallTrace trace) {
        Outcome outcome = trace.outcome();
        byOutcome.merge(outcome, 1, Integer::sum);
        if (trace.wasAtDesk()) {
            diverted++;
        }
        boolean lost = outcome == Outcome.LOST;
        if (!lost && !trace.isRight()) {
            wrong++;
        }
        if ((lost || !trace.isRight()) && oddities.size() < KEPT_DESCRIPTIONS) {
            oddities.add(trace.describe());
        }
    }

    synchronized int offeredCalls() {
        return offered;
    }

    synchronized int wrong() {
        return wrong;
    }

    synchronized int count(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, 0);
    }

    /** Calls that the desk got, whatever it did with them. */
    synchronized int diverted() {
        return diverted;
    }

    /** The first lost and wrong calls, for people. */
    synchronized List<String> oddities() {
        return List.copyOf(oddities);
    }
}
