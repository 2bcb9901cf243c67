package org.anticall.rules.engine;

import java.util.Arrays;
import org.anticall.rules.call.Gauge;

/**
 * The calls of callers. Most call once or twice: they have room for four calls in a large table; who calls more often moves
 * to a smaller one with room for 64, where one-time callers, however many, cannot displace anybody. Thread-safe.
 */
final class CallerTable {

    private static final int FEW = 4;
    private static final int PERCENT_FEW = 40;
    private static final int PERCENT = 100;

    private final EventRings few;
    private final EventRings many;
    private final Stripes stripes = new Stripes();
    private final CallerScan[] scans = new CallerScan[Stripes.COUNT];
    private final long[] skipped = new long[scans.length];

    CallerTable(long maxBytes) {
        Arrays.setAll(scans, stripe -> new CallerScan());
        this.few = new EventRings(maxBytes * PERCENT_FEW / PERCENT, FEW, Gauge.MAX_WITHIN_SECONDS);
        this.many =
                new EventRings(maxBytes * (PERCENT - PERCENT_FEW) / PERCENT, Gauge.MAX_COUNT, Gauge.MAX_WITHIN_SECONDS);
    }

    long bytes() {
        return few.bytes() + many.bytes();
    }

    void observe(long caller, long callee, int now, GaugePlan gauges, int[] values) {
        int stripe = Stripes.of(caller);
        if (!stripes.enter(stripe)) {
            skipped[stripe]++;
            return;
        }
        try {
            EventRings rings = tableFor(caller, now);
            int place = rings.claim(caller, now);
            rings.add(place, callee, now, CallDetail.OPEN);
            scans[stripe].read(rings, place, now, callee, gauges, values);
        } finally {
            stripes.leave(stripe);
        }
    }

    void ended(long caller, long callee, int began, int detail) {
        int stripe = Stripes.of(caller);
        if (!stripes.enter(stripe)) {
            skipped[stripe]++;
            return;
        }
        try {
            int place = many.find(caller);
            EventRings rings = place == EventRings.NONE ? few : many;
            place = place == EventRings.NONE ? few.find(caller) : place;
            if (place != EventRings.NONE) {
                end(rings, place, callee, began, detail);
            }
        } finally {
            stripes.leave(stripe);
        }
    }

    private static void end(EventRings rings, int place, long callee, int began, int detail) {
        for (int back = 0; back < rings.count(place); back++) {
            boolean isIt = rings.peer(place, back) == callee
                    && rings.second(place, back) == began
                    && CallDetail.isOpen(rings.detail(place, back));
            if (isIt) {
                rings.setDetail(place, back, detail);
                return;
            }
        }
    }

    /** The table that the caller's next call belongs to; moves the caller when the small room is full. */
    private EventRings tableFor(long caller, int now) {
        if (many.find(caller) != EventRings.NONE) {
            return many;
        }
        int place = few.find(caller);
        boolean full = place != EventRings.NONE
                && few.count(place) == FEW
                && now - few.second(place, FEW - 1) < Gauge.MAX_WITHIN_SECONDS;
        if (!full) {
            return few;
        }
        int moved = many.claim(caller, now);
        for (int back = FEW - 1; back >= 0; back--) {
            many.add(moved, few.peer(place, back), few.second(place, back), few.detail(place, back));
        }
        few.remove(caller);
        return many;
    }

    void reset(long caller) {
        int stripe = Stripes.of(caller);
        if (stripes.enter(stripe)) {
            few.remove(caller);
            many.remove(caller);
            stripes.leave(stripe);
        }
    }

    long skipped() {
        return GuardedRings.sum(skipped);
    }

    void save(SavedBytes out) {
        GuardedRings.save(few, stripes, out);
        GuardedRings.save(many, stripes, out);
    }

    void restore(SavedBytes in) {
        GuardedRings.restore(few, stripes, in);
        GuardedRings.restore(many, stripes, in);
    }
}
