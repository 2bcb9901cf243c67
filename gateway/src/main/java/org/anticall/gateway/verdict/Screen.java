package org.anticall.gateway.verdict;

import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
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

    long spentNanos;
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

    /** Time spent on deciding so far, waiting left out, nanoseconds. */
    public long spentNanos() {
        return spentNanos;
    }

    /** The caller is gone: a later answer is of no interest. */
    public void abandon() {
        waitingFor = null;
    }
}
