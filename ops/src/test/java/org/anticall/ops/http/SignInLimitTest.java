package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        String password = Passwords.random();
        String hash = Passwords.hash(password);

        assertTrue(Passwords.matches(password, hash));
        assertFalse(Passwords.matches(password + "x", hash));
        assertNotEquals(hash, Passwords.hash(password), "every hash has its own salt");
        assertTrue(password.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"), password);
    }
}
