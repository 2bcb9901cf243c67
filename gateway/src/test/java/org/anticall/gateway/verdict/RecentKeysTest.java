package org.anticall.gateway.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentKeysTest {

    private static final long CALLER = 77011234567L;

    @Test
    void aCallMayComeBackFor120SecondsAndNotAMillisecondLonger() {
        LoopCache cache = new LoopCache();
        long window = Duration.ofMinutes(2).toNanos();
        long millisecond = 1_000_000;
        cache.sent(CALLER, 5);
        assertTrue(cache.isReturning(CALLER, 5));
        assertTrue(cache.isReturning(CALLER, 5 + window));
        assertFalse(cache.isReturning(CALLER, window + millisecond));
        assertFalse(cache.isReturning(CALLER + 1, 5));
        cache.sent(CALLER, 5 + window);
        assertTrue(cache.isReturning(CALLER, 2 * window), "the latest call counts");
    }

    @Test
    void nobodyNeverComesBack() {
        LoopCache cache = new LoopCache();
        cache.sent(0, 0);
        assertFalse(cache.isReturning(0, 0));
    }

    @Test
    void aFullTableForgetsTheOldestOfThoseThatFallTogether() {
        long millisecond = 1_000_000;
        long now = 101 * millisecond;
        RecentKeys keys = new RecentKeys(1_000, RecentKeys.WAYS);
        for (long key = 1; key <= RecentKeys.WAYS; key++) {
            keys.note(key, key * millisecond);
        }
        keys.note(1, 100 * millisecond);
        keys.note(99, now);
        assertTrue(keys.has(1, now));
        assertTrue(keys.has(99, now));
        assertFalse(keys.has(2, now), "the oldest");
        assertEquals(
                RecentKeys.WAYS - 2,
                LongStream.rangeClosed(3, RecentKeys.WAYS)
                        .filter(key -> keys.has(key, now))
                        .count());
    }
}
