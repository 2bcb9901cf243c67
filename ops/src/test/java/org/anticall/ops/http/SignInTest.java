package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.http.Visitor.Answer;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Lockout;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.people.SecondFactor;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in, the second factor, sessions, tokens and accounts, over HTTP. */
class SignInTest {

    @TempDir
    Path state;

    private RunningCentre centre;

    @BeforeEach
    void start() throws StartFailure {
        centre = RunningCentre.withSecondFactorFor(state, Set.of(Role.PROSECUTOR));
    }

    @AfterEach
    void stop() {
        centre.close();
    }

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
    void aLockedAccountRefusesTheRightPasswordUntilAnAdministratorUnlocksIt() {
        try (Database beside = Database.open(state, null)) {
            AuditEntry entry = AuditEntry.of(Instant.now(), Actor.CENTRE, "account.locked", "");
            for (int i = 0; i < Lockout.MOST_FAILURES; i++) {
                beside.accounts().failed("operator", Instant.now(), entry);
            }
        }
        String password = centre.passwordOf("operator");
        assertEquals(
                "wrong", new Visitor(centre).signIn("operator", password, "").error());

        Visitor.signedIn(centre, "carrier-admin").post("/api/accounts/operator/unlock", Map.of());

        assertEquals(200, new Visitor(centre).signIn("operator", password, "").status());
    }

