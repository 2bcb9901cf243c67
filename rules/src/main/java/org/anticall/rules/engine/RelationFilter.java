package org.anticall.rules.engine;

import java.util.Arrays;

/**
 * Which two numbers had something to do with each other within 45 to 90 days: two Bloom filters, of which the older is
 * emptied every 45 days. A pair may be taken for known by mistake, rarely; never for unknown. What it says counts only
 * after 30 days of watching. Not thread-safe.
 */
final class RelationFilter {

    private static final int GENERATION_SECONDS = 45 * 86_400;
    private static final int WARM_UP_SECONDS = 30 * 86_400;
    private static final int PROBES = 4;

    private final long[][] generations;
    private int current;
    private int bornSecond;
    private int turnedSecond;

    RelationFilter(long maxBytes) {
        int words = (int) Math.max(64, Long.highestOneBit(maxBytes / 2 / Long.BYTES));
        this.generations = new long[2][words];
    }

    /** What it takes, bytes. */
    long bytes() {
        return 2L * generations[0].length * Long.BYTES;
    }

    /** Whether it has watched long enough to say that two numbers are strangers. */
    boolean isWarm(int now) {
        return bornSecond != 0 && now - bornSecond >= WARM_UP_SECONDS;
    }

    boolean knows(long one, long other) {
        long hash = pair(one, other);
        return contains(generations[0], hash) || contains(generations[1], hash);
    }

    void add(long one, long other, int now) {
        if (bornSecond == 0) {
            bornSecond = now;
            turnedSecond = now;
        }
        if (now - turnedSecond >= GENERATION_SECONDS) {
            current = 1 - current;
            Arrays.fill(generations[current], 0);
            turnedSecond = now;
        }
        long hash = pair(one, other);
        long[] words = generations[current];
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(hash, probe);
            words[(int) (bit >>> 6) & (words.length - 1)] |= 1L << bit;
        }
    }

    private static boolean contains(long[] words, long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            long bit = bit(hash, probe);
            if ((words[(int) (bit >>> 6) & (words.length - 1)] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static long bit(long hash, int probe) {
        return Mix.mix(hash + probe);
    }

    private static long pair(long one, long other) {
        return Mix.mix(Math.min(one, other)) * 31 + Math.max(one, other);
    }

    void save(SavedBytes out) {
        out.putInt(bornSecond).putInt(turnedSecond).putInt(current).putInt(generations[0].length);
        for (long[] words : generations) {
            for (long word : words) {
                out.putLong(word);
            }
        }
    }

    void restore(SavedBytes in) {
        int born = in.getInt();
        int turned = in.getInt();
        int which = in.getInt() & 1;
        int words = in.getInt();
        boolean fits = words == generations[0].length;
        for (long[] generation : generations) {
            for (int i = 0; i < words; i++) {
                long word = in.getLong();
                if (fits) {
                    generation[i] = word;
                }
            }
        }
        if (fits) {
            bornSecond = born;
            turnedSecond = turned;
            current = which;
        }
    }
}
