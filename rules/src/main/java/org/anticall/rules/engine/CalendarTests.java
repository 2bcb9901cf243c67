package org.anticall.rules.engine;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.anticall.rules.call.CallFacts;

/** Tests that look at the home country's clock and calendar. */
public final class CalendarTests {

    private CalendarTests() {}

    /** The time of day is from {@code fromMinute} to before {@code untilMinute}, past midnight if that is the earlier one. */
    public static Test time(HomeClock clock, int fromMinute, int untilMinute) {
        return new AtTime(clock, fromMinute, untilMinute);
    }

    /** The day of the week is one of {@code days}. */
    public static Test weekday(HomeClock clock, Set<DayOfWeek> days) {
        int mask = 0;
        for (DayOfWeek day : days) {
            mask |= 1 << day.ordinal();
        }
        return new OnWeekday(clock, mask);
    }

    /**
     * The date lies in one of the spans.
     *
     * @param firstDays first days, since 1970-01-01
     * @param lastDays last days, as many
     */
    public static Test date(HomeClock clock, List<Long> firstDays, List<Long> lastDays) {
        return new OnDate(clock, longs(firstDays), longs(lastDays));
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private record AtTime(HomeClock clock, int fromMinute, int untilMinute) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            int minute = clock.minuteOfDay(facts.atEpochMillis());
            return Truth.of(
                    fromMinute < untilMinute
                            ? minute >= fromMinute && minute < untilMinute
                            : minute >= fromMinute || minute < untilMinute);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            String found = "it is " + written(clock.minuteOfDay(facts.atEpochMillis())) + " at home";
            String wanted = "between " + written(fromMinute) + " and " + written(untilMinute);
            return found + (holds(facts, classes) == Truth.TRUE ? ", " : ", not ") + wanted;
        }

        private static String written(int minute) {
            return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
        }
    }

    private record OnWeekday(HomeClock clock, int mask) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return Truth.of(((mask >>> clock.weekday(facts.atEpochMillis())) & 1) != 0);
        }

        @Override
        public String why(CallFacts facts, long classes) {
            String day = DayOfWeek.of(clock.weekday(facts.atEpochMillis()) + 1).name();
            return "it is " + day.charAt(0) + day.substring(1).toLowerCase(Locale.ROOT) + " at home";
        }
    }

    private record OnDate(HomeClock clock, long[] firstDays, long[] lastDays) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            long day = clock.epochDay(facts.atEpochMillis());
            for (int i = 0; i < firstDays.length; i++) {
                if (day >= firstDays[i] && day <= lastDays[i]) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return "it is " + LocalDate.ofEpochDay(clock.epochDay(facts.atEpochMillis())) + " at home";
        }
    }
}
