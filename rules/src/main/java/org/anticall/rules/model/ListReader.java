package org.anticall.rules.model;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberListBuilder;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a number list: {@code number;until;note}. The number is {@code +77172555555}, a prefix
 * {@code +44207946*}, or a short code of at most six digits. Until and note may be left out.
 *
 * <p>A line that is a bare number, as nearly all lines of long lists are, is read from its bytes, without a String.
 */
final class ListReader {

    static final String NUMBER_EXPECTED =
            "a number like +77172555555, a prefix like +44207946* or a short code of 2 to 6 digits";

    /** Problems after which a list is read no further: somebody took the wrong file. */
    static final int MOST_PROBLEMS = 1_000;

    private final String name;
    private final List<RuleProblem> problems;
    private final List<RuleProblem> own = new ArrayList<>();
    private final NumberListBuilder builder;
    private final RowPlaces places = new RowPlaces();

    ListReader(String name, List<RuleProblem> problems) {
        this.name = name;
        this.problems = problems;
        this.builder = new NumberListBuilder(name);
    }

    /**
     * Takes a whole file, with or without a byte order mark; empty lines and lines that start with {@code #} say nothing.
     *
     * @throws IOException if {@code in} does
     */
    void takeFile(String file, InputStream in) throws IOException {
        LineBytes lines = new LineBytes(in);
        while (own.size() < MOST_PROBLEMS && lines.next()) {
            long number = lines.plainNumber();
            if (number != E164.NONE) {
                places.add(file, lines.line(), 1);
                builder.add(number);
                continue;
            }
            Place place = new Place(file, lines.line(), 1);
            String text = lines.text();
            if (text == null) {
                problem(
                        place,
                        lines.isTooLong() ? "the line has no end, expected a list" : "the line is not text in UTF-8");
                continue;
            }
            String entry = text.strip();
            if (!entry.isEmpty() && entry.charAt(0) != '#') {
                take(entry, place);
            }
        }
    }

    /** Takes one line. */
    void take(String line, Place place) {
        String[] fields = line.split(";", 3);
        Long until =
                fields.length < 2 || fields[1].isBlank() ? Long.valueOf(NumberList.FOR_EVER) : until(fields[1].strip());
        if (until == null) {
            problem(place, "until is '" + fields[1].strip() + "', expected an instant like 2026-12-31T00:00:00+05:00");
            return;
        }
        String number = fields[0].strip();
        NumberList.Entry entry = number(number, until, fields.length < 3 ? "" : fields[2].strip());
        if (entry == null) {
            problem(place, "'" + number + "', expected " + NUMBER_EXPECTED);
            return;
        }
        places.add(place.file(), place.line(), place.column());
        builder.add(entry);
    }

    /** What was taken, and all problems put down in the order of the lines; an empty list if there are any. */
    NumberList list() {
        int[] twins = builder.twins(MOST_PROBLEMS);
        for (int row : twins) {
            problem(
                    places.of(row),
                    builder.entry(row).text() + " for the second time, first at " + places.of(builder.firstLike(row)));
        }
        own.sort(
                Comparator.comparingInt((RuleProblem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()));
        problems.addAll(own);
        return own.isEmpty() ? builder.build() : new NumberList(name, List.of());
    }

    /** The entry that {@code text} names, or null if it names none. */
    static NumberList.@Nullable Entry number(String text, long untilEpochMillis, String note) {
        boolean prefix = text.endsWith("*");
        String digits = prefix ? text.substring(0, text.length() - 1) : text;
        boolean international = digits.startsWith("+");
        long value = E164.parse(digits);
        if (international && value != E164.NONE && (prefix || E164.digits(value) >= E164.MIN_DIGITS)) {
            return new NumberList.Entry(value, prefix, untilEpochMillis, note);
        }
        boolean shortCode = !prefix
                && digits.length() >= 2
                && digits.length() <= 6
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return shortCode
                ? new NumberList.Entry(
                        PartyNumber.shortCode(Long.parseLong(digits), digits.length()), false, untilEpochMillis, note)
                : null;
    }

    private static @Nullable Long until(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException notAnInstant) {
            return null;
        }
    }

    private void problem(Place place, String message) {
        if (own.size() < MOST_PROBLEMS) {
            boolean last = own.size() == MOST_PROBLEMS - 1;
            own.add(new RuleProblem(
                    place, "list " + name + ": " + (last ? "so many problems that the rest is not told" : message)));
        }
    }
}
