package org.anticall.rules.number;

import java.util.Map;

/**
 * Longest-prefix search over decimal numbers, in one open-addressed hash table. No key starts with 0, so a prefix and its
 * decimal value determine each other and prefixes of all lengths share the table; one bit per length tells which lengths
 * are worth a probe.
 *
 * <p>Immutable; look-ups allocate nothing.
 */
public final class PrefixTable {

    /** Nothing found. */
    public static final int NONE = -1;

    public static final PrefixTable EMPTY = new PrefixTable(Map.of());

    private final long[] prefixes;
    private final int[] values;
    private final int lengths;

    /** A table of {@code entries}: prefix (1 to 15 digits) to value (not negative). */
    public PrefixTable(Map<Long, Integer> entries) {
        int capacity = Integer.highestOneBit(Math.max(2, entries.size() * 2)) << 1;
        this.prefixes = new long[capacity];
        this.values = new int[capacity];
        int present = 0;
        for (Map.Entry<Long, Integer> entry : entries.entrySet()) {
            long prefix = entry.getKey();
            if (prefix < 1 || E164.digits(prefix) > E164.MAX_DIGITS || entry.getValue() < 0) {
                throw new IllegalArgumentException("no prefix of 1 to 15 digits with a value from 0: " + entry);
            }
            int slot = slotOf(prefix);
            prefixes[slot] = prefix;
            values[slot] = entry.getValue();
            present |= 1 << E164.digits(prefix);
        }
        this.lengths = present;
    }

    /** The value of the longest prefix of {@code number} in the table, or {@link #NONE}. */
    public int longest(long number) {
        return longest(number, E164.MAX_DIGITS);
    }

    /** The value of the longest prefix of {@code number} of at most {@code digits} digits, or {@link #NONE}. */
    public int longest(long number, int digits) {
        int length = E164.digits(number);
        for (long prefix = number; length > 0; prefix /= 10, length--) {
            if (length <= digits && (lengths & (1 << length)) != 0) {
                int value = exact(prefix);
                if (value != NONE) {
                    return value;
                }
            }
        }
        return NONE;
    }

    /** Digits of the longest prefix of {@code number} of at most {@code digits} digits in the table, 0 for none. */
    public int longestLength(long number, int digits) {
        int length = E164.digits(number);
        for (long prefix = number; length > 0; prefix /= 10, length--) {
            if (length <= digits && (lengths & (1 << length)) != 0 && exact(prefix) != NONE) {
                return length;
            }
        }
        return 0;
    }

    /** The value of {@code prefix} itself, or {@link #NONE}. */
    public int exact(long prefix) {
        if (prefix == E164.NONE) {
            return NONE;
        }
        int slot = slotOf(prefix);
        return prefixes[slot] == prefix ? values[slot] : NONE;
    }

    private int slotOf(long prefix) {
        int mask = prefixes.length - 1;
        int slot = (int) ((prefix * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (prefixes[slot] != 0 && prefixes[slot] != prefix) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
