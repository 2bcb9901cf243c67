package org.anticall.rules.engine;

/**
 * The home country's wall clock: a fixed distance from UTC, by arithmetic. Both countries have one zone and no summer time;
 * a table of the platform could change between two versions of it, and a verdict must not.
 */
public enum HomeClock {
    /** UTC+5, one zone since 2024-03-01. */
    KZ(5),
    /** UTC+3. */
    BY(3);

    private static final long DAY_MILLIS = 86_400_000L;
    private static final int MINUTE_MILLIS = 60_000;
    /** 1970-01-01 was a Thursday; days are counted from Monday. */
    private static final int FIRST_WEEKDAY = 3;

    private final long offsetMillis;

    HomeClock(int hours) {
        this.offsetMillis = hours * 3_600_000L;
    }

    /** Minute of the day, 0 to 1439. */
    int minuteOfDay(long epochMillis) {
        return (int) (Math.floorMod(epochMillis + offsetMillis, DAY_MILLIS) / MINUTE_MILLIS);
    }

    /** Days since 1970-01-01. */
    long epochDay(long epochMillis) {
        return Math.floorDiv(epochMillis + offsetMillis, DAY_MILLIS);
    }

    /** Day of the week, 0 for Monday to 6 for Sunday. */
    int weekday(long epochMillis) {
        return (int) Math.floorMod(epochDay(epochMillis) + FIRST_WEEKDAY, 7L);
    }
}
