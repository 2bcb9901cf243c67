package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.http.Visitor.Answer;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.SecondFactor;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.Test;

/** Signing in, with and without a second factor, over HTTP. */
class SignInTest extends PeopleOverHttp {

    @Test
    void whoNeedsASecondFactorCanDoNothingBeforeThereIsOne() {
        Visitor prosecutor = Visitor.signedIn(centre, "prosecutor");

        assertTrue(prosecutor.get("/api/session").body().get("mustEnrol").asBoolean());
        assertEquals("second-factor-missing", prosecutor.get("/api/calls").error());
        assertEquals(
                "fields",
                prosecutor
                        .post("/api/tokens", Map.of("name", "x", "days", 1, "scopes", List.of("see-calls")))
                        .error());
    }

    @Test
    void aSecondFactorIsAskedForFromThenOnAndItsCodeIsTakenOnce() {
        String secret = enrolled();
        Visitor prosecutor = new Visitor(centre);
        String password = centre.passwordOf("prosecutor");

        assertEquals(
                "code-needed", prosecutor.signIn("prosecutor", password, "").error());
        assertEquals(
                "wrong-code",
                prosecutor.signIn("prosecutor", password, wrong(secret)).error());
        // The code that confirmed the secret did not sign anybody in: it is still to be had.
        String code = SecondFactor.codeAt(secret, Instant.now());
        assertEquals(200, prosecutor.signIn("prosecutor", password, code).status());
        assertEquals(200, prosecutor.get("/api/calls").status());
        assertEquals(
                "wrong-code",
                new Visitor(centre).signIn("prosecutor", password, code).error());
    }

    @Test
    void whoReplacesTheSecondFactorShowsThePassword() {
        String secret = enrolled();
        String password = centre.passwordOf("prosecutor");
        Visitor prosecutor = new Visitor(centre);
        prosecutor.signIn("prosecutor", password, SecondFactor.codeAt(secret, Instant.now()));
        String other = prosecutor
                .post("/api/session/second-factor", Map.of())
                .body()
                .get("secret")
                .asText();
        String code = SecondFactor.codeAt(other, Instant.now());

        assertEquals(
                "short",
                prosecutor
                        .put("/api/session/second-factor", Map.of("code", code))
                        .problem("password"));
        assertEquals(
                "wrong",
                prosecutor
                        .put("/api/session/second-factor", Map.of("code", code, "password", "guessed"))
                        .error());
        assertEquals(
                200,
                prosecutor
                        .put("/api/session/second-factor", Map.of("code", code, "password", password))
                        .status());
    }

    @Test
    void aRecoveryCodeReplacesTheLostPhoneOnce() {
        Visitor enrolling = Visitor.signedIn(centre, "prosecutor");
        Answer confirmed = confirm(enrolling);
        String recovery = confirmed.body().get("recoveryCodes").get(3).asText();
        String password = centre.passwordOf("prosecutor");

        assertEquals(
                200,
                new Visitor(centre).signIn("prosecutor", password, recovery).status());
        assertEquals(
                "wrong-code",
                new Visitor(centre).signIn("prosecutor", password, recovery).error());
    }

    @Test
    void aHashOfTheFirstVersionIsReplacedWhenItsOwnerSignsIn() {
        // Of "correct horse", PBKDF2 with 210,000 iterations.
        String old = "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0ODw$l4pqr0UVqxiWEnbGDBV//hzeVcB7ZgsFnr5Z+SZYIYg";
        try (Database beside = Database.open(state, null)) {
            beside.accounts().rehash("operator", old);

            assertEquals(
                    "wrong",
                    new Visitor(centre).signIn("operator", "correct", "").error());
            assertEquals(old, beside.accounts().find("operator").orElseThrow().passwordHash());
            assertEquals(
                    200,
                    new Visitor(centre).signIn("operator", "correct horse", "").status());

            assertFalse(Passwords.isOutdated(
                    beside.accounts().find("operator").orElseThrow().passwordHash()));
            assertEquals(
                    200,
                    new Visitor(centre).signIn("operator", "correct horse", "").status());
        }
    }

    @Test
    void aChangedPasswordEndsEverySessionOfTheAccount() {
        Visitor one = Visitor.signedIn(centre, "operator");
        Visitor other = Visitor.signedIn(centre, "operator");
        String old = centre.passwordOf("operator");

        assertEquals("short", change(one, old, "too short").problem("new"));
        assertEquals("password", change(one, old, old).problem("new"));
        assertEquals("wrong", change(one, "not it", "long enough it is").error());
        assertEquals(200, change(one, old, "long enough it is").status());

        assertEquals("signed-out", one.get("/api/calls").error());
        assertEquals("signed-out", other.get("/api/calls").error());
        assertEquals("wrong", new Visitor(centre).signIn("operator", old, "").error());
        assertEquals(
                200,
                new Visitor(centre).signIn("operator", "long enough it is", "").status());
    }

    private static Answer change(Visitor visitor, String old, String chosen) {
        return visitor.post("/api/session/password", Map.of("old", old, "new", chosen));
    }

    /** Sets up the prosecutor's second factor and returns its secret. */
    private String enrolled() {
        Visitor prosecutor = Visitor.signedIn(centre, "prosecutor");
        String secret = prosecutor
                .post("/api/session/second-factor", Map.of())
                .body()
                .get("secret")
                .asText();
        assertEquals(
                "wrong-code",
                prosecutor
                        .put("/api/session/second-factor", Map.of("code", wrong(secret)))
                        .error());
        prosecutor.put("/api/session/second-factor", Map.of("code", SecondFactor.codeAt(secret, Instant.now())));
        return secret;
    }

    private static Answer confirm(Visitor visitor) {
        String secret = visitor.post("/api/session/second-factor", Map.of())
                .body()
                .get("secret")
                .asText();
        return visitor.put("/api/session/second-factor", Map.of("code", SecondFactor.codeAt(secret, Instant.now())));
    }

    /** Six digits that are good in none of the intervals around now. */
    private static String wrong(String secret) {
        Instant now = Instant.now();
        for (int i = 0; ; i++) {
            String code = Integer.toString(100_000 + i);
            if (SecondFactor.intervalOf(code, secret, now, 0) == 0
                    && SecondFactor.intervalOf(code, secret, now.plusSeconds(30), 0) == 0) {
                return code;
            }
        }
    }
}
