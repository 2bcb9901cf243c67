package org.anticall.gateway.path;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of everything on one event loop: a hashed wheel of ticks whose entries are the timed objects themselves, so
 * that setting, moving and clearing a deadline allocates nothing. A deadline moved to a later time is left where it is and
 * looked at early, which is why {@link Timed#due} must check its own clock. Owned by one event loop.
 */
final class TimerWheel {

    /** Length of a tick, nanoseconds. */
    static final long TICK_NANOS = 10_000_000;

    private static final int SLOTS = 4096;

    private final @Nullable Timed[] slots = new Timed[SLOTS];
    private final Consumer<Throwable> failures;
    private long tick;
    private int size;

    /**
     * @param failures is told what was thrown by something that was due; all others are looked at as ever
     */
    TimerWheel(long nowNanos, Consumer<Throwable> failures) {
        this.tick = nowNanos / TICK_NANOS;
        this.failures = failures;
    }

    /** How many objects wait. */
    int size() {
        return size;
    }

    /** Makes sure that {@code timed} is looked at within a tick after {@code deadlineNanos}. */
    void schedule(Timed timed, long deadlineNanos) {
        long at = Math.max(tick + 1, (deadlineNanos + TICK_NANOS - 1) / TICK_NANOS);
        if (timed.wheelTick >= 0) {
            if (timed.wheelTick <= at) {
                return;
            }
            cancel(timed);
        }
        timed.wheelTick = at;
        link(timed);
        size++;
    }

    void cancel(Timed timed) {
        if (timed.wheelTick < 0) {
            return;
        }
        Timed next = timed.wheelNext;
        Timed previous = timed.wheelPrevious;
        if (previous != null) {
            previous.wheelNext = next;
        } else if (slots[slot(timed.wheelTick)] == timed) {
            slots[slot(timed.wheelTick)] = next;
        }
        if (next != null) {
            next.wheelPrevious = previous;
        }
        timed.wheelNext = null;
        timed.wheelPrevious = null;
        timed.wheelTick = -1;
        size--;
    }

    /** Calls {@link Timed#due} for everything whose tick has come. */
    void advance(long nowNanos) {
        long now = nowNanos / TICK_NANOS;
        long first = Math.max(tick + 1, now - SLOTS + 1);
        for (long at = first; at <= now; at++) {
            tick = at;
            turn(slot(at), now, nowNanos);
        }
    }

    private void turn(int slot, long now, long nowNanos) {
        Timed pending = slots[slot];
        slots[slot] = null;
        while (pending != null) {
            Timed timed = pending;
            pending = timed.wheelNext;
            timed.wheelNext = null;
            timed.wheelPrevious = null;
            if (pending != null) {
                pending.wheelPrevious = null;
            }
            if (timed.wheelTick > now) {
                link(timed);
            } else {
                timed.wheelTick = -1;
                size--;
                isDue(timed, nowNanos);
            }
        }
    }

    private void isDue(Timed timed, long nowNanos) {
        try {
            timed.due(nowNanos);
        } catch (Throwable thrown) {
            failures.accept(thrown);
        }
    }

    private void link(Timed timed) {
        int slot = slot(timed.wheelTick);
        Timed head = slots[slot];
        timed.wheelPrevious = null;
        timed.wheelNext = head;
        if (head != null) {
            head.wheelPrevious = timed;
        }
        slots[slot] = timed;
    }

    private static int slot(long tick) {
        return (int) tick & (SLOTS - 1);
    }
}
