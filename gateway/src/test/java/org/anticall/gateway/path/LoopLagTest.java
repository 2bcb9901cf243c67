package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopLagTest {

    private static final long MILLI = 1_000_000L;

    private final LoopLag lag = new LoopLag();
    private long now;

    @Test
    void aLoopThatComesInTimeHasNone() {
        ticks(100, 20);
        assertEquals(0, lag.nanos());
    }

    @Test
    void onePauseIsNoOverload() {
        ticks(10, 10);
        ticks(1, 420);
        assertEquals(50 * MILLI, lag.nanos(), "an eighth of 400 ms");
        ticks(30, 10);
        assertTrue(lag.nanos() < MILLI, lag.nanos() + " ns are left after 300 ms");
    }

    @Test
    void aLoopThatIsLateAgainAndAgainIsAsLateAsItIs() {
        ticks(1, 10);
        ticks(60, 170);
        assertTrue(Math.abs(lag.nanos() - 150 * MILLI) <= 2 * MILLI, lag.nanos() + " ns");
    }

    private void ticks(int count, int intervalMillis) {
        for (int i = 0; i < count; i++) {
            now += intervalMillis * MILLI;
            lag.tick(now);
        }
    }
}
