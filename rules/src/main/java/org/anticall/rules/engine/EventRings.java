package org.anticall.rules.engine;

/**
 * The last few events of many keys: a table of fixed size, in sets of eight places, in which a new key takes the place of
 * the key with the least to tell. A flood of keys that come once thus displaces other keys that came once, not those that
 * come often. Not thread-safe: a set holds keys of one stripe only, and whoever touches it holds that stripe.
 *
 * <p>An event is a peer, a second and a detail of 31 bits. Seconds are those of the clock that feeds it and never negative.
 * Of the events with one peer only the newest is marked as its {@link #isLast last}: so many different peers have called as there
 * are marks, and nobody has to compare them.
 *
 * <h2>What a call touches</h2>
 *
 * Everything of a set lies together, in units of a line of the processor's cache (64 bytes): a line of eight keys, a line of
 * eight states, then the events, four to a line. To find a key and to see who gives way takes the first two; a caller with
 * a few calls takes one more. A state is the newest event's second (32 bits), the count and the next slot (16 bits each).
 */
final class EventRings {

    /** No such key. */
    static final int NONE = -1;

    private static final int WAYS = 8;
    private static final int WAY_BITS = 3;
    private static final int HEAD_LONGS = 2 * WAYS;
    private static final int LONGS_PER_EVENT = 2;
    private static final int COUNT_SHIFT = 16;
    private static final int FIELD_MASK = 0xFFFF;
    private static final int OLDER = 1 << 31;

    /** An array begins with a head of 16 bytes: after so many longs more, sets begin where lines of the cache do. */
    private static final int LEAD = 6;

    private final int setsPerStripe;
    private final int capacity;
    private final int horizonSeconds;
    private final int longsPerSet;
    private final long[] longs;

    /**
     * A table.
     *
     * @param maxBytes how much it may take
     * @param capacity events per key
     * @param horizonSeconds after this time without events a key has nothing to tell
     */
    EventRings(long maxBytes, int capacity, int horizonSeconds) {
        this.capacity = capacity;
        this.horizonSeconds = horizonSeconds;
        this.longsPerSet = HEAD_LONGS + WAYS * capacity * LONGS_PER_EVENT;
        long most = Math.min(maxBytes / Long.BYTES, Integer.MAX_VALUE - LEAD - Long.BYTES) / longsPerSet;
        this.setsPerStripe = (int) Math.max(1, most / Stripes.COUNT);
        this.longs = new long[LEAD + setsPerStripe * Stripes.COUNT * longsPerSet];
    }

    /** What it takes, bytes. */
    long bytes() {
        return (long) (longs.length - LEAD) * Long.BYTES;
    }

    /** Where {@code key} (not 0) stands, or {@link #NONE}. */
    int find(long key) {
        int set = setOf(key);
        int first = firstLong(set);
        for (int way = 0; way < WAYS; way++) {
            if (longs[first + way] == key) {
                return set << WAY_BITS | way;
            }
        }
        return NONE;
    }

    /** Where {@code key} stands from now on; if it is new, the key of its set with the least to tell gives way. */
    int claim(long key, int now) {
        int found = find(key);
        if (found != NONE) {
            return found;
        }
        int set = setOf(key);
        int first = firstLong(set);
        int victim = 0;
        long least = Long.MAX_VALUE;
        for (int way = 0; way < WAYS; way++) {
            long worth = longs[first + way] == 0 ? 0 : worth(longs[first + WAYS + way], now);
            if (worth < least) {
                least = worth;
                victim = way;
            }
        }
        longs[first + victim] = key;
        longs[first + WAYS + victim] = 0;
        return set << WAY_BITS | victim;
    }

    /** More events are worth more; of as many, newer ones. */
    private long worth(long state, int now) {
        int newest = (int) (state >>> Integer.SIZE);
        int count = count(state);
        return count == 0 || now - newest > horizonSeconds ? 0 : ((long) count << Integer.SIZE) + newest;
    }

    /** Forgets {@code key}. */
    void remove(long key) {
        int place = find(key);
        if (place != NONE) {
            longs[stateAt(place) - WAYS] = 0;
            longs[stateAt(place)] = 0;
        }
    }

