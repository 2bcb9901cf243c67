package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.StandingClock;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is signed in when the centre starts again. */
class KeptSessionsTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    @TempDir
    Path state;

    private final StandingClock clock = new StandingClock(Instant.parse("2026-11-21T09:00:00Z"));
    private Path file;
    private Database database;
    private Account anna;

    @BeforeEach
    void open() {
        file = state.resolve("sessions.json");
        database = Database.open(state, null);
        Person person = database.people().add("7", "Anna", "", entry("person.add"));
        database.accounts().add("anna", person, Role.OPERATOR, "hash", entry("account.add"));
        anna = database.accounts().find("anna").orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSessionOutlivesARestartWithItsRightsAndItsToken() throws Exception {
        String token = start().open(anna, false);
        String csrf = start().find(token).csrf();

        Session again = start().find(token);

        assertEquals("anna", again.account());
        assertEquals(Role.OPERATOR.permissions(), again.permissions());
        assertEquals(csrf, again.csrf());
        assertFalse(Files.readString(file).contains(token), "the token itself is written down");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aSessionThatWasEndedStaysEnded() {
        Sessions before = start();
        String one = before.open(anna, false);
        String two = before.open(anna, false);
        before.close(one);

        assertNull(start().find(one));
        assertNotNull(start().find(two));

        start().closeAll("anna");
        assertNull(start().find(two));
    }

    @Test
    void anAccountThatWasClosedMeanwhileHasNoSession() {
        String token = start().open(anna, false);
        database.accounts().changeActive("anna", false, entry("account.close"));

        assertNull(start().find(token));
    }

    @Test
    void silenceBeforeTheRestartCounts() {
        String late = start().open(anna, false);
        clock.now = clock.now.plus(Sessions.IDLE).plus(Sessions.LATE);
        assertNull(start().find(late));

        String inTime = start().open(anna, false);
        clock.now = clock.now.plus(Sessions.IDLE).plus(Sessions.LATE).minus(MILLI);
        assertNotNull(start().find(inTime));
    }

    @Test
    void aShiftEndsWhereItWouldHaveEnded() {
        Instant end = clock.now.plus(Sessions.LONGEST);
        Sessions sessions = start();
        String token = sessions.open(anna, false);
        while (clock.now.plusSeconds(600).isBefore(end)) {
            clock.now = clock.now.plusSeconds(600);
            assertNotNull(sessions.find(token));
        }
        sessions = start();

        clock.now = end.minus(MILLI);
        assertNotNull(sessions.find(token));
        clock.now = end;
        assertNull(sessions.find(token));
    }

    @Test
    void withADamagedFileEverybodySignsInAgain() throws Exception {
        String token = start().open(anna, false);
        Files.writeString(file, "[{\"hash\":");

        assertNull(start().find(token));
    }

    private Sessions start() {
        return Sessions.kept(
                clock,
                () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()),
                new KeptSessions(file),
                database.accounts());
    }

    private AuditEntry entry(String action) {
        return AuditEntry.of(clock.now, new Actor(1, "admin", "127.0.0.1"), action, "anna");
    }
}
