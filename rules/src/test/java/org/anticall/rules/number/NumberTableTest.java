package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.anticall.rules.number.NumberTable.Scramble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTableTest {

    private static final long LARGEST = (1L << Scramble.BITS) - 1;

    @Property
    void scramblingIsUndone(@ForAll @LongRange(min = 0, max = LARGEST) long number) {
        long scrambled = Scramble.apply(number);

        assertTrue(scrambled >= 0 && scrambled <= LARGEST);
        assertEquals(number, Scramble.undo(scrambled));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                2,
                NumberTable.LARGEST_SORTED - 1,
                NumberTable.LARGEST_SORTED,
                NumberTable.LARGEST_SORTED + 1,
                300_000
            })
    void everyMemberHasItsOwnPositionAndNobodyElseHasOne(int size) {
        long[] numbers = random(size);

        NumberTable table = NumberTable.of(numbers.clone());

        BitSet positions = new BitSet();
        for (long number : numbers) {
            int position = table.find(number);
            assertEquals(number, table.at(position));
            positions.set(position);
        }
        assertEquals(size, positions.cardinality());
        assertEquals(size, table.size());
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long stranger = random.nextLong() & LARGEST;
            if (Arrays.binarySearch(numbers, stranger) < 0) {
                assertEquals(NumberTable.NONE, table.find(stranger));
            }
        }
        assertArrayEquals(numbers, table.ascending());
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000L, 77_170_000_000L, 999_999_000_000_000L})
    void aBlockOfNeighboursIsAsGoodAsAnyOther(long first) {
        long[] block = LongStream.range(first, first + 100_000).toArray();

        NumberTable table = NumberTable.of(block.clone());

        for (long number : block) {
            assertEquals(number, table.at(table.find(number)));
        }
        assertEquals(NumberTable.NONE, table.find(first - 1));
        assertEquals(NumberTable.NONE, table.find(first + block.length));
    }

    @Test
    void linesThatOverflowKeepEveryNumber() {
        // Numbers that all belong to the first of 4,096 lines, far more than its neighbourhood has room for.
        long[] crowd = LongStream.range(0, 200)
                .map(i -> Scramble.undo(i << 7 | i % 3))
                .sorted()
                .toArray();
        long[] numbers = LongStream.concat(
                        Arrays.stream(crowd),
                        Arrays.stream(random(NumberTable.LARGEST_SORTED))
                                .filter(n -> Arrays.binarySearch(crowd, n) < 0))
                .sorted()
                .toArray();

        NumberTable table = NumberTable.of(numbers.clone());

        BitSet positions = new BitSet();
        for (long number : numbers) {
            int position = table.find(number);
            assertEquals(number, table.at(position));
            positions.set(position);
        }
        assertEquals(numbers.length, positions.cardinality());
        for (int i = 0; i < 200; i++) {
            long stranger = Scramble.undo((long) i << 7 | 3 + i % 3);
            assertEquals(NumberTable.NONE, table.find(stranger));
        }
        assertArrayEquals(numbers, table.ascending());
    }

    @Test
    void amongMillionsANumberTakesLessThanEightBytes() {
        NumberTable table = NumberTable.of(
                LongStream.range(0, 2_000_000).map(i -> 77_000_000_000L + 3 * i).toArray());

        assertTrue(table.bytes() < 8L * table.size(), () -> table.bytes() + " bytes for " + table.size());
    }

    private static long[] random(int size) {
        return new Random(size)
                .longs(0, LARGEST)
                .distinct()
                .limit(size)
                .sorted()
                .toArray();
    }
}
