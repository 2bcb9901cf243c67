package org.anticall.gateway.path;

/**
 * How late an event loop comes to its timer, smoothed over some ticks: one pause is no overload, a loop that is late again
 * and again is. Owned by that loop.
 */
final class LoopLag {

    /** A loop that nothing else wakes is woken between one tick and two after it last looked at the clock. */
    private static final long USUAL_NANOS = 2 * TimerWheel.TICK_NANOS;

    private static final int SMOOTHING = 3;
    private static final long NEVER = -1;

    private long tickedNanos = NEVER;
    private long smoothedNanos;

    /** The timer fires, at real time. */
    void tick(long nowNanos) {
        if (tickedNanos != NEVER) {
            long late = Math.max(0, nowNanos - tickedNanos - USUAL_NANOS);
            smoothedNanos += (late - smoothedNanos) >> SMOOTHING;
        }
        tickedNanos = nowNanos;
    }

    long nanos() {
        return smoothedNanos;
    }
}
