package org.anticall.rules.engine;

import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Readings;

/** Reads gauges off one key's events. Pure but for its scratch set; guarded by the stripe of the key. */
final class CallerScan {

    private static final int SHORT_CALL_SECONDS = 6;
    private static final int LONG_CALL_SECONDS = 600;
    private static final int ONE_RING_SECONDS = 8;
    private static final int RUN_EVENTS = 20;
    private static final int RUN_DISTANCE = 5;
    private static final int PERCENT = 100;

    /** A call whose end nobody reported for so long has ended. */
    private static final int OPEN_SECONDS = 4 * 3600;

    private final DistinctSet seen = new DistinctSet();

    /** The value of a caller's {@code gauge} at {@code now}, its newest event being the call to {@code callee}. */
    int read(EventRings rings, int place, int now, Gauge gauge, long callee) {
        int events = eventsWithin(rings, place, now, gauge);
        return switch (gauge.measure()) {
            case ATTEMPTS -> events;
            case ATTEMPTS_TO_CALLEE -> attemptsTo(rings, place, events, callee);
            case DISTINCT_CALLEES -> distinct(rings, place, events);
            case CONCURRENT_CALLS -> open(rings, place, now);
            case SEQUENTIAL_CALLEES -> longestRun(rings, place);
            case ONE_RING_CALLEES -> oneRing(rings, place, events);
            case LONG_CALLS, SHORT_CALL_SHARE, ANSWER_RATIO, MEAN_TALK_SECONDS, FUTILE_CALL_SHARE ->
                ended(rings, place, events, gauge);
            default -> Readings.UNKNOWN;
        };
    }

    /** How many of the newest events lie within the gauge's time: from {@code now} back to before its length. */
    static int eventsWithin(EventRings rings, int place, int now, Gauge gauge) {
        int count = rings.count(place);
        if (gauge.withinSeconds() == 0) {
            return count;
        }
        int events = 0;
        while (events < count && now - rings.second(place, events) < gauge.withinSeconds()) {
            events++;
        }
        return events;
    }

    private static int attemptsTo(EventRings rings, int place, int events, long callee) {
        int attempts = 0;
        for (int back = 0; back < events; back++) {
            attempts += rings.peer(place, back) == callee ? 1 : 0;
        }
        return attempts;
    }

    /** How many different peers the newest {@code events} have. */
    int distinct(EventRings rings, int place, int events) {
        seen.clear();
        for (int back = 0; back < events; back++) {
            seen.add(rings.peer(place, back));
        }
        return seen.size();
    }

    /** How many different details the newest {@code events} have. */
    int distinctDetails(EventRings rings, int place, int events) {
        seen.clear();
        for (int back = 0; back < events; back++) {
            seen.add(rings.detail(place, back));
        }
        return seen.size();
    }

    /** How many of the newest {@code events} the most frequent peer has. */
    static int mostOfOnePeer(EventRings rings, int place, int events) {
        int most = 0;
        for (int back = 0; back < events && events - back > most; back++) {
            int same = 1;
            for (int other = back + 1; other < events; other++) {
                same += rings.peer(place, other) == rings.peer(place, back) ? 1 : 0;
            }
            most = Math.max(most, same);
        }
        return most;
    }

    private static int open(EventRings rings, int place, int now) {
        int open = 0;
        for (int back = 0; back < rings.count(place); back++) {
            boolean counts =
                    CallDetail.isOpen(rings.detail(place, back)) && now - rings.second(place, back) < OPEN_SECONDS;
            open += counts ? 1 : 0;
        }
        return open;
    }

    private static int longestRun(EventRings rings, int place) {
        int events = Math.min(RUN_EVENTS, rings.count(place));
        int longest = events == 0 ? 0 : 1;
        int run = longest;
        for (int back = 1; back < events; back++) {
            long step = Math.abs(rings.peer(place, back) - rings.peer(place, back - 1));
            run = step >= 1 && step <= RUN_DISTANCE ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private int oneRing(EventRings rings, int place, int events) {
        seen.clear();
        for (int back = 0; back < events; back++) {
            if (CallDetail.isOneRing(rings.detail(place, back), ONE_RING_SECONDS)) {
                seen.add(rings.peer(place, back));
            }
        }
        return seen.size();
    }

    private static int ended(EventRings rings, int place, int events, Gauge gauge) {
        int ended = 0;
        int answered = 0;
        int brief = 0;
        int lengthy = 0;
        long talk = 0;
        for (int back = 0; back < events; back++) {
            int detail = rings.detail(place, back);
            ended += CallDetail.isOpen(detail) ? 0 : 1;
            if (CallDetail.isAnswered(detail)) {
                int seconds = CallDetail.talkSeconds(detail);
                answered++;
                talk += seconds;
                brief += seconds < SHORT_CALL_SECONDS ? 1 : 0;
                lengthy += seconds >= LONG_CALL_SECONDS ? 1 : 0;
            }
        }
        return switch (gauge.measure()) {
            case SHORT_CALL_SHARE -> share(brief, answered, gauge);
            case ANSWER_RATIO -> share(answered, ended, gauge);
            case FUTILE_CALL_SHARE -> share(ended - answered + brief, ended, gauge);
            case MEAN_TALK_SECONDS ->
                answered == 0 || answered < gauge.ofAtLeast() ? Readings.UNKNOWN : (int) (talk / answered);
            default -> lengthy;
        };
    }

    private static int share(int part, int whole, Gauge gauge) {
        return whole == 0 || whole < gauge.ofAtLeast() ? Readings.UNKNOWN : part * PERCENT / whole;
    }
}
