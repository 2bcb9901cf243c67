package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.anticall.ops.http.Chores.Chore;
import org.junit.jupiter.api.Test;

/** What the admin address tells of work that the centre does by itself. */
class AdminAlarmsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:47:03Z");

    @Test
    void whatFailsIsAnAlarmUntilItGoesWell() {
        Chores chores = new Chores();
        assertEquals("ok", AdminHttp.health(chores));

        chores.failed(Chore.BACKUP, NOW);
        chores.failed(Chore.BACKUP, NOW.plusSeconds(60));
        assertEquals("ok\nalarm: the scheduled backup fails since 2026-11-21T02:47:03Z", AdminHttp.health(chores));

        chores.failed(Chore.RETENTION, NOW);
        assertTrue(AdminHttp.health(chores).contains("alarm: forgetting what was kept long enough fails since"));

        chores.done(Chore.BACKUP, NOW.plusSeconds(120));
        chores.done(Chore.RETENTION, NOW.plusSeconds(120));
        assertEquals("ok", AdminHttp.health(chores));
        assertEquals(2, chores.of(Chore.BACKUP).failures(), "failures stay counted");
    }
}
