package org.anticall.gateway.path;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.anticall.gateway.transport.LoopClock;

/** Time that moves when a test says so. */
final class FakeClock implements LoopClock {

    private static final long START_MILLIS = 1_790_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long epochMillis() {
        return START_MILLIS + nanos.get() / 1_000_000;
    }
}
