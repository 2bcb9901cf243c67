package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DigestLoginTest {

    @Test
    void computesTheExampleOfTheRfc() {
        assertEquals(
                "6629fae49393a05397450978507c4ef1",
                DigestLogin.response(
                        "Mufasa",
                        "testrealm@host.com",
                        "Circle Of Life",
                        "GET",
                        "/dir/index.html",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "00000001",
                        "0a4f113b"),
                "RFC 2617 §3.5");
    }

    @Test
    void aNonceLastsToTheMillisecond() {
        Instant[] now = {Instant.parse("2026-11-21T09:00:00Z")};
        Nonces nonces = new Nonces(Duration.ofMinutes(5), () -> now[0]);
        String nonce = nonces.issue();

        now[0] = now[0].plus(Duration.ofMinutes(5)).minusMillis(1);
        assertEquals(Nonces.Worth.FRESH, nonces.judge(nonce));
        now[0] = now[0].plusMillis(1);
        assertEquals(Nonces.Worth.STALE, nonces.judge(nonce));
    }

    @Test
    void aNonceOfSomebodyElseIsForeign() {
        Nonces mine = new Nonces(Duration.ofMinutes(5), Instant::now);
        Nonces other = new Nonces(Duration.ofMinutes(5), Instant::now);
        String nonce = mine.issue();

        assertEquals(Nonces.Worth.FOREIGN, other.judge(nonce));
        assertEquals(Nonces.Worth.FOREIGN, mine.judge("z" + nonce), "another time under the same MAC");
        assertEquals(Nonces.Worth.FOREIGN, mine.judge(""));
        assertEquals(Nonces.Worth.FOREIGN, mine.judge("."));
    }

    @Test
    void failuresAreForgottenAfterTheirSpan() {
        Instant[] now = {Instant.parse("2026-11-21T09:00:00Z")};
        FailedLogins failures = new FailedLogins(2, Duration.ofMinutes(1), () -> now[0]);
        failures.failed("a");
        assertEquals(false, failures.holdsBack("a"));
        failures.failed("a");
        assertEquals(true, failures.holdsBack("a"));

        now[0] = now[0].plus(Duration.ofMinutes(1)).minusMillis(1);
        assertEquals(true, failures.holdsBack("a"));
        now[0] = now[0].plusMillis(1);
        assertEquals(false, failures.holdsBack("a"));
    }
}
