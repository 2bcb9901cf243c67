package org.anticall.ops.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many calls came lately and how soon they were answered. Bounded: beyond {@value #MOST} calls within the span the
 * oldest are forgotten. Owned by the desk's thread.
 */
final class Demand {

    /** Over which calls are counted. */
    static final Duration SPAN = Duration.ofMinutes(15);

    /** A call answered within this time was answered in time. */
    static final Duration IN_TIME = Duration.ofSeconds(20);

    static final int MOST = 10_000;

    private final Deque<Instant> offers = new ArrayDeque<>();
    private final Deque<Settled> settled = new ArrayDeque<>();

    private record Settled(Instant at, boolean inTime) {}

    void offered(Instant at) {
        bounded(offers).addLast(at);
    }

    /** An operator answered a call that waited for {@code wait}. */
    void answered(Duration wait, Instant at) {
        bounded(settled).addLast(new Settled(at, wait.compareTo(IN_TIME) <= 0));
    }

    /** A call went down its ladder unanswered. */
    void notAnswered(Instant at) {
        bounded(settled).addLast(new Settled(at, false));
    }

    /** Calls an hour; the span counts from the first call on, so that a desk that just opened is not thought idle. */
    double offersAnHour(Instant now) {
        forget(now);
        Instant first = offers.peekFirst();
        if (first == null) {
            return 0;
        }
        Duration since = Duration.between(first, now);
        double minutes = Math.max(1, Math.min(SPAN.toMillis(), since.toMillis()) / 60_000.0);
        return offers.size() * 60 / minutes;
    }

    /** The share of calls that were answered in time, 0 to 1; NaN if none was settled lately. */
    double inTime(Instant now) {
        forget(now);
        long good = settled.stream().filter(Settled::inTime).count();
        return settled.isEmpty() ? Double.NaN : (double) good / settled.size();
    }

    private void forget(Instant now) {
        Instant horizon = now.minus(SPAN);
        while (!offers.isEmpty() && offers.getFirst().isBefore(horizon)) {
            offers.removeFirst();
        }
        while (!settled.isEmpty() && settled.getFirst().at().isBefore(horizon)) {
            settled.removeFirst();
        }
    }

    private static <T> Deque<T> bounded(Deque<T> entries) {
        if (entries.size() >= MOST) {
            entries.removeFirst();
        }
        return entries;
    }
}
