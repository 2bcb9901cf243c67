package org.anticall.ops.people;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an account is locked for strangers: after {@value #MOST_FAILURES} wrong passwords or codes in a row from wherever
 * they come, for {@link #WAIT}; an administrator may unlock it sooner. Guessing from many addresses ends here; guessing from
 * one ends earlier, at the sign-in limit of the web server. A browser in which the person has signed in before is no
 * stranger: a lock keeps nobody from work who is known.
 */
public final class Lockout {

    public static final int MOST_FAILURES = 20;
    public static final Duration WAIT = Duration.ofMinutes(30);

    private Lockout() {}

    /** Until when the account is locked after {@code failures} in a row, null if it is not. */
    public static @Nullable Instant after(int failures, Instant now) {
        return failures >= MOST_FAILURES ? now.plus(WAIT) : null;
    }
}
