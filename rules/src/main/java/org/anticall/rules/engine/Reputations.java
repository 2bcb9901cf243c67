package org.anticall.rules.engine;

/**
 * What operators found out about calls of a fingerprint: a table of fixed size, in sets of eight; a new fingerprint takes
 * the place of the one of its set that was judged least. Old findings fade: when many have been made, all are halved. Not
 * thread-safe.
 */
final class Reputations {

    private static final int WAYS = 8;
    private static final int FADE_AT = 1000;
    private static final int PERCENT = 100;
    private static final int BYTES_PER_PLACE = Long.BYTES + Integer.BYTES + Integer.BYTES;

    private final long[] fingerprints;
    private final int[] judged;
    private final int[] fraud;

    Reputations(long maxBytes) {
        int places = (int) Math.max(1, maxBytes / BYTES_PER_PLACE / WAYS) * WAYS;
        this.fingerprints = new long[places];
        this.judged = new int[places];
        this.fraud = new int[places];
    }

    long bytes() {
        return (long) fingerprints.length * BYTES_PER_PLACE;
    }

    /** Share of fraud among the judged calls, percent; -1 if fewer than {@code ofAtLeast} were judged. */
    int share(long fingerprint, int ofAtLeast) {
        int place = find(fingerprint);
        return place < 0 || judged[place] < Math.max(1, ofAtLeast) ? -1 : fraud[place] * PERCENT / judged[place];
    }

    void add(long fingerprint, boolean isFraud) {
        int place = find(fingerprint);
        if (place < 0) {
            place = leastJudged(fingerprint);
            fingerprints[place] = fingerprint;
            judged[place] = 0;
            fraud[place] = 0;
        }
        judged[place]++;
        fraud[place] += isFraud ? 1 : 0;
        if (judged[place] >= FADE_AT) {
            judged[place] /= 2;
            fraud[place] /= 2;
        }
    }

    void remove(long fingerprint) {
        int place = find(fingerprint);
        if (place >= 0) {
            fingerprints[place] = 0;
            judged[place] = 0;
            fraud[place] = 0;
        }
    }

    private int first(long fingerprint) {
        return (int) (((Mix.mix(fingerprint) >>> 32) * (fingerprints.length / WAYS)) >>> 32) * WAYS;
    }

    private int find(long fingerprint) {
        int first = first(fingerprint);
        for (int place = first; place < first + WAYS; place++) {
            if (fingerprints[place] == fingerprint) {
                return place;
            }
        }
        return -1;
    }

    private int leastJudged(long fingerprint) {
        int least = first(fingerprint);
        for (int place = least; place < first(fingerprint) + WAYS; place++) {
            if (judged[place] < judged[least]) {
                least = place;
            }
        }
        return least;
    }

    void save(SavedBytes out) {
        for (int place = 0; place < fingerprints.length; place++) {
            if (judged[place] > 0) {
                out.putLong(fingerprints[place]).putInt(judged[place]).putInt(fraud[place]);
            }
        }
        out.putLong(0);
    }

    void restore(SavedBytes in) {
        for (long fingerprint = in.getLong(); fingerprint != 0; fingerprint = in.getLong()) {
            int place = leastJudged(fingerprint);
            fingerprints[place] = fingerprint;
            judged[place] = Math.max(0, in.getInt());
            fraud[place] = Math.max(0, Math.min(judged[place], in.getInt()));
        }
    }
}
