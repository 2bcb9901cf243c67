package org.anticall.rules.number;

import java.util.Arrays;

/**
 * Who names a number: of many owners, each with numbers and prefixes of its own, those under which a number falls. A
 * look-up asks once for the number and once for each length of prefixes there are, so what it costs does not hang on
 * how many owners there are, only on how many name the same number. Immutable; look-ups allocate nothing.
 */
public final class PatternIndex {

    /** No owner: above all owners, so that the smaller of two answers is the first of both. */
    public static final int NONE = Integer.MAX_VALUE;

    /** Of no owners. */
    public static final PatternIndex EMPTY = new Builder().build();

    private static final long PREFIX = NumberListBuilder.PREFIX;

    private final NumberTable numbers;
    private final PrefixTable prefixes;
    /**
     * Where the owners of a pattern begin; those of the numbers first, those of the prefixes after them, and the end.
     */
    private final int[] begins;

    private final int[] owners;

    private PatternIndex(NumberTable numbers, PrefixTable prefixes, int[] begins, int[] owners) {
        this.numbers = numbers;
        this.prefixes = prefixes;
        this.begins = begins;
        this.owners = owners;
    }

    /**
     * A pattern as an index keeps it.
     *
     * @param digits of a complete number, or those with which many begin
     */
    public static long key(long digits, boolean prefix) {
        return digits << 1 | (prefix ? PREFIX : 0);
    }

    /** The digits of a pattern. */
    public static long digits(long key) {
        return key >>> 1;
    }

    /** Whether a pattern stands for all numbers that begin with its digits. */
    public static boolean isPrefix(long key) {
        return (key & PREFIX) != 0;
    }

    /** As it is written in a list: {@code +447700900217}, {@code +4477009*}. */
    public static String text(long key) {
        return E164.format(digits(key)) + (isPrefix(key) ? "*" : "");
    }

    /**
     * The first owner after {@code after} that names {@code e164}.
     *
     * @param after an owner, -1 for the very first
     * @return {@link #NONE} if there is no further one
     */
    public int next(long e164, int after) {
        int place = numbers.find(e164);
        int first = place == NumberTable.NONE ? NONE : firstAfter(place, after);
        int length = prefixes.longestLength(e164, E164.MAX_DIGITS);
        while (length > 0) {
            first = Math.min(first, firstAfter(prefixes.exact(E164.prefix(e164, length)), after));
            length = prefixes.longestLength(e164, length - 1);
        }
        return first;
    }

    /** Bytes of its arrays. */
    public long bytes() {
        return numbers.bytes() + prefixes.bytes() + 4L * begins.length + 4L * owners.length;
    }

    private int firstAfter(int place, int after) {
        int at = begins[place];
        int end = begins[place + 1];
        if (at < end && owners[at] <= after) {
            int found = Arrays.binarySearch(owners, at, end, after + 1);
            at = found < 0 ? -found - 1 : found;
        }
        return at < end ? owners[at] : NONE;
    }

    /** Collects patterns. Owned by one thread. */
    public static final class Builder {

        private static final int FIRST_CAPACITY = 64;

        private long[] keys = new long[FIRST_CAPACITY];
        private int[] owners = new int[FIRST_CAPACITY];
        private int rows;

        /**
         * Adds a pattern.
         *
         * @param key see {@link PatternIndex#key}
         * @param owner from 0, not below any before; it has each pattern once
         */
        public void add(long key, int owner) {
            if (rows == keys.length) {
                keys = Arrays.copyOf(keys, 2 * rows);
                owners = Arrays.copyOf(owners, 2 * rows);
            }
            keys[rows] = key;
            owners[rows++] = owner;
        }

        /** The index. */
        public PatternIndex build() {
            long[] distinct = distinct();
            long[] numbers = Arrays.stream(distinct)
                    .filter(key -> (key & PREFIX) == 0)
                    .map(key -> key >>> 1)
                    .toArray();
            long[] starts = Arrays.stream(distinct)
                    .filter(key -> (key & PREFIX) != 0)
                    .map(key -> key >>> 1)
                    .toArray();
            NumberTable table = NumberTable.of(numbers);
            int[] places = new int[starts.length];
            Arrays.setAll(places, i -> numbers.length + i);
            PrefixTable prefixes = new PrefixTable(starts, places);
            int[] placeOf = new int[rows];
            int[] begins = new int[distinct.length + 1];
            for (int row = 0; row < rows; row++) {
                long digits = keys[row] >>> 1;
                int place = (keys[row] & PREFIX) == 0 ? table.find(digits) : prefixes.exact(digits);
                placeOf[row] = place;
                begins[place + 1]++;
            }
            for (int place = 0; place < distinct.length; place++) {
                begins[place + 1] += begins[place];
            }
            int[] next = begins.clone();
            int[] ordered = new int[rows];
            for (int row = 0; row < rows; row++) {
                ordered[next[placeOf[row]]++] = owners[row];
            }
            return new PatternIndex(table, prefixes, begins, ordered);
        }

        private long[] distinct() {
            long[] sorted = Arrays.copyOf(keys, rows);
            Arrays.sort(sorted);
            int kept = 0;
            for (int i = 0; i < rows; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    sorted[kept++] = sorted[i];
                }
            }
            return Arrays.copyOf(sorted, kept);
        }
    }
}
