package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInLimitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final SignInLimit limit = new SignInLimit(nanos::get);

    @Test
    void theFifthWrongPasswordIsTheLast() {
        for (int i = SignInLimit.MOST_PER_ACCOUNT; i > 0; i--) {
            assertEquals(i, limit.attemptsLeft("operator", "192.0.2.1"));
            limit.failed("operator", "192.0.2.1");
        }

        assertEquals(0, limit.attemptsLeft("operator", "192.0.2.1"));
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("operator", "192.0.2.2"));
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("supervisor", "192.0.2.1"));
    }

    @Test
    void oneAddressCannotTryAllAccounts() {
        for (int i = 0; i < SignInLimit.MOST_PER_ADDRESS; i++) {
            limit.failed("name" + i, "192.0.2.1");
        }

        assertEquals(0, limit.attemptsLeft("another", "192.0.2.1"));
    }

    @Test
    void theWaitEnds() {
        for (int i = 0; i < SignInLimit.MOST_PER_ACCOUNT; i++) {
            limit.failed("operator", "192.0.2.1");
        }
        nanos.addAndGet(SignInLimit.WAIT.toNanos() + 1);

        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("operator", "192.0.2.1"));
    }
}
