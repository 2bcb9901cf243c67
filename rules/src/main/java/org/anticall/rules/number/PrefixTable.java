package org.anticall.rules.number;

import java.util.Map;

/**
 * Longest-prefix search over decimal numbers, in one open-addressed hash table. No key starts with 0, so a prefix and its
 * decimal value determine each other and prefixes of all lengths share the table. For the numbers that begin with the same
 * three digits one bit per length tells which lengths are worth a probe: mostly none, or two or three.
 *
 * <p>Immutable; look-ups allocate nothing.
 */
public final class PrefixTable {

    /** Nothing found. */
    public static final int NONE = -1;

    public static final PrefixTable EMPTY = new PrefixTable(Map.of());

    private static final int LEAD_DIGITS = 3;
    private static final int LEADS = 1_000;

    private final long[] prefixes;
    private final int[] values;
    private final char[] lengthsByLead = new char[LEADS];
    private final int shortLengths;

    /** A table of {@code entries}: prefix (1 to 15 digits) to value (not negative). */
    public PrefixTable(Map<Long, Integer> entries) {
        this(
                entries.keySet().stream().mapToLong(Long::longValue).toArray(),
                entries.values().stream().mapToInt(Integer::intValue).toArray());
    }

    /** A table of {@code prefixes} (1 to 15 digits, none twice) and the values (not negative) in the same places. */
    PrefixTable(long[] prefixes, int[] values) {
        int capacity = Integer.highestOneBit(Math.max(2, prefixes.length * 2)) << 1;
        this.prefixes = new long[capacity];
        this.values = new int[capacity];
        int belowLead = 0;
        for (int i = 0; i < prefixes.length; i++) {
            long prefix = prefixes[i];
            int digits = E164.digits(prefix);
            if (prefix < 1 || digits > E164.MAX_DIGITS || values[i] < 0) {
                throw new IllegalArgumentException(
                        "no prefix of 1 to 15 digits with a value from 0: " + prefix + "=" + values[i]);
            }
            int slot = slotOf(prefix);
            this.prefixes[slot] = prefix;
            this.values[slot] = values[i];
            if (digits < LEAD_DIGITS) {
                belowLead |= 1 << digits;
            }
            markLeads(prefix, digits);
        }
        this.shortLengths = belowLead;
    }

    /** The value of the longest prefix of {@code number} in the table, or {@link #NONE}. */
    public int longest(long number) {
        return longest(number, E164.MAX_DIGITS);
    }

    /** The value of the longest prefix of {@code number} of at most {@code digits} digits, or {@link #NONE}. */
    public int longest(long number, int digits) {
        int length = longestLength(number, digits);
        return length == 0 ? NONE : exact(E164.prefix(number, length));
    }

    /** Digits of the longest prefix of {@code number} of at most {@code digits} digits in the table, 0 for none. */
    public int longestLength(long number, int digits) {
        int numberDigits = E164.digits(number);
        int most = Math.min(digits, numberDigits);
        int lengths = lengths(number, numberDigits) & ((2 << most) - 1);
        while (lengths != 0) {
            int length = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(lengths);
            if (exact(E164.prefix(number, length)) != NONE) {
                return length;
            }
            lengths &= ~(1 << length);
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

    /** Bytes of its arrays. */
    long bytes() {
        return 12L * prefixes.length + 2L * LEADS;
    }

    /** One bit for each length that a prefix of {@code number} can have. */
    private int lengths(long number, int digits) {
        return digits < LEAD_DIGITS ? shortLengths : lengthsByLead[(int) E164.prefix(number, LEAD_DIGITS)];
    }

    private void markLeads(long prefix, int digits) {
        int first = (int) prefix;
        int last = first;
        if (digits >= LEAD_DIGITS) {
            first = (int) E164.prefix(prefix, LEAD_DIGITS);
            last = first;
        }
        for (int missing = digits; missing < LEAD_DIGITS; missing++) {
            first = first * 10;
            last = last * 10 + 9;
        }
        for (int lead = first; lead <= last; lead++) {
            lengthsByLead[lead] |= (char) (1 << digits);
        }
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
