package org.anticall.rules.engine;

/** Counts different values among at most 64. Emptied in no time; not thread-safe. */
final class DistinctSet {

    private static final int SLOTS = 256;

    /** What one takes, bytes. */
    static final long BYTES = SLOTS * (Long.BYTES + Integer.BYTES) + 64L;

    private final long[] values = new long[SLOTS];
    private final int[] rounds = new int[SLOTS];
    private int round;
    private int size;

    void clear() {
        round++;
        size = 0;
    }

    /** Whether {@code value} was not in it; now it is. */
    boolean add(long value) {
        int slot = (int) Mix.mix(value) & (SLOTS - 1);
        while (rounds[slot] == round) {
            if (values[slot] == value) {
                return false;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        rounds[slot] = round;
        values[slot] = value;
        size++;
        return true;
    }

    int size() {
        return size;
    }
}
