package org.anticall.rules.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OriginSeriesTest {

    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    /** Midnight at the beginning of a Monday. */
    private static final int MONDAY = 5 * DAY + 100 * 7 * DAY;

    private final OriginSeries series = new OriginSeries();

    @Test
    void anHourEndsToTheSecond() {
        series.add(MONDAY);

        assertEquals(1, series.lastHour(MONDAY + HOUR - 1));
        assertEquals(0, series.lastHour(MONDAY + HOUR));
    }

    @Test
    void aDayIsForgottenAfterThirtyDays() {
        series.add(MONDAY + HOUR);

        assertEquals(0, series.daysBefore(MONDAY + DAY - 1));
        assertEquals(1, series.daysBefore(MONDAY + DAY));
        assertEquals(1, series.daysBefore(MONDAY + 30 * DAY));
        assertEquals(0, series.daysBefore(MONDAY + 31 * DAY));
    }

    @Test
    void nobodyKnowsWhatIsUsualBeforeThreeHoursOfTheKindAreOver() {
        hours(2);
        assertEquals(-1, series.burst(MONDAY + 2 * DAY + 12 * HOUR));

        series.add(MONDAY + 2 * DAY + 12 * HOUR);
        assertTrue(series.burst(MONDAY + 3 * DAY + 12 * HOUR) >= 0);
    }

    @Test
    void aBurstIsToldFromWhatIsUsual() {
        hours(4);
        int noon = MONDAY + 4 * DAY + 12 * HOUR;
        for (int i = 0; i < 10; i++) {
            series.add(noon);
        }
        assertEquals(0, series.burst(noon));

        for (int i = 0; i < 90; i++) {
            series.add(noon + 60);
        }
        assertTrue(series.burst(noon + 60) > 40, () -> series.burst(noon + 60) + " tenths");
    }

    /** Ten calls at noon of so many days. */
    private void hours(int days) {
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < 10; i++) {
                series.add(MONDAY + day * DAY + 12 * HOUR + i);
            }
        }
    }
}
