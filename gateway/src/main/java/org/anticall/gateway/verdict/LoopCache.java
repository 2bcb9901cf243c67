package org.anticall.gateway.verdict;

import java.time.Duration;
import org.anticall.rules.number.E164;

/**
 * Home callers whose calls the home network itself sent abroad a moment ago, so that such a call coming back, forwarded by
 * whoever was called, is not taken for a forgery even where the forwarding got lost on the way (exception X4). Allocates
 * nothing, never waits. Thread-safe: all lanes have one.
 */
public final class LoopCache {

    /** How long a call that went abroad may take to come back, inclusive. */
    public static final Duration WINDOW = Duration.ofMinutes(2);

    /** Places for callers: what 1,000 calls a second leave in the window. */
    private static final int CALLERS = 1 << 17;

    private final RecentKeys callers = new RecentKeys((int) WINDOW.toMillis(), CALLERS);

    /** The home network sends a call of {@code caller} abroad; {@link E164#NONE} is nobody. */
    public void sent(long caller, long nowNanos) {
        callers.note(caller, nowNanos);
    }

    /** Whether a call of {@code caller} went abroad within the window. */
    public boolean isReturning(long caller, long nowNanos) {
        return callers.has(caller, nowNanos);
    }
}
