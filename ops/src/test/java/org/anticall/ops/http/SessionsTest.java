package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.junit.jupiter.api.Test;

/** When a session ends by itself. */
class SessionsTest {

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
}
