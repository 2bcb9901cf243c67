package org.anticall.rules.engine;

import org.anticall.rules.call.Measure.Subject;
import org.anticall.rules.call.Readings;

/** Who has had to do with whom, and what operators found out about fingerprints. Thread-safe. */
final class RelationTable {

    private static final int FILTER = 0;
    private static final int REPUTATION = 1;
    private static final int PERCENT_REPUTATION = 10;
    private static final int PERCENT = 100;
    private static final int[] NOTHING = new int[0];

    private final RelationFilter filter;
    private final Reputations reputations;
    private final Stripes stripes = new Stripes();
    private long skipped;

    RelationTable(long maxBytes) {
        this.reputations = new Reputations(maxBytes * PERCENT_REPUTATION / PERCENT);
        this.filter = new RelationFilter(maxBytes * (PERCENT - PERCENT_REPUTATION) / PERCENT);
    }

    long bytes() {
        return filter.bytes() + reputations.bytes();
    }

    long skipped() {
        return skipped;
    }

    /** Reads whether the two are strangers, then makes them known to each other. */
    void observe(long caller, long callee, int now, GaugePlan gauges, int[] values) {
        if (caller == 0 || callee == 0) {
            return;
        }
        if (!stripes.enter(FILTER)) {
            skipped++;
            return;
        }
        boolean known = filter.knows(caller, callee);
        boolean warm = filter.isWarm(now);
        filter.add(caller, callee, now);
        stripes.leave(FILTER);
        for (int i = gauges.start(Subject.PAIR); i < gauges.end(Subject.PAIR); i++) {
            values[i] = known ? 0 : warm ? 1 : Readings.UNKNOWN;
        }
    }

    void add(long caller, long callee, int now) {
        observe(caller, callee, now, GaugePlan.EMPTY, NOTHING);
    }

    void reputation(long fingerprint, GaugePlan gauges, int[] values) {
        int first = gauges.start(Subject.REPUTATION);
        int end = gauges.end(Subject.REPUTATION);
        if (first == end) {
            return;
        }
        if (!stripes.enter(REPUTATION)) {
            skipped++;
            return;
        }
        for (int i = first; i < end; i++) {
            values[i] = reputations.share(fingerprint, gauges.gauge(i).ofAtLeast());
        }
        stripes.leave(REPUTATION);
    }

    void found(long fingerprint, boolean isFraud) {
        if (stripes.enter(REPUTATION)) {
            reputations.add(fingerprint, isFraud);
            stripes.leave(REPUTATION);
        } else {
            skipped++;
        }
    }

    void resetReputation(long fingerprint) {
        if (stripes.enter(REPUTATION)) {
            reputations.remove(fingerprint);
            stripes.leave(REPUTATION);
        }
    }

    /** Waits for its stripes: a restart may take its time. */
    void save(SavedBytes out) {
        enterBoth();
        filter.save(out);
        reputations.save(out);
        leaveBoth();
    }

    void restore(SavedBytes in) {
        enterBoth();
        try {
            filter.restore(in);
            reputations.restore(in);
        } finally {
            leaveBoth();
        }
    }

    private void enterBoth() {
        stripes.enterPatiently(FILTER);
        stripes.enterPatiently(REPUTATION);
    }

    private void leaveBoth() {
        stripes.leave(REPUTATION);
        stripes.leave(FILTER);
    }
}
