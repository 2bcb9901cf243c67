package org.anticall.rules.model;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PatternIndex;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of orders, an order a line, twelve fields with {@code ;} between them; in them {@code \;}, {@code \\}
 * and {@code \n} stand for a semicolon, a backslash and a new line. Empty lines and lines that start with {@code #} say
 * nothing. All problems at once, each with line and column. What many orders say alike is kept once.
 */
final class OrderTableReader {

    static final String FIELDS = "number;mode;action;from;until;basis;document;date;office;title;callees;numbers";

    /** Room for an order of the most numbers. */
    private static final int LONGEST_LINE = 256 * 1024;

    private static final int MOST_PROBLEMS = 1_000;
    private static final int COUNT = FIELDS.split(";").length;
    private static final String INSTANT = "an instant with its offset, like 2026-12-31T00:00:00+05:00";

    private final String file;
    private final List<RuleProblem> problems;
    private final List<OrderLine> lines = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private final Map<LegalBasis, LegalBasis> bases = new HashMap<>();
    private final Map<Verdict, Verdict> verdicts = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, long[]> prefixes = new HashMap<>();

    private Place place;
    private int own;
    private final String[] fields = new String[COUNT];
    private final int[] columns = new int[COUNT];

    OrderTableReader(String file, List<RuleProblem> problems) {
        this.file = file;
        this.problems = problems;
        this.place = Place.of(file);
    }

    /**
     * Takes a whole file.
     *
     * @throws IOException if {@code in} does
     */
    void takeFile(InputStream in) throws IOException {
        LineBytes bytes = new LineBytes(in, LONGEST_LINE);
        while (own < MOST_PROBLEMS && bytes.next()) {
            place = new Place(file, bytes.line(), 1);
            String text = bytes.text();
            if (text == null) {
                problem(
                        0,
                        bytes.isTooLong()
                                ? "the line has no end, expected " + FIELDS
                                : "the line is not text in UTF-8");
            } else if (!text.isBlank() && text.charAt(0) != '#' && split(text)) {
                add();
            }
        }
    }

    /** Takes one line. */
    void take(String text, Place where) {
        place = where;
        if (split(text)) {
            add();
        }
    }

    /**
     * What was taken, without the lines that are broken.
     *
     * @param digest of the file's bytes, empty if nobody knows
     */
    OrderTable table(String digest) {
        return OrderTable.of(file, digest, lines, rows);
    }

    private void add() {
        int before = own;
        long number = number();
        Mode mode = known(1, Words.MODES.get(fields[1]), "one of " + String.join(", ", Words.MODES.keySet()));
        Verdict verdict = known(2, OrderVerdicts.read(fields[2]), OrderVerdicts.EXPECTED);
        Instant from = instant(3, Validity.ALWAYS.from());
        Instant until = instant(4, Validity.ALWAYS.until());
        LegalBasis basis = basis();
        String title = text(9, "what the order is about");
        long[] callees = patterns(10, true);
        long[] patterns = patterns(11, false);
        if (own > before || mode == null || verdict == null || from == null || until == null || basis == null) {
            return;
        }
        if (!from.isBefore(until)) {
            problem(columns[4], "until " + until + " is not after from " + from);
            return;
        }
        lines.add(new OrderLine(
                number,
                mode,
                verdicts.computeIfAbsent(verdict, each -> each),
                new Validity(from, until),
                basis,
                title,
                callees,
                patterns));
        rows.add(place.line());
    }

    private long number() {
        String text = fields[0];
        if (!text.matches("[1-9][0-9]{0,7}")) {
            problem(columns[0], "'" + text + "', expected the number of an order from 1 to " + OrderLine.MAX_NUMBER);
            return 0;
        }
        long number = Long.parseLong(text);
        if (!lines.isEmpty() && lines.get(lines.size() - 1).number() >= number) {
            problem(
                    columns[0],
                    "order " + number + " after order "
                            + lines.get(lines.size() - 1).number() + ", expected them ascending, each once");
        }
        return number;
    }

    private @Nullable LegalBasis basis() {
        LegalBasis.Type type =
                known(5, Words.BASIS_TYPES.get(fields[5]), "one of " + String.join(", ", Words.BASIS_TYPES.keySet()));
        String document = text(6, "number of the document");
        String office = text(8, "who issued it");
        LocalDate date = null;
        try {
            date = LocalDate.parse(fields[7]);
        } catch (DateTimeException notADate) {
            problem(columns[7], "'" + fields[7] + "', expected the document's date like 2026-11-01");
        }
        if (type == null || date == null || document.isBlank() || office.isBlank()) {
            return null;
        }
        return bases.computeIfAbsent(new LegalBasis(type, document, date, office), each -> each);
    }

    private @Nullable Instant instant(int field, Instant open) {
        if (fields[field].isEmpty()) {
            return open;
        }
        try {
            return OffsetDateTime.parse(fields[field]).toInstant();
        } catch (DateTimeException notAnInstant) {
            problem(columns[field], "'" + fields[field] + "', expected " + INSTANT);
            return null;
        }
    }

    private String text(int field, String expected) {
        if (fields[field].isBlank()) {
            problem(columns[field], "nothing, expected " + expected);
        }
        return texts.computeIfAbsent(fields[field], each -> each);
    }

    private <T> @Nullable T known(int field, @Nullable T value, String expected) {
        if (value == null) {
            problem(columns[field], "'" + fields[field] + "', expected " + expected);
        }
        return value;
    }

    private long[] patterns(int field, boolean onlyPrefixes) {
        String text = fields[field];
        if (onlyPrefixes && text.isEmpty()) {
            return prefixes.computeIfAbsent(text, each -> new long[0]);
        }
        String[] words = text.split(" ", -1);
        if (words.length > OrderLine.MAX_PATTERNS) {
            problem(columns[field], words.length + " numbers and prefixes, expected 1 to " + OrderLine.MAX_PATTERNS);
            return new long[0];
        }
        long[] keys = new long[words.length];
        int column = columns[field];
        for (int i = 0; i < words.length; i++) {
            keys[i] = pattern(words[i], column, onlyPrefixes);
            column += words[i].length() + 1;
        }
        Arrays.sort(keys);
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] == keys[i - 1] && keys[i] != 0) {
                problem(columns[field], PatternIndex.text(keys[i]) + " for the second time, expected it once");
            }
        }
        return onlyPrefixes ? prefixes.computeIfAbsent(text, each -> keys) : keys;
    }

    private long pattern(String word, int column, boolean onlyPrefixes) {
        NumberList.Entry entry = ListReader.number(word, NumberList.FOR_EVER, "");
        if (entry == null
                || PartyNumber.kind(entry.number()) == PartyNumber.Kind.SHORT
                || (onlyPrefixes && !entry.prefix())) {
            problem(
                    column,
                    "'" + word + "', expected " + (onlyPrefixes ? "" : "a number like +77172555555 or ")
                            + "a prefix like +44207946*");
            return 0;
        }
        return PatternIndex.key(entry.number(), entry.prefix());
    }

    /** Takes the line apart; false with a problem put down if it has not as many fields as an order has. */
    private boolean split(String text) {
        int end = text.endsWith("\r") ? text.length() - 1 : text.length();
        int count = 0;
        int begin = 0;
        boolean escaped = false;
        for (int at = 0; at <= end; at++) {
            if (at < end && text.charAt(at) == OrderLine.ESCAPE) {
                escaped = true;
                at++;
            } else if (at == end || text.charAt(at) == OrderLine.SEPARATOR) {
                if (count < COUNT) {
                    String raw = text.substring(begin, Math.min(at, end));
                    fields[count] = escaped ? unescaped(raw) : raw;
                    columns[count] = begin;
                }
                count++;
                begin = at + 1;
                escaped = false;
            }
        }
        if (count != COUNT) {
            problem(0, count + " fields, expected " + COUNT + ": " + FIELDS);
        }
        return count == COUNT;
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char each = raw.charAt(at);
            if (each != OrderLine.ESCAPE || at + 1 == raw.length()) {
                text.append(each);
                continue;
            }
            char meant = raw.charAt(++at);
            text.append(meant == 'n' ? '\n' : meant == 'r' ? '\r' : meant);
        }
        return text.toString();
    }

    /** @param offset of what is wrong in the line */
    private void problem(int offset, String message) {
        own++;
        if (own <= MOST_PROBLEMS) {
            problems.add(new RuleProblem(
                    new Place(place.file(), place.line(), place.column() + offset),
                    own == MOST_PROBLEMS ? "so many problems that the rest is not told" : message));
        }
    }
}
