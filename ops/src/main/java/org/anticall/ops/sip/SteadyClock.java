package org.anticall.ops.sip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock without its jumps: time goes on evenly from the moment it was read last, whatever is done to the clock
 * meanwhile, so that no ring, lease or registration ends early or never. {@link #settle} reads the wall clock anew; it is
 * to be called while nothing waits for a time. Thread-safe.
 */
final class SteadyClock implements InstantSource {

    /** Smaller differences are left alone. */
    static final Duration TOLERANCE = Duration.ofSeconds(1);

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final Base first;
    private volatile Base base;

    private record Base(Instant wall, long nanos) {}

    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.first = new Base(wall.instant(), nanos.getAsLong());
        this.base = first;
    }

    static SteadyClock ofSystem() {
        return new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return since(base);
    }

    /** The same without {@link #settle}: for what always waits, as registrations and pages that say that they are there. */
    InstantSource even() {
        return () -> since(first);
    }

    private Instant since(Base then) {
        return then.wall().plusNanos(nanos.getAsLong() - then.nanos());
    }

    /** Takes the wall clock's time, if it is another. */
    void settle() {
        Instant now = wall.instant();
        if (Duration.between(instant(), now).abs().compareTo(TOLERANCE) > 0) {
            base = new Base(now, nanos.getAsLong());
        }
    }
}
