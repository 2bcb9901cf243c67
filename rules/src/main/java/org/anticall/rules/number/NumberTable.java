package org.anticall.rules.number;

import java.util.Arrays;

/**
 * A set of numbers in which each has a position from 0, for lists of any size. Immutable; look-ups allocate nothing.
 *
 * <h2>How millions fit, and are found at once</h2>
 *
 * A number below 2^50 is scrambled by a function that can be undone, so the scrambled values are spread evenly whatever the
 * numbers are. The upper 32 bits choose a line of memory, 64 bytes, that holds up to twelve numbers: of each the lower 38
 * bits, which with the line tell the whole, so nothing is taken for a member that is none. The line also says how many it
 * holds and the position of its first. Nine numbers share a line on average; who finds it full goes to the next one, three
 * lines further at most, and notes how far; the few that find no room stand in a sorted array. So nearly every look-up,
 * whatever its answer, reads one line: one miss of the cache, and one of the address table.
 *
 * <p>The line in ints: 0–11 the lower 32 bits of each number, 12 the count (4 bits) and the first position (28 bits), 13–15
 * a byte for each number: two bits for how far it is from its own line, and six more bits of it.
 *
 * <p>Small sets are a sorted array: it is as quick while it fits into the cache, and there are no half-full lines to pay for.
 */
final class NumberTable {

    /** Not in the set. */
    static final int NONE = -1;

    static final int LARGEST_SORTED = 1 << 15;

    /** The most that positions of 28 bits can tell apart. */
    static final int LARGEST = 1 << 28;

    /** With fewer lines 38 bits would not tell the numbers of one line apart. */
    private static final int FEWEST_LINES = 1 << (Scramble.BITS - 38);

    private static final int NUMBERS_PER_LINE = 9;
    private static final int CELLS = 12;
    private static final int INTS_PER_LINE = 16;
    private static final int FARTHEST = 3;
    private static final int COUNT_BITS = 4;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
    private static final int CHOOSING_SHIFT = Scramble.BITS - Integer.SIZE;
    private static final long KEPT_MASK = (1L << 38) - 1;

    /** An array begins with a head of 16 bytes: after so many ints more, lines begin where those of the cache do. */
    private static final int LEAD = 12;

    private final int size;
    private final long[] sorted;
    private final int[] ints;
    private final int lines;
    private final int placed;

    private NumberTable(long[] sorted) {
        this(sorted.length, sorted, new int[0], 0, 0);
    }

    private NumberTable(int size, long[] sorted, int[] ints, int lines, int placed) {
        this.size = size;
        this.sorted = sorted;
        this.ints = ints;
        this.lines = lines;
        this.placed = placed;
    }

    /**
     * The set of {@code numbers}.
     *
     * @param numbers ascending, none twice, each from 0 and below 2^50; not to be changed any more
     * @throws IllegalArgumentException if there are more than {@value #LARGEST}
     */
    static NumberTable of(long[] numbers) {
        if (numbers.length > LARGEST) {
            throw new IllegalArgumentException(numbers.length + " numbers, expected at most " + LARGEST);
        }
        if (numbers.length <= LARGEST_SORTED) {
            return new NumberTable(numbers);
        }
        int lines = Math.max(FEWEST_LINES, (numbers.length + NUMBERS_PER_LINE - 1) / NUMBERS_PER_LINE);
        int[] ints = new int[LEAD + (lines + FARTHEST) * INTS_PER_LINE];
        long[] homeless = new long[0];
        int without = 0;
        for (long number : numbers) {
            if (!place(ints, lines, Scramble.apply(number))) {
                homeless = without == homeless.length ? Arrays.copyOf(homeless, 2 * without + 16) : homeless;
                homeless[without++] = number;
            }
        }
        int placed = 0;
        for (int at = LEAD + CELLS; at < ints.length; at += INTS_PER_LINE) {
            int count = ints[at];
            ints[at] = placed << COUNT_BITS | count;
            placed += count;
        }
        return new NumberTable(numbers.length, Arrays.copyOf(homeless, without), ints, lines, placed);
    }

