package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.http.Visitor.Answer;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Lockout;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Database;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guessed passwords: who is locked out by them, and who is not, over HTTP. */
class LockOutTest extends PeopleOverHttp {

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

    @Test
    void aLockedAccountRefusesTheRightPasswordUntilAnAdministratorUnlocksIt() {
        lock("operator");
        String password = centre.passwordOf("operator");
        assertEquals(
                "wrong", new Visitor(centre).signIn("operator", password, "").error());

        Visitor.signedIn(centre, "carrier-admin").post("/api/accounts/operator/unlock", Map.of());

        assertEquals(200, new Visitor(centre).signIn("operator", password, "").status());
    }

    @Test
    void whoGuessesThePasswordAtAnOpenPageFindsThePageClosedAndTheOwnerComesInAgain() {
        Visitor operator = Visitor.signedIn(centre, "operator");
        Map<String, String> guess = Map.of("old", "a guess", "new", "quite another password 7");
        for (int i = 1; i <= SignInLimit.MOST_PER_ACCOUNT; i++) {
            assertEquals(200, operator.get("/api/calls").status(), "before guess " + i);
            assertEquals("wrong", operator.post("/api/session/password", guess).error());
        }
        assertEquals(401, operator.get("/api/calls").status());

        Visitor owner = Visitor.signedIn(centre, "operator");
        Answer waits = owner.post("/api/session/password", guess);
        assertEquals(429, waits.status(), "the next guess at a page waits");
        assertTrue(waits.body().get("seconds").asLong() <= SignInLimit.FIRST_WAIT.toSeconds());
        assertEquals(200, owner.get("/api/calls").status(), "to wait closes nothing");
    }

    @Test
    void aLockThatStrangersBroughtAboutDoesNotHoldWhereThePersonHasBeenBefore() {
        Visitor operator = Visitor.signedIn(centre, "operator");
        String password = centre.passwordOf("operator");
        lock("operator");

        assertEquals(
                "wrong", new Visitor(centre).signIn("operator", password, "").error());
        assertEquals(200, operator.signIn("operator", password, "").status());
        assertEquals(
                "wrong", new Visitor(centre).signIn("operator", password, "").error(), "still locked for strangers");
        assertEquals("wrong", operator.signIn("supervisor", password, "").error(), "known to one account only");
    }

    @Test
    void aKnownDeviceHasTriesOfItsOwnAndStrangersHaveTheirs() {
        Visitor operator = Visitor.signedIn(centre, "operator");
        Visitor stranger = new Visitor(centre);
        for (int i = SignInLimit.MOST_PER_ACCOUNT - 1; i > 0; i--) {
            assertEquals(i, attemptsLeft(stranger.signIn("operator", "a guess", "")));
        }
        Answer last = stranger.signIn("operator", "a guess", "");
        assertEquals(429, last.status());
        assertEquals(1, last.body().get("minutes").asLong());
        assertEquals(
                429,
                stranger.signIn("operator", centre.passwordOf("operator"), "").status(),
                "no try now");

        assertEquals(SignInLimit.MOST_PER_ACCOUNT - 1, attemptsLeft(operator.signIn("operator", "mistyped", "")));
        assertEquals(
                200,
                operator.signIn("operator", centre.passwordOf("operator"), "").status());
    }

    @Test
    void aDeviceIsForgottenWithThePasswordWithTheSecondFactorAndAfterItsTime() {
        Account account = account("hash", null);
        Instant now = Instant.parse("2026-11-21T08:00:00Z");
        String cookie = KnownDevice.cookie(account, now);

        Instant end = now.plus(KnownDevice.LASTS);
        assertNotNull(KnownDevice.idIn(cookie, account, end.minusSeconds(1)));
        assertNull(KnownDevice.idIn(cookie, account, end));
        assertNull(KnownDevice.idIn(cookie, account, now.minusSeconds(1)), "of a time to come");
        assertNull(KnownDevice.idIn(cookie, account("another hash", null), now));
        assertNull(KnownDevice.idIn(cookie, account("hash", "SECRET"), now));
        for (String broken :
                List.of("", ".", "..", "x" + cookie, cookie + "0", cookie + ".0", "9".repeat(13) + ".a.b")) {
            assertNull(KnownDevice.idIn(broken, account, now), broken);
        }
    }

    private static int attemptsLeft(Answer answer) {
        return answer.body().path("attemptsLeft").asInt();
    }

    private static Account account(String hash, @Nullable String secondFactor) {
        return new Account("a", new Person(1, "1", "A", ""), Role.OPERATOR, hash, secondFactor, true, 0, null);
    }

    private void lock(String account) {
        try (Database beside = Database.open(state, null)) {
            AuditEntry entry = AuditEntry.of(Instant.now(), Actor.CENTRE, "account.locked", "");
            for (int i = 0; i < Lockout.MOST_FAILURES; i++) {
                beside.accounts().failed(account, Instant.now(), entry);
            }
        }
    }
}
