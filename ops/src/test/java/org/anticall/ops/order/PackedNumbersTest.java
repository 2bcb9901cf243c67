package org.anticall.ops.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.anticall.ops.order.PackedNumbers.Block;
import org.anticall.rules.number.NumberList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedNumbersTest {

    private static final int MOST = PackedNumbers.MOST_IN_BLOCK;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MOST - 1, MOST, MOST + 1, 3 * MOST + 7})
    void whatWasPackedIsUnpackedBlockByBlock(int count) {
        long[] keys = keys(count);
        List<Block> blocks = PackedNumbers.pack(keys);

        assertEquals((count + MOST - 1) / MOST, blocks.size());
        long[] back = new long[keys.length];
        int at = 0;
        for (Block block : blocks) {
            PackedNumbers.unpack(block.bytes(), block.count(), back, at);
            assertEquals(back[at], block.first());
            at += block.count();
            assertEquals(back[at - 1], block.last());
        }
        assertArrayEquals(keys, back);
    }

    @Test
    void denseNumbersTakeAByteOrTwo() {
        long[] keys = new long[MOST];
        Arrays.setAll(keys, i -> PackedNumbers.key(447_700_000_000L + 20L * i, false));

        assertTrue(PackedNumbers.pack(keys).get(0).bytes().length < MOST + 10);
    }

    @Test
    void theLinesAreThoseOfTheRulesOwnForm() throws IOException {
        long[] keys = keys(1_000);
        List<NumberList.Entry> entries = new ArrayList<>();
        for (long key : keys) {
            entries.add(new NumberList.Entry(key >>> 1, (key & 1) != 0, NumberList.FOR_EVER, ""));
        }
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        new NumberList("list", entries).write(canonical);

        assertArrayEquals(canonical.toByteArray(), PackedNumbers.lines(keys));
        assertArrayEquals(new byte[0], PackedNumbers.lines(new long[0]));
    }

    @Test
    void aNumberIsMeantByItselfAndByItsBeginnings() {
        List<String> meaning = new ArrayList<>();
        for (long key : PackedNumbers.meaning(4_477L)) {
            meaning.add(PackedNumbers.text(key));
        }
        assertEquals(List.of("+4477", "+4*", "+44*", "+447*", "+4477*"), meaning);
    }

    @Test
    void damagedBlocksAreRefused() {
        byte[] whole = PackedNumbers.pack(new long[] {PackedNumbers.key(447_700_900_217L, false)})
                .get(0)
                .bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xFF);
        for (byte[] damaged : List.of(cut, more, endless)) {
            assertThrows(IllegalArgumentException.class, () -> PackedNumbers.unpack(damaged, 1, new long[1], 0));
        }
    }

    /** Numbers of all lengths and prefixes, ascending, each once; the same in every run. */
    private static long[] keys(int count) {
        Random random = new Random(7);
        long[] keys = new long[2 * count + 10];
        for (int i = 0; i < keys.length; i++) {
            long most = (long) Math.pow(10, 7 + random.nextInt(9)) - 1;
            keys[i] = PackedNumbers.key(
                    1_000_000 + (long) (random.nextDouble() * (most - 1_000_000)), random.nextInt(9) == 0);
        }
        return Arrays.copyOf(PackedNumbers.ascending(keys, keys.length), count);
    }
}
