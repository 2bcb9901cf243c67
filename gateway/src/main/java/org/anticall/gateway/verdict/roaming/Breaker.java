package org.anticall.gateway.verdict.roaming;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps questions from a look-up that only fails. Thread-safe.
 *
 * <pre>
 *   CLOSED ──n failures in a row──> OPEN ──after the rest──> one question ──answered──> CLOSED
 *                                    ^                            │
 *                                    └────────failed──────────────┘
 * </pre>
 */
final class Breaker {

    private static final long CLOSED = Long.MIN_VALUE;

    private final int failuresToOpen;
    private final long restNanos;
    private final LongSupplier nanos;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong restsUntil = new AtomicLong(CLOSED);

    /**
     * @param failuresToOpen failures in a row, at least 1
     * @param rest how long nothing is asked before the next try
     */
    Breaker(int failuresToOpen, Duration rest, LongSupplier nanos) {
        this.failuresToOpen = failuresToOpen;
        this.restNanos = rest.toNanos();
        this.nanos = nanos;
    }

    /** Whether a question may be asked; the one that is let through after the rest begins another one for the others. */
    boolean admits() {
        long until = restsUntil.get();
        if (until == CLOSED) {
            return true;
        }
        long now = nanos.getAsLong();
        return now - until >= 0 && restsUntil.compareAndSet(until, now + restNanos);
    }

    void succeeded() {
        failures.set(0);
        restsUntil.set(CLOSED);
    }

    void failed() {
        if (failures.incrementAndGet() >= failuresToOpen) {
            restsUntil.set(nanos.getAsLong() + restNanos);
        }
    }

    boolean isOpen() {
        return restsUntil.get() != CLOSED;
    }
}
