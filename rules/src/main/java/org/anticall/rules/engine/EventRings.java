package org.anticall.rules.engine;

/**
 * The last few events of many keys: a table of fixed size, in sets of eight places, in which a new key takes the place of
 * the key with the least to tell. A flood of keys that come once thus displaces other keys that came once, not those that
 * come often. Not thread-safe: a set holds keys of one stripe only, and whoever touches it holds that stripe.
 *
 * <p>An event is a peer, a second and a detail. Seconds are those of the clock that feeds it and never negative.
 */
final class EventRings {

    /** No such key. */
    static final int NONE = -1;

    private static final int WAYS = 8;
    private static final int BYTES_PER_EVENT = Long.BYTES + Integer.BYTES + Integer.BYTES;
    private static final int BYTES_PER_KEY = Long.BYTES + Integer.BYTES + Integer.BYTES;

    private final int setsPerStripe;
    private final int capacity;
    private final int horizonSeconds;
    private final long[] keys;
    private final int[] counts;
    private final int[] heads;
    private final long[] peers;
    private final int[] seconds;
    private final int[] details;

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
        long bytesPerSet = (long) WAYS * (BYTES_PER_KEY + (long) capacity * BYTES_PER_EVENT);
        long most = Math.min(maxBytes / bytesPerSet, Integer.MAX_VALUE / WAYS / capacity - 1);
        this.setsPerStripe = (int) Math.max(1, most / Stripes.COUNT);
        int sets = setsPerStripe * Stripes.COUNT;
        int places = sets * WAYS;
        this.keys = new long[places];
        this.counts = new int[places];
        this.heads = new int[places];
        this.peers = new long[places * capacity];
        this.seconds = new int[places * capacity];
        this.details = new int[places * capacity];
    }

    /** What it takes, bytes. */
    long bytes() {
        return (long) keys.length * (BYTES_PER_KEY + (long) capacity * BYTES_PER_EVENT);
    }

    int capacity() {
        return capacity;
    }

    /** Which set {@code key} (not 0) belongs to. */
    int setOf(long key) {
        return Stripes.of(key) * setsPerStripe + (int) (((Mix.mix(key) >>> 32) * setsPerStripe) >>> 32);
    }

    /** Where {@code key} stands, or {@link #NONE}. */
    int find(long key) {
        int first = setOf(key) * WAYS;
        for (int place = first; place < first + WAYS; place++) {
            if (keys[place] == key) {
                return place;
            }
        }
        return NONE;
    }

    /** Where {@code key} stands from now on; if it is new, the key of its set with the least to tell gives way. */
    int claim(long key, int now) {
        int first = setOf(key) * WAYS;
        int victim = first;
        long least = Long.MAX_VALUE;
        for (int place = first; place < first + WAYS; place++) {
            if (keys[place] == key) {
                return place;
            }
            long worth = worth(place, now);
            if (worth < least) {
                least = worth;
                victim = place;
            }
        }
        keys[victim] = key;
        counts[victim] = 0;
        heads[victim] = 0;
        return victim;
    }

    /** More events are worth more; of as many, newer ones. */
    private long worth(int place, int now) {
        if (keys[place] == 0 || counts[place] == 0 || now - second(place, 0) > horizonSeconds) {
            return 0;
        }
        return ((long) counts[place] << 32) + second(place, 0);
    }

    /** Forgets {@code key}. */
    void remove(long key) {
        int place = find(key);
        if (place != NONE) {
            keys[place] = 0;
            counts[place] = 0;
        }
    }

    /** Adds an event; of more than the capacity the oldest is forgotten. */
    void add(int place, long peer, int second, int detail) {
        int at = place * capacity + heads[place];
        peers[at] = peer;
        seconds[at] = second;
        details[at] = detail;
        heads[place] = heads[place] + 1 == capacity ? 0 : heads[place] + 1;
        counts[place] = Math.min(capacity, counts[place] + 1);
    }

    /** How many events the key at {@code place} has. */
    int count(int place) {
        return counts[place];
    }

    /** The peer of the event {@code back} steps before the newest, which is 0. */
    long peer(int place, int back) {
        return peers[at(place, back)];
    }

    int second(int place, int back) {
        return seconds[at(place, back)];
    }

    int detail(int place, int back) {
        return details[at(place, back)];
    }

    void setDetail(int place, int back, int detail) {
        details[at(place, back)] = detail;
    }

    private int at(int place, int back) {
        int index = heads[place] - 1 - back;
        return place * capacity + (index < 0 ? index + capacity : index);
    }

    /** The stripe whose keys stand at {@code place}. */
    int stripeOf(int place) {
        return place / WAYS / setsPerStripe;
    }

    /** How many places there are. */
    int places() {
        return keys.length;
    }

    /** The key at {@code place}, 0 for none. */
    long key(int place) {
        return keys[place];
    }
}
