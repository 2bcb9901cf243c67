package org.anticall.gateway.verdict;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Keys that were noted a moment ago, each with the latest time. Bounded: where {@value #WAYS} keys that fall together are
 * there already, a new one takes the place of the oldest. Allocates nothing, never waits. Thread-safe: of two threads that
 * note keys which fall together at the same instant, one may lose.
 *
 * <h2>One word a key</h2>
 *
 * A word holds 32 bits of the key's hash and the time in milliseconds, so it changes in one step and never says of one key
 * what is true of another. The place adds more bits of the hash: two keys are taken for one with a probability below one
 * in a billion. The time wraps after 49 days.
 */
public final class RecentKeys {

    /** How many keys may fall together. */
    static final int WAYS = 8;

    private static final long NOTHING = 0;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private final int windowMillis;
    private final AtomicLongArray words;
    private final int setMask;

    /**
     * @param windowMillis how long ago is a moment ago, inclusive
     * @param places most keys, a power of two, at least {@value #WAYS}
     */
    public RecentKeys(int windowMillis, int places) {
        this.windowMillis = windowMillis;
        this.words = new AtomicLongArray(places);
        this.setMask = places / WAYS - 1;
    }

    /** Notes {@code key}; 0 is no key. */
    public void note(long key, long nowNanos) {
        if (key == NOTHING) {
            return;
        }
        long hash = key * MIXER;
        int now = millis(nowNanos);
        int first = first(hash);
        int chosen = first;
        for (int place = first; place < first + WAYS; place++) {
            long word = words.get(place);
            if (word == NOTHING || tag(word) == tag(hash)) {
                chosen = place;
                break;
            }
            if (now - (int) word > now - (int) words.get(chosen)) {
                chosen = place;
            }
        }
        words.set(chosen, tag(hash) << 32 | (now & 0xFFFF_FFFFL));
    }

    /** Whether {@code key} was noted within the window. */
    public boolean has(long key, long nowNanos) {
        if (key == NOTHING) {
            return false;
        }
        long hash = key * MIXER;
        int first = first(hash);
        for (int place = first; place < first + WAYS; place++) {
            long word = words.get(place);
            if (word != NOTHING && tag(word) == tag(hash)) {
                return millis(nowNanos) - (int) word <= windowMillis;
            }
        }
        return false;
    }

    private static int millis(long nanos) {
        return (int) (nanos / NANOS_PER_MILLI);
    }

    /** The upper half, never 0, so that no word is nothing. */
    private static long tag(long hash) {
        long tag = hash >>> 32;
        return tag == 0 ? 1 : tag;
    }

    private int first(long hash) {
        return ((int) (hash >>> 8) & setMask) * WAYS;
    }
}
