package org.anticall.rules.engine;

import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure.Subject;
import org.anticall.rules.call.Readings;

/**
 * Reads the gauges of a caller off its calls, in one walk from the newest back: where a gauge's time ends, its value is what
 * has been summed up so far. Guarded by the stripe of the caller.
 */
final class CallerScan {

    private static final int SHORT_CALL_SECONDS = 6;
    private static final int LONG_CALL_SECONDS = 600;
    private static final int ONE_RING_SECONDS = 8;
    private static final int RUN_EVENTS = 20;
    private static final int RUN_DISTANCE = 5;
    private static final int PERCENT = 100;

    /** A call whose end nobody reported for so long has ended. */
    private static final int OPEN_SECONDS = 4 * 3600;

    private final DistinctSet rungOnce = new DistinctSet();
    private int calls;
    private int toCallee;
    private int callees;
    private int open;
    private int run;
    private int longestRun;
    private int ended;
    private int answered;
    private int brief;
    private int lengthy;
    private long talkSeconds;

    /**
     * Writes the values of all gauges of {@link Subject#CALLER}.
     *
     * @param callee whom the newest call is for
     */
    void read(EventRings rings, int place, int now, long callee, GaugePlan gauges, int[] values) {
        clear();
        int next = gauges.start(Subject.CALLER);
        int end = gauges.end(Subject.CALLER);
        int within = gauges.withinAt(next, end);
        int at = rings.newest(place);
        int left = rings.count(place);
        long newer = callee;
        for (; left > 0 && next < end; left--) {
            long event = rings.eventAt(at);
            int age = now - EventRings.secondOf(event);
            while (age >= within) {
                write(next++, gauges, values);
                within = gauges.withinAt(next, end);
            }
            long peer = rings.peerAt(at);
            toCallee += peer == callee ? 1 : 0;
            callees += EventRings.isLast(event) ? 1 : 0;
            if (calls++ < RUN_EVENTS) {
                run(Math.abs(peer - newer));
                newer = peer;
            }
            add(EventRings.detailOf(event), peer, age);
            at = rings.older(place, at);
        }
        while (next < end) {
            write(next++, gauges, values);
        }
    }

    private void write(int turn, GaugePlan gauges, int[] values) {
        int place = gauges.inOrder(turn);
        values[place] = value(gauges.gauge(place));
    }

    private void clear() {
        rungOnce.clear();
        calls = 0;
        toCallee = 0;
        callees = 0;
        open = 0;
        run = 0;
        longestRun = 0;
        ended = 0;
        answered = 0;
        brief = 0;
        lengthy = 0;
        talkSeconds = 0;
    }

    private void run(long step) {
        run = step >= 1 && step <= RUN_DISTANCE ? run + 1 : 1;
        longestRun = Math.max(longestRun, run);
    }

    private void add(int detail, long peer, int age) {
        if (CallDetail.isOpen(detail)) {
            open += age < OPEN_SECONDS ? 1 : 0;
            return;
        }
        ended++;
        if (CallDetail.isAnswered(detail)) {
            int seconds = CallDetail.talkSeconds(detail);
            answered++;
            talkSeconds += seconds;
            brief += seconds < SHORT_CALL_SECONDS ? 1 : 0;
            lengthy += seconds >= LONG_CALL_SECONDS ? 1 : 0;
        } else if (CallDetail.isOneRing(detail, ONE_RING_SECONDS)) {
            rungOnce.add(peer);
        }
    }

    private int value(Gauge gauge) {
        return switch (gauge.measure()) {
            case ATTEMPTS -> calls;
            case ATTEMPTS_TO_CALLEE -> toCallee;
            case DISTINCT_CALLEES -> callees;
            case CONCURRENT_CALLS -> open;
            case SEQUENTIAL_CALLEES -> longestRun;
            case ONE_RING_CALLEES -> rungOnce.size();
            case LONG_CALLS -> lengthy;
            case SHORT_CALL_SHARE -> share(brief, answered, gauge);
            case ANSWER_RATIO -> share(answered, ended, gauge);
            case FUTILE_CALL_SHARE -> share(ended - answered + brief, ended, gauge);
            case MEAN_TALK_SECONDS ->
                answered == 0 || answered < gauge.ofAtLeast() ? Readings.UNKNOWN : (int) (talkSeconds / answered);
            default -> Readings.UNKNOWN;
        };
    }

    private static int share(int part, int whole, Gauge gauge) {
        return whole == 0 || whole < gauge.ofAtLeast() ? Readings.UNKNOWN : part * PERCENT / whole;
    }
}
