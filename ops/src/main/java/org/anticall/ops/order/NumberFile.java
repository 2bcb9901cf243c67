package org.anticall.ops.order;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A file of numbers, one a line: {@code +447700900217} or a prefix {@code +4477009*}. What follows a semicolon or comma is for
 * people and is not read; empty lines, lines that begin with {@code #} and a heading {@code number} say nothing. Lines end with
 * LF, CR LF or CR. Every line is checked; read as a stream, a million lines in a second. One reading, one thread.
 */
public final class NumberFile {

    /** Most numbers that one file may have. */
    public static final int MOST_NUMBERS = 10_000_000;

    /** Problems that are told one by one; further ones are counted. */
    static final int MOST_PROBLEMS = 200;

    private static final int LEAST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;
    private static final int LONGEST_LINE = 1_000;
    private static final int LONGEST_SHOWN = 40;
    private static final int TELL_EVERY = 10_000;

    private final InputStream in;
    private final IntConsumer progress;
    private final byte[] buffer = new byte[64 * 1024];
    private final byte[] line = new byte[LONGEST_LINE];
    private final List<Problem> problems = new ArrayList<>();
    private long[] keys = new long[1_024];
    private int count;
    private int problemCount;

    private NumberFile(InputStream in, IntConsumer progress) {
        this.in = in;
        this.progress = progress;
    }

    /**
     * What is wrong with a line.
     *
     * @param line of the file from 1
     * @param value what stands there, cut if it is long
     * @param word key of the sentence in the reader's language
     * @param expected what should stand there, in English
     */
    public record Problem(int line, String value, String word, String expected) {}

    /**
     * What a file holds.
     *
     * @param keys its numbers as {@link PackedNumbers} has them, ascending, each once; not to be changed
     * @param lines how many lines it has
     * @param doubles how many numbers stand there again
     * @param problems the first of what is wrong
     * @param problemCount how many lines are wrong
     */
    public record Read(long[] keys, int lines, int doubles, List<Problem> problems, int problemCount) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a file to its end.
     *
     * @param progress is told the number of lines read, now and then and at the end
     * @throws IOException if {@code in} does
     */
    public static Read of(InputStream in, IntConsumer progress) throws IOException {
        return new NumberFile(in, progress).read();
    }

    private Read read() throws IOException {
        int lines = 0;
        int length = 0;
        boolean open = false;
        boolean wasReturn = false;
        int got;
        while ((got = in.read(buffer)) >= 0) {
            for (int i = 0; i < got; i++) {
                byte b = buffer[i];
                boolean isRestOfEnd = b == '\n' && wasReturn;
                wasReturn = b == '\r';
                if (isRestOfEnd) {
                    continue;
                }
                if (b == '\n' || b == '\r') {
                    take(++lines, length);
                    length = 0;
                    open = false;
                    if (lines % TELL_EVERY == 0) {
                        progress.accept(lines);
                    }
                } else {
                    open = true;
                    if (length < LONGEST_LINE) {
                        line[length++] = b;
                    }
                }
            }
        }
        if (open) {
            take(++lines, length);
        }
        progress.accept(lines);
        int all = count;
        long[] ascending = PackedNumbers.ascending(keys, count);
        return new Read(ascending, lines, all - ascending.length, problems, problemCount);
    }

    private void take(int number, int length) {
        int from = number == 1 && startsWithMark(length) ? 3 : 0;
        int to = from;
        while (to < length && line[to] != ';' && line[to] != ',') {
            to++;
        }
        boolean isAll = to == length;
        while (to > from && isBlank(line[to - 1])) {
            to--;
        }
        while (from < to && isBlank(line[from])) {
            from++;
        }
        if ((from == to && isAll) || (from < length && line[from] == '#')) {
            return;
        }
        long key = key(from, to);
        if (key > 0) {
            add(number, from, to, key);
        } else if (number > 1 || !text(from, to).equalsIgnoreCase("number")) {
            problem(number, from, to, "number-line", "a number such as +447700900217 or a prefix such as +4477009*");
        }
    }

    private void add(int number, int from, int to, long key) {
        boolean prefix = (key & 1) != 0;
        if (prefix && BreadthGuard.isShort(Long.toString(key >>> 1))) {
            problem(
                    number,
                    from,
                    to,
                    "broad",
                    "country code and three digits or more; a shorter one is an order of its own");
        } else if (count == MOST_NUMBERS) {
            problem(number, from, to, "too-many-lines", "at most " + MOST_NUMBERS + " numbers in one file");
        } else {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
            }
            keys[count++] = key;
        }
    }

    /** The key of the number or prefix that stands there, 0 if there is none. */
    private long key(int from, int to) {
        boolean prefix = to > from && line[to - 1] == '*';
        int end = prefix ? to - 1 : to;
        int digits = end - from - 1;
        if (digits < (prefix ? 1 : LEAST_DIGITS)
                || digits > (prefix ? MOST_DIGITS - 1 : MOST_DIGITS)
                || line[from] != '+'
                || line[from + 1] == '0') {
            return 0;
        }
        long value = 0;
        for (int i = from + 1; i < end; i++) {
            if (line[i] < '0' || line[i] > '9') {
                return 0;
            }
            value = 10 * value + line[i] - '0';
        }
        return PackedNumbers.key(value, prefix);
    }

    private void problem(int number, int from, int to, String word, String expected) {
        problemCount++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(number, text(from, Math.min(to, from + LONGEST_SHOWN)), word, expected));
        }
    }

    private String text(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "·");
    }

    private boolean startsWithMark(int length) {
        return length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '"';
    }
}
