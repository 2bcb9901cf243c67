package org.anticall.gateway.path;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit per second that lets one second's worth through at once after a pause: a token bucket kept as the instant at
 * which it would be full again (the virtual scheduling of ITU-T I.371). Thread-safe, never waits.
 */
final class TokenBucket {

    private static final long SECOND = 1_000_000_000L;

    private final long intervalNanos;
    private final long depthNanos;
    private final AtomicLong fullAtNanos = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * @param perSecond tokens a second and most tokens at once, 0 for no limit
     */
    TokenBucket(int perSecond) {
        intervalNanos = perSecond == 0 ? 0 : SECOND / perSecond;
        depthNanos = intervalNanos * perSecond;
    }

    /** Takes a token; false if there is none. */
    boolean takes(long nowNanos) {
        if (intervalNanos == 0) {
            return true;
        }
        while (true) {
            long before = fullAtNanos.get();
            long after = Math.max(before, nowNanos) + intervalNanos;
            if (after - nowNanos > depthNanos) {
                return false;
            }
            if (fullAtNanos.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
