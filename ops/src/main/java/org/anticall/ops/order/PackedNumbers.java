package org.anticall.ops.order;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers and prefixes of a long list, each a {@code long}: its E.164 digits shifted up by one, the lowest bit tells a prefix.
 * Packed they are blocks of ascending keys, each key as its distance from the one before, seven bits a byte, the lowest first: one
 * to three bytes a number, where a row of a table would take forty.
 */
public final class PackedNumbers {

    /** Keys in one block: little enough to look into one, enough that ten million numbers are two thousand rows. */
    public static final int MOST_IN_BLOCK = 4_096;

    private static final int DIGITS = 15;

    private PackedNumbers() {}

    /**
     * Some neighbours of a list.
     *
     * @param first smallest key
     * @param last largest key
     * @param count how many keys, 1 to {@link #MOST_IN_BLOCK}
     * @param bytes the keys, packed; not to be changed
     */
    public record Block(long first, long last, int count, byte[] bytes) {}

    /** The key of a number or prefix. */
    public static long key(long digits, boolean prefix) {
        return digits << 1 | (prefix ? 1 : 0);
    }

    /** As it is written in a list: {@code +447700900217}, {@code +4477009*}. */
    public static String text(long key) {
        return "+" + (key >>> 1) + ((key & 1) == 0 ? "" : "*");
    }

    /** The keys under which a list can mean a number: its own, and one for each of its beginnings. */
    public static long[] meaning(long number) {
        int digits = Long.toString(number).length();
        long[] keys = new long[digits + 1];
        keys[0] = key(number, false);
        long prefix = number;
        for (int i = digits; i > 0; i--) {
            keys[i] = key(prefix, true);
            prefix /= 10;
        }
        return keys;
    }

    /** The blocks of ascending keys, each key once. */
    public static List<Block> pack(long[] ascending) {
        List<Block> blocks = new ArrayList<>(ascending.length / MOST_IN_BLOCK + 1);
        for (int from = 0; from < ascending.length; from += MOST_IN_BLOCK) {
            int to = Math.min(ascending.length, from + MOST_IN_BLOCK);
            ByteArrayOutputStream out = new ByteArrayOutputStream(3 * (to - from));
            long before = 0;
            for (int i = from; i < to; i++) {
                long rest = ascending[i] - before;
                while (rest > 0x7F) {
                    out.write((int) (rest & 0x7F) | 0x80);
                    rest >>>= 7;
                }
                out.write((int) rest);
                before = ascending[i];
            }
            blocks.add(new Block(ascending[from], ascending[to - 1], to - from, out.toByteArray()));
        }
        return blocks;
    }

    /**
     * Unpacks a block into {@code keys} from {@code at} on.
     *
     * @throws IllegalArgumentException if the bytes are not {@code count} keys
     */
    public static void unpack(byte[] bytes, int count, long[] keys, int at) {
        int in = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long step = 0;
            int shift = 0;
            byte next;
            do {
                if (in == bytes.length || shift > 56) {
                    throw new IllegalArgumentException("a block of numbers is damaged at byte " + in);
                }
                next = bytes[in++];
                step |= (long) (next & 0x7F) << shift;
                shift += 7;
            } while (next < 0);
            before += step;
            keys[at + i] = before;
        }
        if (in != bytes.length) {
            throw new IllegalArgumentException("a block of numbers has " + (bytes.length - in) + " bytes too many");
        }
    }

    /** The same keys in ascending order, each once. Takes over the array. */
    public static long[] ascending(long[] keys, int count) {
        Arrays.sort(keys, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[kept++] = keys[i];
            }
        }
        return kept == keys.length ? keys : Arrays.copyOf(keys, kept);
    }

    /** The list as a rule set has it: a line each, in their order. */
    public static byte[] lines(long[] ascending) {
        long length = 0;
        for (long key : ascending) {
            length += 2 + (key & 1) + digits(key >>> 1);
        }
        byte[] out = new byte[Math.toIntExact(length)];
        int at = 0;
        for (long key : ascending) {
            long rest = key >>> 1;
            int digits = digits(rest);
            out[at] = '+';
            for (int place = digits; place > 0; place--) {
                out[at + place] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            at += digits + 1;
            if ((key & 1) != 0) {
                out[at++] = '*';
            }
            out[at++] = '\n';
        }
        return out;
    }

    /** How many entries such lines are. */
    public static long count(byte[] lines) {
        long count = 0;
        for (byte each : lines) {
            if (each == '\n') {
                count++;
            }
        }
        return count;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest > 9 && digits < DIGITS; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
