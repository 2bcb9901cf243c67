package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void asManyAsTheLimitAtOnceAndThenOneInEachInterval() {
        TokenBucket bucket = new TokenBucket(10);
        for (int i = 1; i <= 10; i++) {
            assertTrue(bucket.takes(0), "token " + i);
        }
        assertFalse(bucket.takes(0));
        assertFalse(bucket.takes(SECOND / 10 - 1));
        assertTrue(bucket.takes(SECOND / 10));
        assertFalse(bucket.takes(SECOND / 10));
    }

    @Test
    void whatIsRefusedUsesNothingUp() {
        TokenBucket bucket = new TokenBucket(1);
        assertTrue(bucket.takes(0));
        for (int i = 0; i < 100; i++) {
            assertFalse(bucket.takes(SECOND - 1));
        }
        assertTrue(bucket.takes(SECOND));
    }

    @Test
    void overManySecondsTheRateIsTheLimit() {
        TokenBucket bucket = new TokenBucket(300);
        int taken = 0;
        for (long now = 0; now < 10 * SECOND; now += SECOND / 1000) {
            taken += bucket.takes(now) ? 1 : 0;
        }
        assertEquals(300 + 10 * 300, taken, 1, "the depth once, then the rate");
    }

    @Test
    void zeroIsNoLimit() {
        TokenBucket bucket = new TokenBucket(0);
        for (int i = 0; i < 1000; i++) {
            assertTrue(bucket.takes(0));
        }
    }
}
