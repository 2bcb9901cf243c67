package org.anticall.gateway.verdict;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happens to calls that should not: an ERROR line per reason, at most one in {@link #QUIET} however many
 * calls are concerned; the counters have them all. Thread-safe.
 *
 * @param <R> the reasons
 */
public final class Alarm<R extends Enum<R> & AlarmReason> {

    /** How long a reason stays quiet after a line. */
    public static final Duration QUIET = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final String what;
    private final LongSupplier nanos;
    private final AtomicLongArray rungAtNanos;
    private final AtomicReferenceArray<String> where;

    /**
     * @param reasons the enum of the reasons
     * @param what what happens, for the log
     * @param nanos a clock that does not go back, nanoseconds
     */
    public Alarm(Class<R> reasons, String what, LongSupplier nanos) {
        this.what = what;
        this.nanos = nanos;
        int count = reasons.getEnumConstants().length;
        this.rungAtNanos = new AtomicLongArray(count);
        this.where = new AtomicReferenceArray<>(count);
        for (int i = 0; i < count; i++) {
            rungAtNanos.set(i, NEVER);
            where.set(i, "");
        }
    }

    void ring(R reason, @Nullable Throwable cause) {
        if (begins(reason)) {
            LOG.atError()
                    .addKeyValue("reason", reason.text())
                    .addKeyValue("cause", cause == null ? "none" : cause.toString())
                    .log(what);
            LOG.atDebug().setCause(cause).log(what);
        }
    }

    /** Something happened on that trunk or at that peer. */
    public void ring(R reason, String place) {
        where.lazySet(reason.ordinal(), place);
        if (begins(reason)) {
            LOG.atError()
                    .addKeyValue("reason", reason.text())
                    .addKeyValue("where", place)
                    .log(what);
        }
    }

    private boolean begins(R reason) {
        long now = nanos.getAsLong();
        long before = rungAtNanos.get(reason.ordinal());
        return now - before >= QUIET.toNanos() && rungAtNanos.compareAndSet(reason.ordinal(), before, now);
    }

    /** Whether it happened within the last {@code window}. */
    public boolean isRinging(R reason, Duration window) {
        return nanos.getAsLong() - rungAtNanos.get(reason.ordinal()) < window.toNanos();
    }

    /** Where it happened last, empty if that was not said. */
    public String where(R reason) {
        return where.get(reason.ordinal());
    }
}
