package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private Instant wall = Instant.parse("2026-11-21T09:00:00Z");
    private long nanos = 7;
    private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

    @Test
    void timeGoesOnEvenlyWhateverIsDoneToTheWallClock() {
        Instant start = clock.instant();

        wall = wall.plus(Duration.ofHours(5));
        nanos += 1_000_000_000;
        assertEquals(start.plusSeconds(1), clock.instant());

        wall = wall.minus(Duration.ofDays(2));
        nanos += 1_000_000_000;
        assertEquals(start.plusSeconds(2), clock.instant());
    }

    @Test
    void theWallClockIsReadAnewWhenNothingWaits() {
        wall = wall.plus(Duration.ofHours(5));

        clock.settle();

        assertEquals(wall, clock.instant());
    }

    @Test
    void aSmallDifferenceIsLeftAlone() {
        Instant start = clock.instant();
        wall = wall.plus(SteadyClock.TOLERANCE);
        clock.settle();
        assertEquals(start, clock.instant());

        wall = wall.plusMillis(1);
        clock.settle();
        assertEquals(wall, clock.instant());
    }
}
