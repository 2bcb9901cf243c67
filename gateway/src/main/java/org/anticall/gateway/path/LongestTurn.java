package org.anticall.gateway.path;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the event loop let its timer wait within the last minute: the longest time one turn took, as packets and timers
 * feel it. Written by the loop, read by anyone.
 */
final class LongestTurn {

    private static final int WINDOWS = 6;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLongArray longest = new AtomicLongArray(WINDOWS);
    private long lastTick = -1;
    private volatile long window;

    /** The timer runs; it should have run {@code intervalNanos} after its last time. */
    void tick(long now, long intervalNanos) {
        long late = lastTick < 0 ? 0 : Math.max(0, now - lastTick - intervalNanos);
        lastTick = now;
        advance(now / WINDOW_NANOS);
        int slot = (int) (window % WINDOWS);
        if (late > longest.get(slot)) {
            longest.set(slot, late);
        }
    }

    private void advance(long current) {
        for (long next = Math.max(window + 1, current - WINDOWS + 1); next <= current; next++) {
            longest.set((int) (next % WINDOWS), 0);
        }
        window = Math.max(window, current);
    }

    /** The longest of the last 50 to 60 seconds, nanoseconds. */
    long nanos() {
        long most = 0;
        for (int i = 0; i < WINDOWS; i++) {
            most = Math.max(most, longest.get(i));
        }
        return most;
    }
}
