package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LongestTurnTest {

    private static final long SECOND = 1_000_000_000L;
    private final LongestTurn turns = new LongestTurn();

    @Test
    void theLongestTurnIsWhatTheTimerWaitedBeyondItsTime() {
        turns.tick(0, 10);
        turns.tick(10, 10);
        assertEquals(0, turns.nanos());
        turns.tick(50, 10);
        turns.tick(65, 10);
        assertEquals(30, turns.nanos());
    }

    @Test
    void itIsForgottenAfterAMinuteAndNotBefore() {
        turns.tick(0, 10);
        turns.tick(1010, 10);
        turns.tick(59 * SECOND, 59 * SECOND);
        assertEquals(1000, turns.nanos());
        turns.tick(61 * SECOND, 2 * SECOND);
        assertEquals(0, turns.nanos());
    }

    @Test
    void aLoopThatStoodStillForLongSaysSo() {
        turns.tick(0, 10);
        turns.tick(600 * SECOND, 10);
        assertEquals(600 * SECOND - 10, turns.nanos());
    }
}
