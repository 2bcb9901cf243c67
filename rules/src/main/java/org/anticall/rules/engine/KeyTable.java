package org.anticall.rules.engine;

import java.util.Arrays;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure.Subject;

/** Events of keys that are not callers, guarded by stripes: who calls a victim, a block, with a fingerprint. Thread-safe. */
final class KeyTable {

    /** Instead of a detail: the events of each peer are numbered from 1. */
    static final int NUMBERED = -1;

    private static final int EVENTS = Gauge.MAX_COUNT;
    private static final int[] NOTHING = new int[0];

    private final EventRings rings;
    private final Stripes stripes = new Stripes();
    private final KeyScan[] scans = new KeyScan[Stripes.COUNT];
    private final long[] skipped = new long[scans.length];

    KeyTable(long maxBytes) {
        Arrays.setAll(scans, stripe -> new KeyScan());
        this.rings = new EventRings(maxBytes, EVENTS, Gauge.MAX_WITHIN_SECONDS);
    }

    long bytes() {
        return rings.bytes();
    }

    /**
     * Adds an event unless {@code peer} is 0, and reads the gauges of {@code subject}.
     *
     * @param detail not negative, or {@link #NUMBERED}
     */
    void observe(long key, long peer, int now, int detail, Subject subject, GaugePlan gauges, int[] values) {
        int stripe = Stripes.of(key);
        if (key == 0 || !stripes.enter(stripe)) {
            skipped[stripe] += key == 0 ? 0 : 1;
            return;
        }
        try {
            boolean isAsked = gauges.start(subject) < gauges.end(subject);
            int place = peer != 0 ? rings.claim(key, now) : isAsked ? rings.find(key) : EventRings.NONE;
            if (peer != 0) {
                add(place, peer, now, detail);
            }
            if (isAsked) {
                scans[stripe].read(rings, place, now, subject, gauges, values);
            }
        } finally {
            stripes.leave(stripe);
        }
    }

    private void add(int place, long peer, int now, int detail) {
        int previous = rings.add(place, peer, now, detail == NUMBERED ? 1 : detail);
        if (detail == NUMBERED && previous != EventRings.NONE) {
            rings.setDetail(place, 0, previous + 1);
        }
    }

    void add(long key, long peer, int now, int detail) {
        observe(key, peer, now, detail, Subject.CALLER, GaugePlan.EMPTY, NOTHING);
    }

    void read(long key, int now, Subject subject, GaugePlan gauges, int[] values) {
        if (gauges.start(subject) < gauges.end(subject)) {
            observe(key, 0, now, 0, subject, gauges, values);
        }
    }

    void reset(long key) {
        int stripe = Stripes.of(key);
        if (stripes.enter(stripe)) {
            rings.remove(key);
            stripes.leave(stripe);
        }
    }

    long skipped() {
        return GuardedRings.sum(skipped);
    }

    void save(SavedBytes out) {
        GuardedRings.save(rings, stripes, out);
    }

    void restore(SavedBytes in) {
        GuardedRings.restore(rings, stripes, in);
    }
}
