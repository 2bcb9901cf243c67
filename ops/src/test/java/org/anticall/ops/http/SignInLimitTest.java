package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInLimitTest {

    private static final String HERE = "192.0.2.1";

    private final AtomicLong nanos = new AtomicLong();
    private final SignInLimit limit = new SignInLimit(nanos::get);

    @Test
    void theFifthWrongPasswordIsTheLastBeforeAWait() {
        for (int i = SignInLimit.MOST_PER_ACCOUNT; i > 0; i--) {
            assertEquals(i, limit.attemptsLeft("operator", HERE));
            assertEquals(Duration.ZERO, limit.wait("operator", HERE));
            limit.failed("operator", HERE);
        }

        assertEquals(0, limit.attemptsLeft("operator", HERE));
        assertEquals(SignInLimit.FIRST_WAIT, limit.wait("operator", HERE));
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("operator", "192.0.2.2"));
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("supervisor", HERE));
    }

    @Test
    void eachFurtherOneDoublesTheWaitUpToTheLongest() {
        for (int i = 1; i < SignInLimit.MOST_PER_ACCOUNT; i++) {
            limit.failed("operator", HERE);
        }
        Duration expected = SignInLimit.FIRST_WAIT;
        for (int i = 0; i < 30; i++) {
            limit.failed("operator", HERE);
            assertEquals(expected, limit.wait("operator", HERE), "after " + i + " waits");
            nanos.addAndGet(expected.toNanos() - 1);
            assertEquals(Duration.ofNanos(1), limit.wait("operator", HERE));
            nanos.incrementAndGet();
            assertEquals(1, limit.attemptsLeft("operator", HERE), "one try, then the next wait");
            Duration twice = expected.multipliedBy(2);
            expected = twice.compareTo(SignInLimit.LONGEST_WAIT) > 0 ? SignInLimit.LONGEST_WAIT : twice;
        }
    }

    @Test
    void onePlaceCannotTryAllAccounts() {
        for (int i = 0; i < SignInLimit.MOST_PER_PLACE; i++) {
            assertEquals(Duration.ZERO, limit.wait("another", HERE));
            limit.failed("name" + i, HERE);
        }

        assertEquals(SignInLimit.FIRST_WAIT, limit.wait("another", HERE));
    }

    @Test
    void whoGuessesAtNamesKeepsTheOthersAtTheAddressOutForHalfAMinuteAtMost() {
        for (int i = 0; i < SignInLimit.MOST_PER_PLACE; i++) {
            limit.failed("name" + i, HERE);
        }
        for (int i = 0; i < 30; i++) {
            assertEquals(SignInLimit.FIRST_WAIT, limit.wait("colleague", HERE), "after " + i + " more");
            assertEquals(Duration.ZERO, limit.wait("colleague", "device 7"));
            nanos.addAndGet(SignInLimit.FIRST_WAIT.toNanos() - 1);
            assertEquals(Duration.ofNanos(1), limit.wait("colleague", HERE));
            nanos.incrementAndGet();
            assertEquals(Duration.ZERO, limit.wait("colleague", HERE));
            limit.failed("another" + i, HERE);
        }
    }

    @Test
    void anAdministratorForgivesAnAccountAndNoOther() {
        for (int i = 0; i < SignInLimit.MOST_PER_ACCOUNT; i++) {
            limit.failed("a", HERE);
            limit.failed("a", "192.0.2.2");
            limit.failed("ab", HERE);
        }

        limit.unlock("a");

        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("a", HERE));
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("a", "192.0.2.2"));
        assertEquals(0, limit.attemptsLeft("ab", HERE));
    }

    @Test
    void whoWasQuietForAnHourBeginsAnewAndSoDoesWhoSucceeds() {
        for (int i = 0; i < SignInLimit.MOST_PER_ACCOUNT; i++) {
            limit.failed("operator", HERE);
            limit.failed("supervisor", HERE);
        }
        limit.succeeded("supervisor", HERE);
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("supervisor", HERE));

        nanos.addAndGet(SignInLimit.FORGOTTEN.toNanos() + 1);
        assertEquals(SignInLimit.MOST_PER_ACCOUNT, limit.attemptsLeft("operator", HERE));
    }

    @Test
    void aNetworkOfIpv6IsOnePlace() {
        assertEquals(SignInLimit.place("2001:db8:1:2::1"), SignInLimit.place("2001:db8:1:2:ffff::9"));
        assertEquals("20010db800010003::/64", SignInLimit.place("2001:db8:1:3::1"));
        assertEquals(HERE, SignInLimit.place(HERE));
        assertEquals("::ffff:192.0.2.1", SignInLimit.place("::ffff:192.0.2.1"), "is an IPv4 address");
    }
}
