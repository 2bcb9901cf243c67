package org.anticall.ops.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DemandTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final Demand demand = new Demand();

    @Test
    void callsAreCountedOverTheLastQuarterOfAnHour() {
        for (int minute = 0; minute < 30; minute++) {
            demand.offered(NOW.plus(Duration.ofMinutes(minute)));
        }

        assertEquals(60, demand.offersAnHour(NOW.plus(Duration.ofMinutes(29))), 5);
        assertEquals(0, demand.offersAnHour(NOW.plus(Duration.ofMinutes(45))));
    }

    @Test
    void aDeskThatJustOpenedIsNotThoughtIdle() {
        demand.offered(NOW);
        demand.offered(NOW.plusSeconds(30));

        assertEquals(120, demand.offersAnHour(NOW.plusSeconds(60)));
    }

    @Test
    void inTimeIsTwentySeconds() {
        demand.answered(Duration.ofSeconds(20), NOW);
        assertEquals(1, demand.inTime(NOW));
        demand.answered(Duration.ofSeconds(20).plusMillis(1), NOW);
        assertEquals(0.5, demand.inTime(NOW));
        demand.notAnswered(NOW);
        demand.notAnswered(NOW);
        assertEquals(0.25, demand.inTime(NOW));
        assertEquals(0.25, demand.inTime(NOW.plus(Demand.SPAN)));
        assertTrue(Double.isNaN(demand.inTime(NOW.plus(Demand.SPAN).plusMillis(1))));
    }

    @Test
    void moreCallsThanAnyDeskHasAreForgottenFromTheOldestOn() {
        for (int i = 0; i < Demand.MOST + 500; i++) {
            demand.offered(NOW.plusMillis(i));
        }

        assertEquals(Demand.MOST * 60.0, demand.offersAnHour(NOW.plusSeconds(20)));
    }
}
