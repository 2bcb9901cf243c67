package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedHead;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyHeadTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:47:03Z");

    @TempDir
    Path state;

    @Test
    void theHeadIsSignedWhenTheNewestSignatureIsADayOldAndNotBefore() throws Exception {
        HeadSigner signer =
                new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        StandingClock clock = new StandingClock(NOW);
        try (Database database = Database.open(state, null)) {
            DailyHead daily = new DailyHead(database.audit(), signer, clock);
            add(database, "one");
            daily.signIfDue();
            SignedHead first = database.audit().newestHead().orElseThrow();
            assertEquals(1, first.seq());
            assertEquals(signer.key().id(), first.key());

            add(database, "two");
            clock.now = NOW.plus(Duration.ofDays(1)).minusMillis(1);
            daily.signIfDue();
            assertEquals(1, database.audit().newestHead().orElseThrow().seq());

            clock.now = NOW.plus(Duration.ofDays(1));
            daily.signIfDue();
            assertEquals(2, database.audit().newestHead().orElseThrow().seq());
        }
    }

    private static void add(Database database, String action) {
        database.audit().add(AuditEntry.of(NOW, Actor.CENTRE, action, ""));
    }
}
