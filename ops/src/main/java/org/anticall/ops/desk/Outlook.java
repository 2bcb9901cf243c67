package org.anticall.ops.desk;

import java.time.Duration;
import java.util.List;

/**
 * How the shift goes and what is to be expected of it, at one moment. Immutable.
 *
 * @param callsAnHour calls offered lately, as a rate
 * @param handling how long a call keeps a seat, paperwork included; zero while nothing is known
 * @param load calls that would be under way at one time if none had to wait (erlangs)
 * @param atWork seats that take calls, now or when they are free again
 * @param expectedWait what a caller may expect on the average by Erlang's delay formula
 * @param expectedInTime the share of callers who may expect an answer within 20 s, 0 to 1
 * @param seatsWanted fewest seats that would answer 80 % within 20 s
 * @param inTime the share of the last 15 minutes' calls that were answered within 20 s, 0 to 1; NaN if there were none
 * @param queues the calls at the desk by what they need
 */
public record Outlook(
        double callsAnHour,
        Duration handling,
        double load,
        int atWork,
        Duration expectedWait,
        double expectedInTime,
        int seatsWanted,
        double inTime,
        List<QueueState> queues) {

    /**
     * One queue.
     *
     * @param atWork seats that have what its calls need and take calls
     * @param ready those of them that are free
     * @param longestWait of the calls that nobody has answered; zero if none waits
     */
    public record QueueState(
            String name, int value, int waiting, int answered, int atWork, int ready, Duration longestWait) {}

    /** Beyond this a wait is not told apart: the line only grows. */
    static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The usual aim of a desk: this share within {@link Demand#IN_TIME}. */
    static final double AIM = 0.8;

    static final int MOST_SEATS = 1_000;

    public Outlook {
        queues = List.copyOf(queues);
    }

    static Outlook of(double callsAnHour, Duration handling, int atWork, double inTime, List<QueueState> queues) {
        double load = callsAnHour * handling.toMillis() / 3_600_000.0;
        return new Outlook(
                callsAnHour,
                handling,
                load,
                atWork,
                ErlangC.meanWait(atWork, load, handling, LONGEST_WAIT),
                ErlangC.within(atWork, load, handling, Demand.IN_TIME),
                ErlangC.seatsFor(AIM, load, handling, Demand.IN_TIME, MOST_SEATS),
                inTime,
                queues);
    }
}
