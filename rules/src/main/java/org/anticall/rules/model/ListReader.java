package org.anticall.rules.model;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a number list: {@code number;until;note}. The number is {@code +77172555555}, a prefix
 * {@code +44207946*}, or a short code of at most six digits. Until and note may be left out.
 */
final class ListReader {

    static final String NUMBER_EXPECTED =
            "a number like +77172555555, a prefix like +44207946* or a short code of 2 to 6 digits";

    private final String name;
    private final List<RuleProblem> problems;
    private final List<NumberList.Entry> entries = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    ListReader(String name, List<RuleProblem> problems) {
        this.name = name;
        this.problems = problems;
    }

    /** Takes a whole file, with or without a byte order mark; empty lines and lines that start with {@code #} say nothing. */
    void takeFile(String file, String text) {
        int line = 0;
        for (String content : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1)) {
            line++;
            String entry = content.strip();
            if (!entry.isEmpty() && entry.charAt(0) != '#') {
                take(entry, new Place(file, line, 1));
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
        Place first = places.putIfAbsent(entry.text(), place);
        if (first == null) {
            entries.add(entry);
        } else {
            problem(place, entry.text() + " for the second time, first at " + first);
        }
    }

    NumberList list() {
        return new NumberList(name, entries);
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
        problems.add(new RuleProblem(place, "list " + name + ": " + message));
    }
}
