package org.anticall.rules.record;

/**
 * Where the time of a screening went, nanoseconds, 0 where nobody measured. What the call waited for the roaming oracle is
 * apart: it is the home network's time, not the engine's.
 *
 * @param readNanos from the INVITE's bytes to the facts
 * @param countNanos counting the call and reading the counters
 * @param decideNanos from the facts to the verdict, every look at the rules added up
 * @param roamingNanos waiting for the roaming oracle
 */
public record Latency(long readNanos, long countNanos, long decideNanos, long roamingNanos) {

    /** Only the decision was measured. */
    public static Latency ofDecision(long decideNanos) {
        return new Latency(0, 0, decideNanos, 0);
    }
}
