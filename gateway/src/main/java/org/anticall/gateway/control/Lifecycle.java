package org.anticall.gateway.control;

import java.time.Instant;

/** Where the process stands between its start and its end. Thread-safe. */
public final class Lifecycle {

    /** Goes only downwards. */
    public enum Phase {
        STARTING,
        /** Calls are judged. */
        READY,
        /** New calls are refused, those there live on. */
        DRAINING
    }

    private final Instant startedAt = Instant.now();
    private volatile Phase phase = Phase.STARTING;

    public Instant startedAt() {
        return startedAt;
    }

    public Phase phase() {
        return phase;
    }

    /** Everything is open. */
    public synchronized void ready() {
        if (phase == Phase.STARTING) {
            phase = Phase.READY;
        }
    }

    /** The end begins. */
    public synchronized void drain() {
        phase = Phase.DRAINING;
    }
}
