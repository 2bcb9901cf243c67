package org.anticall.rules.model;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the conditions on the home country's clock and calendar. */
final class CalendarReader {

    private static final String TIME = "a time of day like 09:00..18:00";
    private static final String WEEKDAY = "a day like mon or days like mon..fri";
    private static final String DATE = "a date like 2026-12-31 or dates like 2026-12-16..2026-12-18";
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int MINUTES_OF_DAY = 1440;

    private CalendarReader() {}

    static List<Condition> time(YamlNode node) {
        List<Condition> spans = new ArrayList<>();
        for (YamlNode item : node.items()) {
            String text = item.text(TIME);
            if (text == null) {
                continue;
            }
            int dots = text.indexOf("..");
            int from = dots < 0 ? -1 : minute(text.substring(0, dots));
            int until = dots < 0 ? -1 : minute(text.substring(dots + 2));
            if (from < 0 || from == MINUTES_OF_DAY || until < 0 || from == until) {
                item.problem("'" + text + "', expected " + TIME);
            } else {
                spans.add(new Condition.AtTime(from, until));
            }
        }
        return spans.size() < 2 ? spans : List.of(new Condition.Any(spans));
    }

    static List<Condition> weekday(YamlNode node) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (YamlNode item : node.items()) {
            String text = item.text(WEEKDAY);
            if (text != null && !addDays(text, days)) {
                item.problem("'" + text + "', expected " + WEEKDAY);
            }
        }
        return List.of(new Condition.OnWeekday(days));
    }

    static List<Condition> date(YamlNode node) {
        List<Condition.DateSpan> spans = new ArrayList<>();
        for (YamlNode item : node.items()) {
            String text = item.text(DATE);
            Condition.DateSpan span = text == null ? null : dates(text);
            if (span != null && !spans.contains(span)) {
                spans.add(span);
            } else if (span == null && text != null) {
                item.problem("'" + text + "', expected " + DATE);
            }
        }
        return List.of(new Condition.OnDate(spans));
    }

    /** How a minute of the day is written. */
    static String clock(int minute) {
        return (minute < 600 ? "0" : "") + minute / 60 + (minute % 60 < 10 ? ":0" : ":") + minute % 60;
    }

    /** How a day of the week is written. */
    static String word(DayOfWeek day) {
        return DAYS.get(day.ordinal());
    }

    private static boolean addDays(String text, Set<DayOfWeek> days) {
        int dots = text.indexOf("..");
        int first = DAYS.indexOf(dots < 0 ? text : text.substring(0, dots));
        int last = dots < 0 ? first : DAYS.indexOf(text.substring(dots + 2));
        if (first < 0 || last < 0) {
            return false;
        }
        for (int day = first; ; day = (day + 1) % DAYS.size()) {
            days.add(DayOfWeek.of(day + 1));
            if (day == last) {
                return true;
            }
        }
    }

    private static Condition.@Nullable DateSpan dates(String text) {
        int dots = text.indexOf("..");
        try {
            LocalDate first = LocalDate.parse(dots < 0 ? text : text.substring(0, dots));
            LocalDate last = dots < 0 ? first : LocalDate.parse(text.substring(dots + 2));
            return last.isBefore(first) ? null : new Condition.DateSpan(first, last);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static int minute(String text) {
        if (!text.matches("[0-2][0-9]:[0-5][0-9]")) {
            return -1;
        }
        int minute = Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
        return minute <= MINUTES_OF_DAY ? minute : -1;
    }
}
