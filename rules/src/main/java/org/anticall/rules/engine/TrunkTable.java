package org.anticall.rules.engine;

import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure.Subject;
import org.anticall.rules.call.Readings;

/** What comes in on trunks, country by country, and how much of it is rejected. Thread-safe. */
final class TrunkTable {

    private static final int ALL_OF_IT = 0;
    private static final int PERCENT = 100;
    private static final int THOUSAND = 1000;

    /** Fewer calls than this, and a burst is none. */
    private static final int FEWEST_BURST_CALLS = 30;

    private final OriginTable table;
    private final Stripes stripes = new Stripes();
    private long skipped;

    TrunkTable(long maxBytes) {
        this.table = new OriginTable(maxBytes);
    }

    long bytes() {
        return table.bytes();
    }

    long skipped() {
        return skipped;
    }

    /**
     * Counts a call and reads what is asked of its origin and of the trunk.
     *
     * @param country the caller's country code, {@link OriginTable#ALL} if it has none
     */
    void observe(long trunk, int country, int now, GaugePlan gauges, int[] values) {
        if (!stripes.enter(ALL_OF_IT)) {
            skipped++;
            return;
        }
        try {
            OriginSeries all = table.of(trunk, OriginTable.ALL);
            OriginSeries series = country == OriginTable.ALL ? null : table.of(trunk, country);
            if (all != null && series != null) {
                series.add(now);
                for (int i = gauges.start(Subject.ORIGIN); i < gauges.end(Subject.ORIGIN); i++) {
                    values[i] = value(gauges.gauge(i), series, all, now);
                }
            }
            if (all != null) {
                all.add(now);
                total(trunk, all.lastHour(now), now, gauges, values);
            }
        } finally {
            stripes.leave(ALL_OF_IT);
        }
    }

    private void total(long trunk, int calls, int now, GaugePlan gauges, int[] values) {
        OriginSeries rejected = table.of(trunk, OriginTable.REJECTED);
        for (int i = gauges.start(Subject.TRUNK); i < gauges.end(Subject.TRUNK) && rejected != null; i++) {
            values[i] = calls < Math.max(1, gauges.gauge(i).ofAtLeast())
                    ? Readings.UNKNOWN
                    : Math.min(PERCENT, rejected.lastHour(now) * PERCENT / calls);
        }
    }

    private static int value(Gauge gauge, OriginSeries series, OriginSeries all, int now) {
        return switch (gauge.measure()) {
            case ORIGIN_CALLS -> series.lastHour(now);
            case ORIGIN_SHARE -> {
                long before = all.daysBefore(now);
                yield before == 0 ? Readings.UNKNOWN : (int) (series.daysBefore(now) * THOUSAND / before);
            }
            case ORIGIN_BURST -> series.lastHour(now) < FEWEST_BURST_CALLS ? 0 : series.burst(now);
            default -> Readings.UNKNOWN;
        };
    }

    void rejected(long trunk, int now) {
        if (!stripes.enter(ALL_OF_IT)) {
            skipped++;
            return;
        }
        OriginSeries rejected = table.of(trunk, OriginTable.REJECTED);
        if (rejected != null) {
            rejected.add(now);
        }
        stripes.leave(ALL_OF_IT);
    }

    /** Waits for the stripe: a restart may take its time. */
    void save(SavedBytes out) {
        stripes.enterPatiently(ALL_OF_IT);
        table.save(out);
        stripes.leave(ALL_OF_IT);
    }

    void restore(SavedBytes in) {
        stripes.enterPatiently(ALL_OF_IT);
        try {
            table.restore(in);
        } finally {
            stripes.leave(ALL_OF_IT);
        }
    }
}
