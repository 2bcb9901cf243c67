package org.anticall.rules.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anticall.rules.number.E164;
import org.jspecify.annotations.Nullable;

/** The lines of a text in UTF-8, one after the other, as bytes in one buffer. Owned by one thread. */
final class LineBytes {

    /** Longest line in bytes, without its line feed. */
    static final int LONGEST_LINE = 64 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final int longest;
    private final byte[] buffer;
    private int limit;
    private int from;
    private int to;
    private int next;
    private int line;
    private boolean tooLong;

    LineBytes(InputStream in) {
        this(in, LONGEST_LINE);
    }

    /** @param longest line in bytes, without its line feed */
    LineBytes(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        this.buffer = new byte[2 * longest];
    }

    /** Goes on to the next line; false after the last one. */
    boolean next() throws IOException {
        if (tooLong) {
            return false;
        }
        from = next;
        int end = indexOfLineFeed(from);
        while (end < 0 && limit - from <= longest && fill()) {
            end = indexOfLineFeed(from);
        }
        if (end < 0 && from == limit) {
            return false;
        }
        to = end < 0 ? limit : end;
        tooLong = to - from > longest;
        next = end < 0 ? limit : end + 1;
        line++;
        if (line == 1 && Arrays.mismatch(BYTE_ORDER_MARK, 0, 3, buffer, 0, Math.min(3, limit)) < 0) {
            from += BYTE_ORDER_MARK.length;
        }
        return true;
    }

    /** Its number, from 1. */
    int line() {
        return line;
    }

    /** Whether the line is longer than the longest; the rest of the text is then not read. */
    boolean isTooLong() {
        return tooLong;
    }

    /** The number if the line is {@code +}, 7 to 15 digits and nothing else; otherwise {@link E164#NONE}. */
    long plainNumber() {
        int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        int digits = end - from - 1;
        if (digits < E164.MIN_DIGITS || digits > E164.MAX_DIGITS || buffer[from] != '+' || buffer[from + 1] == '0') {
            return E164.NONE;
        }
        long value = 0;
        for (int at = from + 1; at < end; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                return E164.NONE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The line as text; null if it is too long or not UTF-8. */
    @Nullable
    String text() {
        if (tooLong) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private int indexOfLineFeed(int start) {
        for (int at = start; at < limit; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** Moves what is left to the front and reads more; false at the end. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, limit - from);
        limit -= from;
        next -= from;
        from = 0;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }
}
