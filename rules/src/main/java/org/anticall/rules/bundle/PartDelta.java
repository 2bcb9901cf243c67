package org.anticall.rules.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A text as a change of another: runs of lines to copy from the base, and bytes to put between them. Two lists in
 * ascending order of their numbers differ by little more than the lines that came and went, and so do two in any order if
 * few lines came or went at a place; any other two texts still yield a correct, if longer, change.
 *
 * <p>A change is a sequence of steps. A step is a number {@code n}, seven bits a byte, the lowest first: if {@code n} is
 * even, {@code n / 2} bytes follow and are put out; if odd, {@code n / 2} bytes are copied from the base, from the offset
 * that follows as another such number.
 */
final class PartDelta {

    /** So many lines are looked ahead for the one that would go on. */
    private static final int LINES_AHEAD = 32;

    /** Where nothing was found so often, the two texts have another order; only the order of numbers helps then. */
    private static final int MOST_IN_VAIN = 10_000;

    private PartDelta() {}

    /** The change that changes nothing of a text of {@code length} bytes. */
    static byte[] same(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, (long) length << 1 | 1);
        number(out, 0);
        return out.toByteArray();
    }

    /** The change that makes {@code target} of {@code base}. */
    static byte[] between(byte[] base, byte[] target) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int inBase = 0;
        int inTarget = 0;
        int putFrom = 0;
        int inVain = 0;
        while (inTarget < target.length && inBase < base.length) {
            int baseEnd = lineEnd(base, inBase);
            int targetEnd = lineEnd(target, inTarget);
            if (Arrays.equals(base, inBase, baseEnd, target, inTarget, targetEnd)) {
                put(out, target, putFrom, inTarget);
                int length = commonLines(base, inBase, target, inTarget);
                number(out, (long) length << 1 | 1);
                number(out, inBase);
                inBase += length;
                inTarget += length;
                putFrom = inTarget;
                continue;
            }
            boolean looks = inVain < MOST_IN_VAIN;
            int came = looks ? ahead(target, targetEnd, base, inBase, baseEnd) : 0;
            int went = looks && came == 0 ? ahead(base, baseEnd, target, inTarget, targetEnd) : 0;
            if (came > 0) {
                inTarget = came;
            } else if (went > 0) {
                inBase = went;
            } else {
                inVain++;
                if (goesBefore(base, inBase, baseEnd, target, inTarget, targetEnd)) {
                    inBase = baseEnd;
                } else {
                    inTarget = targetEnd;
                }
            }
        }
        put(out, target, putFrom, target.length);
        return out.toByteArray();
    }

    /** Applies {@code change} to {@code base}; the result has {@code length} bytes or the change is damaged. */
    static byte[] apply(byte[] base, ByteBuffer change, int length) throws DamagedBundleException {
        byte[] out = new byte[length];
        int at = 0;
        while (change.hasRemaining()) {
            long step = number(change);
            long bytes = step >>> 1;
            if (bytes > length - at) {
                throw new DamagedBundleException("a change makes more than " + length + " bytes");
            }
            if ((step & 1) == 0) {
                if (bytes > change.remaining()) {
                    throw new DamagedBundleException("a change is cut");
                }
                change.get(out, at, (int) bytes);
            } else {
                long from = number(change);
                if (from > base.length - bytes) {
                    throw new DamagedBundleException("a change copies from beyond its base");
                }
                System.arraycopy(base, (int) from, out, at, (int) bytes);
            }
            at += (int) bytes;
        }
        if (at != length) {
            throw new DamagedBundleException("a change makes " + at + " bytes, expected " + length);
        }
        return out;
    }

    /** How many bytes of whole lines both have from here on, where the first line is known to be the same. */
    private static int commonLines(byte[] base, int inBase, byte[] target, int inTarget) {
        int differ = Arrays.mismatch(base, inBase, base.length, target, inTarget, target.length);
        if (differ < 0) {
            return base.length - inBase;
        }
        while (base[inBase + differ - 1] != '\n') {
            differ--;
        }
        return differ;
    }

    /** Where in {@code text}, a few lines from {@code at} on, the line from {@code from} to {@code to} of another stands; 0 if it does not. */
    private static int ahead(byte[] text, int at, byte[] other, int from, int to) {
        int begin = at;
        for (int lines = 0; lines < LINES_AHEAD && begin < text.length; lines++) {
            int end = lineEnd(text, begin);
            if (Arrays.equals(text, begin, end, other, from, to)) {
                return begin;
            }
            begin = end;
        }
        return 0;
    }

    private static int lineEnd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, text.length);
    }

    /** Whether the line of the base stands before that of the target in a list: by number, then by bytes. */
    private static boolean goesBefore(byte[] base, int from, int to, byte[] target, int targetFrom, int targetTo) {
        long number = leadingNumber(base, from, to);
        long other = leadingNumber(target, targetFrom, targetTo);
        return number != other
                ? number < other
                : Arrays.compareUnsigned(base, from, to, target, targetFrom, targetTo) < 0;
    }

    private static long leadingNumber(byte[] text, int from, int to) {
        int at = from < to && text[from] == '+' ? from + 1 : from;
        int end = Math.min(to, at + 18);
        long value = 0;
        for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
            value = value * 10 + (text[at] - '0');
        }
        return value;
    }

    private static void put(ByteArrayOutputStream out, byte[] target, int from, int to) {
        if (to > from) {
            number(out, (long) (to - from) << 1);
            out.write(target, from, to - from);
        }
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long number(ByteBuffer in) throws DamagedBundleException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (!in.hasRemaining()) {
                break;
            }
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedBundleException("a change has a number that does not end");
    }
}
