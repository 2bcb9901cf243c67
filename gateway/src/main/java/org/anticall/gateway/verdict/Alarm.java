package org.anticall.gateway.verdict;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people that calls pass unjudged: an ERROR line per reason, at most one in {@link #QUIET} however many calls are
 * concerned; the counters have them all. Thread-safe.
 */
public final class Alarm {

    /** How long a reason stays quiet after a line. */
    public static final Duration QUIET = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final LongSupplier nanos;
    private final AtomicLongArray rungAtNanos = new AtomicLongArray(FailOpen.values().length);

    /**
     * @param nanos a clock that does not go back, nanoseconds
     */
    public Alarm(LongSupplier nanos) {
        this.nanos = nanos;
        for (int i = 0; i < rungAtNanos.length(); i++) {
            rungAtNanos.set(i, NEVER);
        }
    }

    void ring(FailOpen reason, @Nullable Throwable cause) {
        long now = nanos.getAsLong();
        long before = rungAtNanos.get(reason.ordinal());
        if (now - before >= QUIET.toNanos() && rungAtNanos.compareAndSet(reason.ordinal(), before, now)) {
            LOG.atError()
                    .addKeyValue("reason", reason.text())
                    .addKeyValue("cause", cause == null ? "none" : cause.toString())
                    .log("calls pass unjudged");
            LOG.atDebug().setCause(cause).log("why calls pass unjudged");
        }
    }

    /** Whether calls passed unjudged for that reason within the last {@code window}. */
    public boolean isRinging(FailOpen reason, Duration window) {
        return nanos.getAsLong() - rungAtNanos.get(reason.ordinal()) < window.toNanos();
    }
}