    @Test
    void whoGuessesThePasswordAtAnOpenPageIsLockedOutAndThePageIsClosed() {
        Visitor operator = Visitor.signedIn(centre, "operator");
        Map<String, String> guess = Map.of("old", "a guess", "new", "quite another password 7");
        for (int i = 1; i <= Lockout.MOST_FAILURES; i++) {
            assertEquals(200, operator.get("/api/calls").status(), "before guess " + i);
            assertEquals("wrong", operator.post("/api/session/password", guess).error());
        }

        assertEquals(401, operator.get("/api/calls").status());
        assertEquals(
                "wrong",
                new Visitor(centre)
                        .signIn("operator", centre.passwordOf("operator"), "")
                        .error());
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

    @Test
    void aTokenDoesWhatItsScopesNameAndNoMore() {
        Visitor supervisor = Visitor.signedIn(centre, "supervisor");
        Answer refused =
                supervisor.post("/api/tokens", Map.of("name", "x", "days", 30, "scopes", List.of("release-calls")));
        assertEquals("word", refused.problem("scopes"), "nobody gives away what they do not have");

        Answer made =
                supervisor.post("/api/tokens", Map.of("name", "board", "days", 30, "scopes", List.of("see-calls")));
        Visitor program = Visitor.withToken(centre, made.body().get("token").asText());

        assertEquals(200, program.get("/api/calls").status());
        assertEquals("role", program.post("/api/records/A/numbers", Map.of()).error());
        assertEquals("token", program.post("/api/tokens", Map.of()).error());
        assertEquals("token", program.post("/api/session/password", Map.of()).error());
        assertEquals(
                "signed-out",
                Visitor.withToken(centre, made.body().get("token").asText() + "x")
                        .get("/api/calls")
                        .error());

        supervisor.delete("/api/tokens/" + made.body().get("id").asText());
        assertEquals("signed-out", program.get("/api/calls").error());
    }

    @Test
    void aClosedAccountIsOutAtOnceWithItsTokens() {
        Visitor operator = Visitor.signedIn(centre, "operator");
        Answer token = operator.post("/api/tokens", Map.of("name", "x", "days", 1, "scopes", List.of("see-calls")));
        Visitor program = Visitor.withToken(centre, token.body().get("token").asText());
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");

        assertEquals(
                200,
                admin.put("/api/accounts/operator/active", Map.of("active", false))
                        .status());

        assertEquals("signed-out", operator.get("/api/calls").error());
        assertEquals("signed-out", program.get("/api/calls").error());
        assertEquals(
                "wrong",
                new Visitor(centre)
                        .signIn("operator", centre.passwordOf("operator"), "")
                        .error());
        assertEquals(
                "own-account",
                admin.put("/api/accounts/carrier-admin/active", Map.of("active", false))
                        .problem("active"));
    }

    @Test
    void whoRunsAccountsCannotMakeThemselvesASignature() {
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");
        long self = admin.get("/api/session").body().get("personId").asLong();

        Answer refused = admin.post("/api/accounts", Map.of("name", "mine", "role", "approver", "person", self));

        assertEquals("apart", refused.problem("role"));
    }

    @Test
    void aPersonIsKnownByOneStaffNumberAndGetsAnAccountPerRole() {
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");
        Map<String, String> person = Map.of("staffNumber", "900101300001", "name", "Н. Есімова", "unit", "1-бөлім");
        long id = admin.post("/api/people", person).body().get("id").asLong();

        assertEquals("taken", admin.post("/api/people", person).problem("staffNumber"));
        assertEquals(
                "short",
                admin.post("/api/people", Map.of("staffNumber", "1", "name", "A"))
                        .problem("unit"));
        Answer made = admin.post("/api/accounts", Map.of("name", "n.yesimova", "role", "operator", "person", id));
        assertEquals(201, made.status());
        Answer twice = admin.post("/api/accounts", Map.of("name", "another", "role", "operator", "person", id));
        assertEquals("apart", twice.problem("role"));
        Answer odd = admin.post("/api/accounts", Map.of("name", "N E", "role", "king", "person", 99));
        assertEquals(
                List.of("account-name", "word", "unknown"),
                List.of(odd.problem("name"), odd.problem("role"), odd.problem("person")));

        Visitor herself = new Visitor(centre);
        assertEquals(
                "Н. Есімова",
                herself.signIn("n.yesimova", made.body().get("password").asText(), "")
                        .body()
                        .get("person")
                        .asText());
    }

    @Test
    void whatHappenedIsInTheTrailWithWhoAndWhere() {
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");
        admin.post("/api/accounts/operator/password", Map.of());
        Visitor auditor = Visitor.signedIn(centre, "auditor");

        var links =
                auditor.get("/api/audit?action=account.password-reset").body().get("links");

        assertEquals(1, links.size());
        assertEquals("carrier-admin", links.get(0).get("account").asText());
        assertEquals("127.0.0.1", links.get(0).get("address").asText());
        assertEquals("account operator", links.get(0).get("subject").asText());
        assertEquals("fields", auditor.get("/api/audit?before=x").error());
    }

    @Test
    void aSessionEndsAfterAQuarterOfAnHourOfSilenceAndAfterOneShift() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
        Sessions sessions = new Sessions(new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        Account account = new Account("a", new Person(1, "1", "A", ""), Role.OPERATOR, "", null, true, 0, null);

        String idle = sessions.open(account, false);
        now.set(now.get().plus(Sessions.IDLE).minusMillis(1));
        assertEquals("a", sessions.find(idle).account());
        now.set(now.get().plus(Sessions.IDLE).plusMillis(1));
        assertEquals(null, sessions.find(idle));

        String busy = sessions.open(account, false);
        Instant end = now.get().plus(Sessions.LONGEST);
        while (now.get().plusSeconds(600).isBefore(end)) {
            now.set(now.get().plusSeconds(600));
            assertEquals("a", sessions.find(busy).account());
        }
        now.set(end.minusMillis(1));
        assertEquals("a", sessions.find(busy).account());
        now.set(end);
        assertEquals(null, sessions.find(busy));
    }

    @Test
    void whoAsksTooFastIsHeldBackAndNobodyElse() {
        AtomicReference<Long> nanos = new AtomicReference<>(0L);
        RequestLimit limit = new RequestLimit(nanos::get);
        for (int i = 0; i < RequestLimit.BURST; i++) {
            limit.take("a");
        }
        Set<String> refused = new HashSet<>();
        try {
            limit.take("a");
        } catch (Refused tooFast) {
            refused.add("a");
        }
        limit.take("b");
        assertEquals(Set.of("a"), refused);

        nanos.set(1_000_000_000L / RequestLimit.PER_SECOND);
        limit.take("a");
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
