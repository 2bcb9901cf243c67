package org.anticall.gateway.sip;

/** A stretch of a message's bytes, start and end packed into a {@code long} so that finding one allocates nothing. */
public final class Slice {

    /** Nothing was found. */
    public static final long NONE = -1L;

    private Slice() {}

    /** From {@code start} up to, not including, {@code end}; both at least 0. */
    public static long of(int start, int end) {
        return (long) start << 32 | end;
    }

    public static int start(long slice) {
        return (int) (slice >>> 32);
    }

    public static int end(long slice) {
        return (int) slice;
    }

    /** Whether the slice was found and has at least one byte. */
    public static boolean isPresent(long slice) {
        return slice != NONE && start(slice) < end(slice);
    }
}
