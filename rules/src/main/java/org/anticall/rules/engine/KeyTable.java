package org.anticall.rules.engine;

import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure.Subject;
import org.anticall.rules.call.Readings;

/** Events of keys that are not callers, guarded by stripes: who calls a victim, a block, with a fingerprint. Thread-safe. */
final class KeyTable {

    private static final int EVENTS = Gauge.MAX_COUNT;
    private static final int[] NOTHING = new int[0];

    private final EventRings rings;
    private final Stripes stripes = new Stripes();
    private final CallerScan[] scans = GuardedRings.scans();
    private final long[] skipped = new long[scans.length];

    KeyTable(long maxBytes) {
        this.rings = new EventRings(maxBytes, EVENTS, Gauge.MAX_WITHIN_SECONDS);
    }

    long bytes() {
        return rings.bytes();
    }

    /** Adds an event unless {@code peer} is 0, and reads the gauges of {@code subject}. */
    void observe(long key, long peer, int now, int detail, Subject subject, GaugePlan gauges, int[] values) {
        int stripe = Stripes.of(key);
        if (key == 0 || !stripes.enter(stripe)) {
            skipped[stripe] += key == 0 ? 0 : 1;
            return;
        }
        try {
            if (peer != 0) {
                rings.add(rings.claim(key, now), peer, now, detail);
            }
            readInside(key, now, stripe, subject, gauges, values);
        } finally {
            stripes.leave(stripe);
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

    private void readInside(long key, int now, int stripe, Subject subject, GaugePlan gauges, int[] values) {
        int first = gauges.start(subject);
        int end = gauges.end(subject);
        if (first == end) {
            return;
        }
        int place = rings.find(key);
        for (int i = first; i < end; i++) {
            values[i] = place == EventRings.NONE ? 0 : value(place, now, gauges.gauge(i), scans[stripe]);
        }
    }

    private int value(int place, int now, Gauge gauge, CallerScan scan) {
        int events = CallerScan.eventsWithin(rings, place, now, gauge);
        return switch (gauge.measure()) {
            case CALLERS_OF_CALLEE, CALLERS_OF_BLOCK, CALLERS_OF_FINGERPRINT -> scan.distinct(rings, place, events);
            case COUNTRIES_OF_CALLEE -> scan.distinctDetails(rings, place, events);
            case CALLS_PER_CALLER_OF_BLOCK -> CallerScan.mostOfOnePeer(rings, place, events);
            case REJECTED_ATTEMPTS -> events;
            default -> Readings.UNKNOWN;
        };
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
