package org.anticall.gateway.path;

/**
 * The bound on what is in flight. Above it each trunk's policy applies; nothing is queued. Owned by one event loop.
 */
final class Overload {

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final int maxCallsInSetup;
    private final int maxTransactions;
    private final long unjudgedNanos;
    private long lastUnjudgedNanos = NEVER;

    /**
     * @param maxCallsInSetup most calls without a final response
     * @param maxTransactions most calls whose transaction is open, at most {@link CallTable#MAX_CALLS}
     * @param unjudgedNanos how long ACK and CANCEL of a call that passed unjudged may come after its INVITE
     */
    Overload(int maxCallsInSetup, int maxTransactions, long unjudgedNanos) {
        this.maxCallsInSetup = maxCallsInSetup;
        this.maxTransactions = Math.min(maxTransactions, CallTable.MAX_CALLS);
        this.unjudgedNanos = unjudgedNanos;
    }

    boolean admits(int callsInSetup, CallTable calls) {
        return callsInSetup < maxCallsInSetup && calls.size() < maxTransactions;
    }

    void passedUnjudged(long nowNanos) {
        lastUnjudgedNanos = nowNanos;
    }

    /** Whether calls passed unjudged lately, so that what belongs to them must pass too. */
    boolean passesUnjudged(long nowNanos) {
        return nowNanos - lastUnjudgedNanos < unjudgedNanos;
    }
}
