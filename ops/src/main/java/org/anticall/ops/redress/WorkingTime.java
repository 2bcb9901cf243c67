package org.anticall.ops.redress;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * A clock that stands still on a country's weekend and holidays: two working days from Friday 15:00 end on Tuesday 15:00, from
 * any moment of Saturday or Sunday on Tuesday at midnight, the end of it. Which days are holidays differs from year to year, so
 * the centre's configuration names them; a day that nobody named is a working day, and a deadline that is too early hurts nobody.
 *
 * @param zone the country's time, one zone and no summer time
 * @param weekend days of rest in every week
 * @param holidays other days of rest
 */
public record WorkingTime(ZoneOffset zone, Set<DayOfWeek> weekend, Set<LocalDate> holidays) {

    private static final Set<DayOfWeek> SATURDAY_AND_SUNDAY = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /** Kazakhstan: UTC+5, one zone and no summer time since 2024-03-01. */
    public static final WorkingTime KZ = new WorkingTime(ZoneOffset.ofHours(5), SATURDAY_AND_SUNDAY, Set.of());

    /** Belarus: UTC+3. */
    public static final WorkingTime BY = new WorkingTime(ZoneOffset.ofHours(3), SATURDAY_AND_SUNDAY, Set.of());

    private static final Map<String, WorkingTime> KNOWN = Map.of("KZ", KZ, "BY", BY);

    public WorkingTime {
        weekend = Set.copyOf(weekend);
        holidays = Set.copyOf(holidays);
        if (weekend.size() == DayOfWeek.values().length) {
            throw new IllegalArgumentException("a week without a working day");
        }
    }

    /**
     * The country's working time without its holidays.
     *
     * @param home ISO 3166-1 alpha-2 code
     * @throws IllegalArgumentException if nobody has told its weekend
     */
    public static WorkingTime of(String home) {
        WorkingTime known = KNOWN.get(home);
        if (known == null) {
            throw new IllegalArgumentException(
                    "no working time for home country '" + home + "', known: " + KNOWN.keySet());
        }
        return known;
    }

    /** The same with these days of rest besides the weekend. */
    public WorkingTime withHolidays(Set<LocalDate> days) {
        return new WorkingTime(zone, weekend, days);
    }

    /** The instant at which {@code days} working days have gone by since {@code begin}, to the millisecond. */
    public Instant after(Instant begin, int days) {
        OffsetDateTime at = begin.truncatedTo(ChronoUnit.MILLIS).atOffset(zone);
        Duration left = Duration.ofDays(days);
        while (true) {
            OffsetDateTime midnight = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            if (isRest(at.toLocalDate())) {
                at = midnight;
                continue;
            }
            Duration today = Duration.between(at, midnight);
            if (left.compareTo(today) <= 0) {
                return at.plus(left).toInstant();
            }
            left = left.minus(today);
            at = midnight;
        }
    }

    private boolean isRest(LocalDate day) {
        return weekend.contains(day.getDayOfWeek()) || holidays.contains(day);
    }
}