    /** Puts a number into its line or one of those after it, unless all are full. */
    private static boolean place(int[] ints, int lines, long scrambled) {
        int line = firstInt(scrambled, lines);
        for (int away = 0; away <= FARTHEST; away++, line += INTS_PER_LINE) {
            int count = ints[line + CELLS];
            if (count < CELLS) {
                ints[line + count] = (int) scrambled;
                ints[line + CELLS + 1 + (count >> 2)] |= mark(scrambled, away) << ((count & 3) << 3);
                ints[line + CELLS] = count + 1;
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** The position of {@code number}, or {@link #NONE}. */
    int find(long number) {
        if (lines == 0) {
            return findSorted(number, 0);
        }
        long scrambled = Scramble.apply(number);
        int lower = (int) scrambled;
        int line = firstInt(scrambled, lines);
        for (int away = 0; away <= FARTHEST; away++, line += INTS_PER_LINE) {
            int head = ints[line + CELLS];
            int count = head & COUNT_MASK;
            for (int cell = 0; cell < count; cell++) {
                if (ints[line + cell] == lower && markOf(line, cell) == mark(scrambled, away)) {
                    return (head >>> COUNT_BITS) + cell;
                }
            }
            if (count < CELLS) {
                return NONE;
            }
        }
        return findSorted(number, placed);
    }

    private int findSorted(long number, int first) {
        int at = Arrays.binarySearch(sorted, number);
        return at < 0 ? NONE : first + at;
    }

    /** The number at {@code position}. */
    long at(int position) {
        if (position >= placed) {
            return sorted[position - placed];
        }
        int low = 0;
        int high = lines + FARTHEST;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (ints[LEAD + middle * INTS_PER_LINE + CELLS] >>> COUNT_BITS <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return number(low, position - (ints[LEAD + low * INTS_PER_LINE + CELLS] >>> COUNT_BITS));
    }

    /** All numbers, ascending. A copy of eight bytes a number: for compiling and comparing, not for calls. */
    long[] ascending() {
        if (lines == 0) {
            return sorted.clone();
        }
        long[] numbers = Arrays.copyOf(sorted, size);
        int at = sorted.length;
        for (int line = 0; line < lines + FARTHEST; line++) {
            int count = ints[LEAD + line * INTS_PER_LINE + CELLS] & COUNT_MASK;
            for (int cell = 0; cell < count; cell++) {
                numbers[at++] = number(line, cell);
            }
        }
        Arrays.sort(numbers);
        return numbers;
    }

    /** Bytes of its arrays. */
    long bytes() {
        return 8L * sorted.length + 4L * ints.length;
    }

    /** The first int of the line that a number belongs to: its upper bits, scaled to the count of lines. */
    private static int firstInt(long scrambled, int lines) {
        return LEAD + (int) (((scrambled >>> CHOOSING_SHIFT) * lines) >>> Integer.SIZE) * INTS_PER_LINE;
    }

    private static int mark(long scrambled, int away) {
        return away << 6 | ((int) (scrambled >>> Integer.SIZE) & 0x3F);
    }

    private int markOf(int line, int cell) {
        return (ints[line + CELLS + 1 + (cell >> 2)] >>> ((cell & 3) << 3)) & 0xFF;
    }

    /** The number in a cell: the only one of its own line with these lower bits. */
    private long number(int line, int cell) {
        int at = LEAD + line * INTS_PER_LINE;
        int mark = markOf(at, cell);
        long kept = (long) (mark & 0x3F) << Integer.SIZE | (ints[at + cell] & 0xFFFF_FFFFL);
        long own = (long) line - (mark >>> 6);
        long first = (((own << Integer.SIZE) + lines - 1) / lines) << CHOOSING_SHIFT;
        long scrambled = (first & ~KEPT_MASK) | kept;
        return Scramble.undo(scrambled < first ? scrambled + KEPT_MASK + 1 : scrambled);
    }

    /** A permutation of the numbers below 2^50: multiplications with odd factors and shifts, each of which can be undone. */
    static final class Scramble {

        static final int BITS = 50;

        private static final long MASK = (1L << BITS) - 1;
        private static final int HALF = BITS / 2;
        private static final long FACTOR = 0x9E3779B97F4A7C15L;
        private static final long INVERSE = inverse(FACTOR);

        private Scramble() {}

        static long apply(long number) {
            long x = number * FACTOR & MASK;
            x ^= x >>> HALF;
            x = x * FACTOR & MASK;
            return x ^ x >>> HALF;
        }

        static long undo(long scrambled) {
            long x = scrambled ^ scrambled >>> HALF;
            x = x * INVERSE & MASK;
            x ^= x >>> HALF;
            return x * INVERSE & MASK;
        }

        /** The factor that undoes an odd {@code factor} modulo 2^64: each round of Newton's doubles the bits that are right. */
        private static long inverse(long factor) {
            long inverse = factor;
            for (int correct = 3; correct < Long.SIZE; correct *= 2) {
                inverse *= 2 - factor * inverse;
            }
            return inverse;
        }
    }
}
