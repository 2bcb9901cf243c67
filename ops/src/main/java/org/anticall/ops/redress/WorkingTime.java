package org.anticall.ops.redress;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A clock that stands still on a country's weekend: two working days from Friday 15:00 end on Tuesday 15:00, from any moment of
 * Saturday or Sunday on Tuesday at midnight, the end of it. Public holidays are working days here: they differ from year to
 * year, and a deadline that is too early hurts nobody.
 */
public enum WorkingTime {
    /** Kazakhstan: UTC+5, one zone and no summer time since 2024-03-01. */
    KZ(5, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
    /** Belarus: UTC+3. */
    BY(3, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final ZoneOffset zone;

    @SuppressWarnings("ImmutableEnumChecker") // it is unmodifiable
    private final Set<DayOfWeek> weekend;

    WorkingTime(int hours, DayOfWeek... weekend) {
        this.zone = ZoneOffset.ofHours(hours);
        this.weekend = Set.of(weekend);
    }

    /**
     * The country's working time.
     *
     * @param home ISO 3166-1 alpha-2 code
     * @throws IllegalArgumentException if nobody has told its weekend
     */
    public static WorkingTime of(String home) {
        return valueOf(home);
    }

    /** The instant at which {@code days} working days have gone by since {@code begin}, to the millisecond. */
    public Instant after(Instant begin, int days) {
        OffsetDateTime at = begin.truncatedTo(ChronoUnit.MILLIS).atOffset(zone);
        Duration left = Duration.ofDays(days);
        while (true) {
            OffsetDateTime midnight = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            if (weekend.contains(at.getDayOfWeek())) {
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
}
