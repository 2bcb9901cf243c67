package org.anticall.ops.desk;

import java.time.Duration;

/**
 * Erlang's delay formula: what callers may expect where calls arrive at random, last at random and wait in one line for the
 * first seat that is free. All of it is exact for a line that nobody leaves; the desk's callers leave it for the ladder, so
 * it is the worst that can be expected.
 */
public final class ErlangC {

    private ErlangC() {}

    /**
     * The share of callers who have to wait, 0 to 1; 1 where the seats cannot bear the load.
     *
     * @param seats how many work, zero or more
     * @param load calls that are under way at one time if none waits (erlangs), zero or more
     */
    public static double waits(int seats, double load) {
        if (load <= 0) {
            return 0;
        }
        if (load >= seats) {
            return 1;
        }
        double blocked = 1; // Erlang's loss formula by its recurrence, which cannot overflow
        for (int n = 1; n <= seats; n++) {
            blocked = load * blocked / (n + load * blocked);
        }
        return blocked / (1 - load / seats * (1 - blocked));
    }

    /** How long a caller waits on the average, those included who do not; {@code longest} where the line only grows. */
    public static Duration meanWait(int seats, double load, Duration handling, Duration longest) {
        if (load >= seats && load > 0) {
            return longest;
        }
        double millis = waits(seats, load) * handling.toMillis() / (seats - Math.min(load, seats - 1e-9));
        return millis >= longest.toMillis() ? longest : Duration.ofMillis(Math.round(millis));
    }

    /** The share of callers who are answered within {@code time}, 0 to 1. */
    public static double within(int seats, double load, Duration handling, Duration time) {
        if (load <= 0) {
            return seats > 0 ? 1 : 0;
        }
        if (load >= seats) {
            return 0;
        }
        return 1 - waits(seats, load) * Math.exp(-(seats - load) * time.toMillis() / Math.max(1, handling.toMillis()));
    }

    /** The fewest seats that answer {@code share} of the callers within {@code time}, at most {@code most}. */
    public static int seatsFor(double share, double load, Duration handling, Duration time, int most) {
        int seats = load <= 0 ? 1 : (int) Math.floor(load) + 1;
        while (seats < most && within(seats, load, handling, time) < share) {
            seats++;
        }
        return Math.min(seats, most);
    }
}
