package org.anticall.rules.number;

import java.util.Arrays;

/**
 * A set of numbers in which each has a position from 0, for lists of any size. Immutable; look-ups allocate nothing.
 *
 * <h2>How millions fit</h2>
 *
 * A number below 2^50 is scrambled by a function that can be undone, so the scrambled values are spread evenly whatever the
 * numbers are. Their upper bits choose a bucket, and only the lower 32 or fewer bits are kept, as an {@code int}: four bytes
 * a number, and four bytes for a bucket of four to eight of them. Nothing is lost, so nothing is taken for a member that is
 * none. A look-up reads two neighbouring bucket ends and the few numbers between them: two places in memory.
 *
 * <p>Small sets are a sorted array: it is as quick while it fits into the cache, and there is no bucket to pay for.
 */
final class NumberTable {

    /** Not in the set. */
    static final int NONE = -1;

    static final int LARGEST_SORTED = 1 << 14;

    private static final int FEWEST_BUCKET_BITS = Scramble.BITS - Integer.SIZE;

    private final int size;
    private final long[] sorted;
    private final int[] ends;
    private final int[] rests;
    private final int restBits;

    private NumberTable(int size, long[] sorted, int[] ends, int[] rests, int restBits) {
        this.size = size;
        this.sorted = sorted;
        this.ends = ends;
        this.rests = rests;
        this.restBits = restBits;
    }

    /**
     * The set of {@code numbers}.
     *
     * @param numbers ascending, none twice, each from 0 and below 2^50; overwritten
     */
    static NumberTable of(long[] numbers) {
        if (numbers.length <= LARGEST_SORTED) {
            return new NumberTable(numbers.length, numbers, new int[0], new int[0], 0);
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Scramble.apply(numbers[i]);
        }
        // One thread on purpose: those of a gateway have calls to judge while a list is compiled.
        Arrays.sort(numbers);
        int bucketBits =
                Math.max(FEWEST_BUCKET_BITS, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(numbers.length / 4));
        int restBits = Scramble.BITS - bucketBits;
        int[] ends = new int[(1 << bucketBits) + 1];
        int[] rests = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            ends[(int) (numbers[i] >>> restBits) + 1] = i + 1;
            rests[i] = (int) numbers[i];
        }
        for (int bucket = 1; bucket < ends.length; bucket++) {
            ends[bucket] = Math.max(ends[bucket], ends[bucket - 1]);
        }
        return new NumberTable(numbers.length, new long[0], ends, rests, restBits);
    }

    int size() {
        return size;
    }

    /** The position of {@code number}, or {@link #NONE}. */
    int find(long number) {
        if (rests.length == 0) {
            int at = Arrays.binarySearch(sorted, number);
            return at < 0 ? NONE : at;
        }
        long scrambled = Scramble.apply(number);
        int bucket = (int) (scrambled >>> restBits);
        // The upper bits that an int keeps of the bucket are the same for all of a bucket.
        int rest = (int) scrambled;
        int end = ends[bucket + 1];
        for (int at = ends[bucket]; at < end; at++) {
            if (rests[at] == rest) {
                return at;
            }
        }
        return NONE;
    }

    /** The number at {@code position}. */
    long at(int position) {
        if (rests.length == 0) {
            return sorted[position];
        }
        int low = 0;
        int high = ends.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return number(low, position);
    }

    /** All numbers, ascending. A copy of eight bytes a number: for compiling and comparing, not for calls. */
    long[] ascending() {
        if (rests.length == 0) {
            return sorted.clone();
        }
        long[] numbers = new long[size];
        for (int bucket = 0; bucket + 1 < ends.length; bucket++) {
            for (int at = ends[bucket]; at < ends[bucket + 1]; at++) {
                numbers[at] = number(bucket, at);
            }
        }
        Arrays.sort(numbers);
        return numbers;
    }

    /** Bytes of its arrays. */
    long bytes() {
        return 8L * sorted.length + 4L * ends.length + 4L * rests.length;
    }

    private long number(int bucket, int position) {
        long restMask = (1L << restBits) - 1;
        return Scramble.undo((long) bucket << restBits | (rests[position] & restMask));
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
