package org.anticall.gateway.transport;

/** Time for what runs on an event loop. Thread-safe. */
public interface LoopClock {

    /** Nanoseconds since some fixed instant before the clock was made; never negative, never goes back. */
    long nanos();

    /** Milliseconds since 1970-01-01T00:00Z. */
    long epochMillis();

    /** The machine's clocks. */
    static LoopClock system() {
        long origin = System.nanoTime();
        return new LoopClock() {
            @Override
            public long nanos() {
                return System.nanoTime() - origin;
            }

            @Override
            public long epochMillis() {
                return System.currentTimeMillis();
            }
        };
    }
}
