package org.anticall.ops.cli;

/**
 * How many operators a load takes (A. K. Erlang's waiting-time formula): calls arrive at random, wait in one queue and do
 * not give up.
 */
final class ErlangC {

    /** Share of calls that may wait longer than {@link #WAIT_SECONDS}. */
    private static final double MOST_WAITING = 0.2;

    private static final double WAIT_SECONDS = 20;

    private ErlangC() {}

    /** Mean number of operators that talk at the same time. */
    static double erlangs(long callsAnHour, long handlingSeconds) {
        return callsAnHour * handlingSeconds / 3_600.0;
    }

    /** Fewest operators with whom four calls in five are answered within 20 s. */
    static int operators(long callsAnHour, long handlingSeconds) {
        double load = erlangs(callsAnHour, handlingSeconds);
        if (load == 0) {
            return 0;
        }
        int operators = (int) load + 1;
        while (waitingLonger(load, operators, handlingSeconds) > MOST_WAITING) {
            operators++;
        }
        return operators;
    }

    private static double waitingLonger(double load, int operators, long handlingSeconds) {
        // Erlang B by its recurrence, which does not overflow.
        double blocked = 1;
        for (int n = 1; n <= operators; n++) {
            blocked = load * blocked / (n + load * blocked);
        }
        double waits = operators * blocked / (operators - load * (1 - blocked));
        return waits * Math.exp(-(operators - load) * WAIT_SECONDS / handlingSeconds);
    }
}
