package org.anticall.ops.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangCTest {

    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration IN_TIME = Duration.ofSeconds(20);

    /** Figures of the formula by hand, and those of the usual textbook example of 10 erlangs. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 0.5",
        "2, 1, 0.3333",
        "2, 1.5, 0.6429",
        "11, 10, 0.6821",
        "12, 10, 0.4494",
        "13, 10, 0.2853",
        "14, 10, 0.1741"
    })
    void theShareThatWaits(int seats, double load, double share) {
        assertEquals(share, ErlangC.waits(seats, load), 0.0001);
    }

    @Test
    void withOneSeatTheWaitIsThatOfASimpleLine() {
        assertEquals(THREE_MINUTES, ErlangC.meanWait(1, 0.5, THREE_MINUTES, HOUR));
        assertEquals(1 - 0.5 * Math.exp(-0.5 / 9), ErlangC.within(1, 0.5, THREE_MINUTES, IN_TIME), 1e-9);
    }

    @Test
    void seatsThatCannotBearTheLoadLetEverybodyWait() {
        assertEquals(1, ErlangC.waits(10, 10));
        assertEquals(HOUR, ErlangC.meanWait(10, 10, THREE_MINUTES, HOUR));
        assertEquals(0, ErlangC.within(10, 10, THREE_MINUTES, IN_TIME));
        assertEquals(0, ErlangC.within(0, 0, THREE_MINUTES, IN_TIME));
    }

    @Test
    void withoutCallsNobodyWaits() {
        assertEquals(0, ErlangC.waits(3, 0));
        assertEquals(Duration.ZERO, ErlangC.meanWait(3, 0, THREE_MINUTES, HOUR));
        assertEquals(1, ErlangC.within(3, 0, THREE_MINUTES, IN_TIME));
        assertEquals(1, ErlangC.seatsFor(0.8, 0, THREE_MINUTES, IN_TIME, 100));
    }

    @Test
    void fourteenSeatsAnswerTenErlangsInTime() {
        assertEquals(14, ErlangC.seatsFor(0.8, 10, THREE_MINUTES, IN_TIME, 100));
        assertEquals(12, ErlangC.seatsFor(0.8, 10, THREE_MINUTES, IN_TIME, 12));
    }

    @Test
    void moreSeatsNeverMakeItWorseAndMoreLoadNeverBetter() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            int seats = 1 + random.nextInt(300);
            double load = random.nextDouble() * seats * 1.2;
            double waits = ErlangC.waits(seats, load);
            assertTrue(waits >= 0 && waits <= 1, seats + " seats, " + load + ": " + waits);
            assertTrue(ErlangC.waits(seats + 1, load) <= waits + 1e-12);
            assertTrue(ErlangC.waits(seats, load * 1.1) >= waits - 1e-12);
            double inTime = ErlangC.within(seats, load, THREE_MINUTES, IN_TIME);
            assertTrue(inTime >= 0 && inTime <= 1);
            assertTrue(ErlangC.within(seats + 1, load, THREE_MINUTES, IN_TIME) >= inTime - 1e-12);
            assertTrue(ErlangC.meanWait(seats + 1, load, THREE_MINUTES, HOUR)
                            .compareTo(ErlangC.meanWait(seats, load, THREE_MINUTES, HOUR))
                    <= 0);
        }
    }
}
