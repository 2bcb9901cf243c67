package org.anticall.rules.number;

import java.util.Arrays;

/**
 * Collects the entries of a list in plain arrays, finds those that stand there twice, and builds the list. Rows are counted
 * from 0 in the order they are added. Owned by one thread; {@link #build()} ends its life.
 */
public final class NumberListBuilder {

    static final long PREFIX = 1;
    private static final int FIRST_CAPACITY = 64;

    private final String name;
    private final EntryTerms.Collector collector = new EntryTerms.Collector();
    /** A number or short code, shifted up by one; the lowest bit tells a prefix. */
    private long[] keys = new long[FIRST_CAPACITY];

    private long[] sorted = new long[0];
    private int[] terms = new int[0];
    private int rows;

    /** A builder of the list {@code name}. */
    public NumberListBuilder(String name) {
        this.name = name;
    }

    /** Adds a complete number or a short code (as {@link PartyNumber#shortCode(long, int)} packs it) without end and note. */
    public void add(long number) {
        addKey(number << 1);
    }

    /** Adds an entry. */
    public void add(NumberList.Entry entry) {
        addKey(entry.number() << 1 | (entry.prefix() ? PREFIX : 0));
        int number = collector.numberOf(entry.untilEpochMillis(), entry.note());
        if (number != EntryTerms.NONE) {
            if (terms.length < rows) {
                terms = Arrays.copyOf(terms, keys.length);
            }
            terms[rows - 1] = number;
        }
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** The number or prefix in {@code row}, without end and note. */
    public NumberList.Entry entry(int row) {
        return new NumberList.Entry(keys[row] >>> 1, (keys[row] & PREFIX) != 0, NumberList.FOR_EVER, "");
    }

    /**
     * Rows that repeat an earlier one, ascending.
     *
     * @param most how many are wanted at most
     */
    public int[] twins(int most) {
        long[] ordered = sortedKeys();
        long[] repeated = new long[Math.min(most, ordered.length)];
        int count = 0;
        for (int i = 1; i < ordered.length && count < repeated.length; i++) {
            if (ordered[i] == ordered[i - 1] && (count == 0 || repeated[count - 1] != ordered[i])) {
                repeated[count++] = ordered[i];
            }
        }
        repeated = Arrays.copyOf(repeated, count);
        return rowsThatRepeat(repeated, most);
    }

    /** The first row that has the same number or prefix as {@code row}. */
    public int firstLike(int row) {
        int first = 0;
        while (keys[first] != keys[row]) {
            first++;
        }
        return first;
    }

    /** The list; no row may repeat another. */
    public NumberList build() {
        return new NumberList(name, parts());
    }

    NumberList.Parts parts() {
        long[] sorted = sortedKeys();
        int firstCode = sorted.length;
        while (firstCode > 0 && isShortCode(sorted[firstCode - 1])) {
            firstCode--;
        }
        long[] shortCodes = Arrays.copyOfRange(sorted, firstCode, sorted.length);
        for (int i = 0; i < shortCodes.length; i++) {
            shortCodes[i] >>>= 1;
        }
        int prefixes = 0;
        for (int i = 0; i < firstCode; i++) {
            prefixes += (int) (sorted[i] & PREFIX);
        }
        long[] starts = new long[prefixes];
        long[] numbers = new long[firstCode - prefixes];
        int start = 0;
        int number = 0;
        for (int i = 0; i < firstCode; i++) {
            if ((sorted[i] & PREFIX) == 0) {
                numbers[number++] = sorted[i] >>> 1;
            } else {
                starts[start++] = sorted[i] >>> 1;
            }
        }
        NumberTable table = NumberTable.of(numbers);
        return new NumberList.Parts(table, starts, shortCodes, terms(table, starts, shortCodes), sorted);
    }

    private EntryTerms terms(NumberTable table, long[] starts, long[] shortCodes) {
        int[] ordered = new int[collector.hasAny() ? rows : 0];
        for (int row = 0; row < Math.min(rows, terms.length) && ordered.length > 0; row++) {
            if (terms[row] != EntryTerms.NONE) {
                long number = keys[row] >>> 1;
                int index;
                if (isShortCode(keys[row])) {
                    index = table.size() + starts.length + Arrays.binarySearch(shortCodes, number);
                } else if ((keys[row] & PREFIX) != 0) {
                    index = table.size() + Arrays.binarySearch(starts, number);
                } else {
                    index = table.find(number);
                }
                ordered[index] = terms[row];
            }
        }
        return collector.build(ordered);
    }

    private int[] rowsThatRepeat(long[] repeated, int most) {
        int[] found = new int[most];
        int count = 0;
        boolean[] seen = new boolean[repeated.length];
        for (int row = 0; row < rows && count < most && repeated.length > 0; row++) {
            int at = Arrays.binarySearch(repeated, keys[row]);
            if (at >= 0 && seen[at]) {
                found[count++] = row;
            } else if (at >= 0) {
                seen[at] = true;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** In the order of a canonical list. Whether rows repeat is asked before the list is built, so they are sorted once. */
    private long[] sortedKeys() {
        if (sorted.length != rows) {
            sorted = Arrays.copyOf(keys, rows);
            Arrays.sort(sorted);
        }
        return sorted;
    }

    private void addKey(long key) {
        if (rows == keys.length) {
            keys = Arrays.copyOf(keys, rows + (rows >> 1));
        }
        keys[rows++] = key;
    }

    /** Short codes are packed above all numbers. */
    static boolean isShortCode(long key) {
        return PartyNumber.kind(key >>> 1) == PartyNumber.Kind.SHORT;
    }
}
