package org.anticall.rules.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Locks for the parts of a table, one part of the keys each. They are held for well under a microsecond and never waited
 * for long: who does not get one within a bounded number of tries goes without, because a call is worth more than a count.
 */
final class Stripes {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int CELLS_PER_LINE = 16;
    private static final int TRIES = 4096;
    /** How many there are. */
    static final int COUNT = 16;

    private final int[] cells = new int[COUNT * CELLS_PER_LINE];

    /** The stripe of {@code key}, the same in all tables. */
    static int of(long key) {
        return (int) Mix.mix(key) & (COUNT - 1);
    }

    /** Whether the stripe is ours now; then {@link #leave} must follow. */
    boolean enter(int stripe) {
        int cell = stripe * CELLS_PER_LINE;
        for (int tries = 0; tries < TRIES; tries++) {
            if (CELL.compareAndSet(cells, cell, 0, 1)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the stripe however long it takes; for what may wait, such as saving at a shutdown. */
    void enterPatiently(int stripe) {
        boolean entered = false;
        while (!entered) {
            entered = enter(stripe);
        }
    }

    void leave(int stripe) {
        CELL.setRelease(cells, stripe * CELLS_PER_LINE, 0);
    }
}
