package org.anticall.gateway.verdict;

import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.record.Latency;
import org.jspecify.annotations.Nullable;

/**
 * One call's way to its verdict, driven by {@link VerdictGate}. Owned by one event loop.
 *
 * <pre>
 *   begin ──> decide ──────────────> decided
 *               │  ^                    ^
 *       query   v  │ answer, timeout    │ late, thrown: pass
 *             waiting ──────────────────┘
 * </pre>
 */
public final class Screen {

    /** Whoever waits for the verdict. */
    public interface Judged {

        /** The call has its verdict. Called once, on the loop. */
        void decided(Decision decision);
    }

    final Judged judged;
    final long arrivedNanos;

    @Nullable
    CallFacts facts;

    long indexNanos;
    long factsNanos;
    long countNanos;
    long waitedNanos;
    long spentNanos;
    boolean observed;
    int asked;

    @Nullable
    RoamingQuery waitingFor;

    long askedNanos;
    boolean asking;

    @Nullable
    RoamingAnswer answer;

    /**
     * @param arrivedNanos when the call arrived, on the loop's clock
     */
    public Screen(Judged judged, long arrivedNanos) {
        this.judged = judged;
        this.arrivedNanos = arrivedNanos;
    }

    /** What the verdict rests on; null if the facts could not be read. */
    public @Nullable CallFacts facts() {
        return facts;
    }

    /** Time spent on finding the headers and on reading the facts, nanoseconds. */
    public void read(long forHeadersNanos, long forFactsNanos) {
        indexNanos = forHeadersNanos;
        factsNanos = forFactsNanos;
    }

    /** Where the time went so far. */
    Latency latency() {
        return new Latency(indexNanos + factsNanos, countNanos, spentNanos, waitedNanos);
    }

    /** Whether the call was counted, so that its end is to be told too. */
    public boolean isObserved() {
        return observed;
    }

    /** The caller is gone: a later answer is of no interest. */
    public void abandon() {
        waitingFor = null;
    }
}
