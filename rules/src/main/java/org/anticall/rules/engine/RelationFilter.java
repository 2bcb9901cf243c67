package org.anticall.rules.engine;

import java.util.Arrays;

/**
 * Which two numbers had something to do with each other within 45 to 90 days: two Bloom filters, of which the older is
 * emptied every 45 days. All bits of a pair lie in one line of the processor's cache, so a question reads two of them. A
 * pair may be taken for known by mistake, rarely; never for unknown. What it says counts only after 30 days of watching.
 * Not thread-safe.
 */
final class RelationFilter {

    private static final int GENERATION_SECONDS = 45 * 86_400;
    private static final int WARM_UP_SECONDS = 30 * 86_400;
    private static final int PROBES = 4;
    private static final int WORDS_PER_LINE = 8;
    private static final int BITS_PER_PROBE = 9;

    /** An array begins with a head of 16 bytes: after so many words more, lines begin where those of the cache do. */
    private static final int LEAD = 6;

    private final long[][] generations;
    private int current;
    private int bornSecond;
    private int turnedSecond;

    RelationFilter(long maxBytes) {
        int words = (int) Math.max(64, Long.highestOneBit(maxBytes / 2 / Long.BYTES));
        this.generations = new long[2][LEAD + words];
    }

    /** What it takes, bytes. */
    long bytes() {
        return 2L * words() * Long.BYTES;
    }

    /** Whether it has watched long enough to say that two numbers are strangers. */
    boolean isWarm(int now) {
        return bornSecond != 0 && now - bornSecond >= WARM_UP_SECONDS;
    }

    boolean knows(long one, long other) {
        long hash = pair(one, other);
        return contains(generations[0], hash) || contains(generations[1], hash);
    }

    /** Makes the two known to each other in the younger filter, so that they stay known when the older is emptied. */
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
            words[word(words, hash, probe)] |= bit(hash, probe);
        }
    }

    private static boolean contains(long[] words, long hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            if ((words[word(words, hash, probe)] & bit(hash, probe)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The upper bits of the hash choose a line, nine of the lower ones a bit in it for each probe. */
    private static int word(long[] words, long hash, int probe) {
        int lines = (words.length - LEAD) / WORDS_PER_LINE;
        int line = (int) (hash >>> (PROBES * BITS_PER_PROBE)) & (lines - 1);
        return LEAD + line * WORDS_PER_LINE + ((int) (hash >>> (probe * BITS_PER_PROBE + 6)) & (WORDS_PER_LINE - 1));
    }

    private static long bit(long hash, int probe) {
        return 1L << (hash >>> (probe * BITS_PER_PROBE));
    }

    private int words() {
        return generations[0].length - LEAD;
    }

    private static long pair(long one, long other) {
        return Mix.mix(Mix.mix(Math.min(one, other)) + Math.max(one, other));
    }

    void save(SavedBytes out) {
        out.putInt(bornSecond).putInt(turnedSecond).putInt(current).putInt(words());
        for (long[] words : generations) {
            for (int i = LEAD; i < words.length; i++) {
                out.putLong(words[i]);
            }
        }
    }

    void restore(SavedBytes in) {
        int born = in.getInt();
        int turned = in.getInt();
        int which = in.getInt() & 1;
        int words = in.getInt();
        boolean fits = words == words();
        for (long[] generation : generations) {
            for (int i = 0; i < words; i++) {
                long word = in.getLong();
                if (fits) {
                    generation[LEAD + i] = word;
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
