package org.anticall.rules.engine;

/** The counters' clock: whole seconds since 2020-01-01T00:00Z, from 1. */
final class Seconds {

    /** Beginning of saved counters: a name and a version. */
    static final int MAGIC = 0xAC_C0_00_03;

    private static final long EPOCH_SECOND = 1_577_836_800L;
    private static final long MILLIS = 1000;

    private Seconds() {}

    static int of(long epochMillis) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floorDiv(epochMillis, MILLIS) - EPOCH_SECOND));
    }
}
