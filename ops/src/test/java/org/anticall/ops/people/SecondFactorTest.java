package org.anticall.ops.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondFactorTest {

    /** "12345678901234567890" of RFC 6238, appendix B, in base 32. */
    private static final String RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037"})
    void theCodesAreThoseOfTheStandard(long seconds, String code) {
        assertEquals(code, SecondFactor.codeAt(RFC_SECRET, Instant.ofEpochSecond(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"-31, false", "-30, true", "-1, true", "0, true", "59, true", "60, false"})
    void aCodeIsGoodInItsIntervalAndInTheOnesBesideIt(long secondsLater, boolean good) {
        Instant begin = Instant.ofEpochSecond(1_800_000_000L);
        String code = SecondFactor.codeAt(RFC_SECRET, begin);

        long interval = SecondFactor.intervalOf(code, RFC_SECRET, begin.plusSeconds(secondsLater), 0);

        assertEquals(good ? 60_000_000L : 0, interval);
    }

    @Test
    void aCodeIsGoodOnceAndNoEarlierOneAfterIt() {
        Instant now = Instant.ofEpochSecond(1_800_000_000L);
        long taken = SecondFactor.intervalOf(SecondFactor.codeAt(RFC_SECRET, now), RFC_SECRET, now, 0);

        assertEquals(0, SecondFactor.intervalOf(SecondFactor.codeAt(RFC_SECRET, now), RFC_SECRET, now, taken));
        String earlier = SecondFactor.codeAt(RFC_SECRET, now.minusSeconds(30));
        assertEquals(0, SecondFactor.intervalOf(earlier, RFC_SECRET, now, taken));
        Instant next = now.plusSeconds(30);
        assertEquals(
                taken + 1, SecondFactor.intervalOf(SecondFactor.codeAt(RFC_SECRET, next), RFC_SECRET, next, taken));
    }

    @Test
    void everySecretIsNewAndReadableByAnApp() {
        String secret = SecondFactor.newSecret();

        assertTrue(secret.matches("[A-Z2-7]{32}"), secret);
        assertNotEquals(secret, SecondFactor.newSecret());
        assertEquals(
                "otpauth://totp/Anti%20Call-Centre:n.yesimova?secret=" + secret + "&issuer=Anti%20Call-Centre",
                SecondFactor.uri("n.yesimova", secret));
    }
}
