package org.anticall.rules.engine;

import org.jspecify.annotations.Nullable;

/**
 * One series for each trunk, one for its rejects, and one for each country on it. A fixed number of them; what finds no
 * place is not counted. Not thread-safe.
 */
final class OriginTable {

    /** Stands for all calls of a trunk instead of one country's. */
    static final int ALL = 0;

    /** Stands for the rejected calls of a trunk. */
    static final int REJECTED = 1_001;

    private static final long COUNTRY_BITS = 10;

    private final long[] keys;
    private final OriginSeries[] series;
    private int size;

    OriginTable(long maxBytes) {
        int most = (int) Math.max(4, maxBytes / (OriginSeries.bytesOfOne() + 2 * Long.BYTES));
        this.keys = new long[most];
        this.series = new OriginSeries[most];
    }

    /** What it takes at most, bytes. */
    long bytes() {
        return keys.length * (OriginSeries.bytesOfOne() + 2 * Long.BYTES);
    }

    /** The series, made if it is new and there is room; null if not. */
    @Nullable
    OriginSeries of(long trunk, int country) {
        long key = (trunk << COUNTRY_BITS) | country;
        int slot = (int) (((Mix.mix(key) >>> 32) * keys.length) >>> 32);
        for (int tries = 0; tries < keys.length; tries++) {
            OriginSeries found = series[slot];
            if (found == null) {
                return make(slot, key);
            }
            if (keys[slot] == key) {
                return found;
            }
            slot = slot + 1 == keys.length ? 0 : slot + 1;
        }
        return null;
    }

    /** A quarter stays empty, so that looking for what is not there ends soon. */
    @Nullable
    private OriginSeries make(int slot, long key) {
        if (size >= keys.length - keys.length / 4) {
            return null;
        }
        size++;
        keys[slot] = key;
        OriginSeries made = new OriginSeries();
        series[slot] = made;
        return made;
    }

    void save(SavedBytes out) {
        out.putInt(size);
        for (int slot = 0; slot < keys.length; slot++) {
            OriginSeries one = series[slot];
            if (one != null) {
                out.putLong(keys[slot]);
                one.save(out);
            }
        }
    }

    void restore(SavedBytes in) {
        int saved = in.getInt();
        for (int i = 0; i < saved; i++) {
            long key = in.getLong();
            OriginSeries one = of(key >>> COUNTRY_BITS, (int) (key & ((1 << COUNTRY_BITS) - 1)));
            (one == null ? new OriginSeries() : one).restore(in);
        }
    }
}