    /**
     * Adds an event; of more than the capacity the oldest is forgotten.
     *
     * @param detail not negative
     * @return the detail of the event with this peer that was the newest before, or {@link #NONE}
     */
    int add(int place, long peer, int second, int detail) {
        int previous = supersede(place, peer);
        int at = stateAt(place);
        long state = longs[at];
        int slot = (int) state & FIELD_MASK;
        int event = firstEvent(place) + slot * LONGS_PER_EVENT;
        longs[event] = peer;
        longs[event + 1] = (long) second << Integer.SIZE | detail;
        int next = slot + 1 == capacity ? 0 : slot + 1;
        int count = Math.min(capacity, count(state) + 1);
        longs[at] = (long) second << Integer.SIZE | (long) count << COUNT_SHIFT | next;
        return previous;
    }

    /** The newest event with {@code peer} is not its last any more. */
    private int supersede(int place, long peer) {
        int at = newest(place);
        for (int left = count(place); left > 0; left--) {
            if (longs[at] == peer) {
                int detail = detailOf(longs[at + 1]);
                longs[at + 1] |= OLDER & 0xFFFF_FFFFL;
                return detail;
            }
            at = older(place, at);
        }
        return NONE;
    }

    /** How many events the key at {@code place} has. */
    int count(int place) {
        return count(longs[stateAt(place)]);
    }

    private static int count(long state) {
        return (int) (state >>> COUNT_SHIFT) & FIELD_MASK;
    }

    /** Where the newest event of a key that has one lies, for walks: {@link #older} leads on. */
    int newest(int place) {
        return at(place, 0);
    }

    /** Where the event before the one at {@code at} lies, as long as there is one. */
    int older(int place, int at) {
        int first = firstEvent(place);
        return at == first ? first + (capacity - 1) * LONGS_PER_EVENT : at - LONGS_PER_EVENT;
    }

    long peerAt(int at) {
        return longs[at];
    }

    /** Second and detail of an event, in one word for {@link #secondOf}, {@link #detailOf} and {@link #isLast(long)}. */
    long eventAt(int at) {
        return longs[at + 1];
    }

    static int secondOf(long event) {
        return (int) (event >>> Integer.SIZE);
    }

    static int detailOf(long event) {
        return (int) event & ~OLDER;
    }

    /** Whether no newer event has the same peer. */
    static boolean isLast(long event) {
        return (int) event >= 0;
    }

    /** The peer of the event {@code back} steps before the newest, which is 0. */
    long peer(int place, int back) {
        return longs[at(place, back)];
    }

    int second(int place, int back) {
        return secondOf(eventAt(at(place, back)));
    }

    int detail(int place, int back) {
        return detailOf(eventAt(at(place, back)));
    }

    void setDetail(int place, int back, int detail) {
        int at = at(place, back) + 1;
        longs[at] = (longs[at] & ~0x7FFF_FFFFL) | detail;
    }

    private int at(int place, int back) {
        int slot = ((int) longs[stateAt(place)] & FIELD_MASK) - 1 - back;
        return firstEvent(place) + (slot < 0 ? slot + capacity : slot) * LONGS_PER_EVENT;
    }

    private int setOf(long key) {
        return Stripes.of(key) * setsPerStripe + (int) (((Mix.mix(key) >>> 32) * setsPerStripe) >>> 32);
    }

    private int firstLong(int set) {
        return LEAD + set * longsPerSet;
    }

    private int stateAt(int place) {
        return firstLong(place >>> WAY_BITS) + WAYS + (place & (WAYS - 1));
    }

    private int firstEvent(int place) {
        return firstLong(place >>> WAY_BITS) + HEAD_LONGS + (place & (WAYS - 1)) * capacity * LONGS_PER_EVENT;
    }

    /** The stripe whose keys stand at {@code place}. */
    int stripeOf(int place) {
        return (place >>> WAY_BITS) / setsPerStripe;
    }

    /** How many places there are. */
    int places() {
        return setsPerStripe * Stripes.COUNT * WAYS;
    }

    /** The key at {@code place}, 0 for none. */
    long key(int place) {
        return longs[stateAt(place) - WAYS];
    }
}
