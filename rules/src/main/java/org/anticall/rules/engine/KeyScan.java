package org.anticall.rules.engine;

import java.util.Arrays;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure.Subject;
import org.anticall.rules.call.Readings;

/**
 * Reads the gauges of a key that is no caller off its events, in one walk from the newest back: where a gauge's time ends,
 * its value is what has been summed up so far. Guarded by the stripe of the key.
 */
final class KeyScan {

    /** Country codes have three digits at most. */
    private static final int COUNTRY_WORDS = 16;

    /** What one takes, bytes. */
    static final long BYTES = COUNTRY_WORDS * Long.BYTES + 64L;

    private final long[] countriesSeen = new long[COUNTRY_WORDS];
    private int events;
    private int peers;
    private int countries;

    /** Writes the values of all gauges of {@code subject}; zeros if there is nothing at {@code place}. */
    void read(EventRings rings, int place, int now, Subject subject, GaugePlan gauges, int[] values) {
        int next = gauges.start(subject);
        int end = gauges.end(subject);
        boolean asksCountries = subject == Subject.CALLEE;
        clear();
        int within = gauges.withinAt(next, end);
        int left = place == EventRings.NONE ? 0 : rings.count(place);
        int at = left == 0 ? 0 : rings.newest(place);
        for (; left > 0; left--) {
            long event = rings.eventAt(at);
            int age = now - EventRings.secondOf(event);
            while (age >= within) {
                write(next++, rings, place, gauges, values);
                within = gauges.withinAt(next, end);
            }
            if (next == end) {
                break;
            }
            events++;
            peers += EventRings.isLast(event) ? 1 : 0;
            if (asksCountries) {
                seeCountry(EventRings.detailOf(event));
            }
            at = rings.older(place, at);
        }
        while (next < end) {
            write(next++, rings, place, gauges, values);
        }
    }

    private void write(int turn, EventRings rings, int place, GaugePlan gauges, int[] values) {
        int gauge = gauges.inOrder(turn);
        values[gauge] = value(gauges.gauge(gauge), rings, place);
    }

    private void clear() {
        Arrays.fill(countriesSeen, 0);
        events = 0;
        peers = 0;
        countries = 0;
    }

    private void seeCountry(int detail) {
        int word = (detail >>> 6) & (COUNTRY_WORDS - 1);
        long bit = 1L << detail;
        countries += (countriesSeen[word] & bit) == 0 ? 1 : 0;
        countriesSeen[word] |= bit;
    }

    private int value(Gauge gauge, EventRings rings, int place) {
        return switch (gauge.measure()) {
            case CALLERS_OF_CALLEE, CALLERS_OF_BLOCK, CALLERS_OF_FINGERPRINT -> peers;
            case COUNTRIES_OF_CALLEE -> countries;
            case CALLS_PER_CALLER_OF_BLOCK -> mostOfOnePeer(rings, place);
            case REJECTED_ATTEMPTS, STATE_MESSAGES -> events;
            default -> Readings.UNKNOWN;
        };
    }

    /** How many of the newest events the most frequent peer has, where details number the events of each peer. */
    private int mostOfOnePeer(EventRings rings, int place) {
        int most = 0;
        int at = events == 0 ? 0 : rings.newest(place);
        for (int left = events; left > 0; left--) {
            long event = rings.eventAt(at);
            if (EventRings.isLast(event) && EventRings.detailOf(event) > most) {
                most = Math.max(most, eventsOf(rings, place, rings.peerAt(at)));
            }
            at = rings.older(place, at);
        }
        return most;
    }

    private int eventsOf(EventRings rings, int place, long peer) {
        int same = 0;
        int at = rings.newest(place);
        for (int left = events; left > 0; left--) {
            same += rings.peerAt(at) == peer ? 1 : 0;
            at = rings.older(place, at);
        }
        return same;
    }
}
