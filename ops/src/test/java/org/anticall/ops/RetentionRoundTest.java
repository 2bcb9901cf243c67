package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.store.AuditTrail.Search;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Retention.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionRoundTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:47:03Z");
    private static final Duration YEARS = Duration.ofDays(1_827);
    private static final Terms TERMS = new Terms(Duration.ofDays(30), Duration.ofDays(183), Duration.ofDays(90), YEARS);

    @TempDir
    Path state;

    @Test
    void recordingsGoWithTheirTimeButThoseOfEvidenceStay() throws Exception {
        Path folder = Files.createDirectories(state.resolve("recordings"));
        Instant before = NOW.minus(TERMS.recordings());
        seal(folder.resolve("old~000.acr"), before.minusMillis(1));
        seal(folder.resolve("old~001.acr"), before.minusMillis(1));
        seal(folder.resolve("held~000.acr"), before.minusMillis(1));
        seal(folder.resolve("young~000.acr"), before);
        try (Database database = Database.open(state, null);
                Recordings recordings = new Recordings(state, folder, new byte[32])) {
            RetentionRound round = new RetentionRound(database, recordings, signer(), TERMS, new StandingClock(NOW));
            database.retention().hold("held", entry(NOW, "evidence.hold"));

            round.forget();
            assertEquals(List.of("held~000.acr", "young~000.acr"), names(folder));
            assertEquals(
                    "{\"parts\":2}",
                    database.audit()
                            .find(new Search("retention.recordings", "", 0, Long.MAX_VALUE, 9))
                            .get(0)
                            .entry()
                            .details());

            database.retention().release("held", entry(NOW, "evidence.release"));
            round.forget();
            assertEquals(List.of("young~000.acr"), names(folder));
        }
    }

    @Test
    void theTrailIsCutOffOnceADay() throws Exception {
        StandingClock clock = new StandingClock(NOW);
        try (Database database = Database.open(state, null)) {
            RetentionRound round = new RetentionRound(database, null, signer(), TERMS, clock);
            Instant midnight = Instant.parse("2026-11-21T00:00:00Z").minus(YEARS);
            database.audit().add(entry(midnight.minusMillis(1), "one"));
            database.audit().add(entry(midnight, "two"));
            database.audit().add(entry(midnight.plusSeconds(3_600), "three"));

            round.forget();
            assertEquals(1, database.audit().newestCut().orElseThrow().seq());
            clock.now = Instant.parse("2026-11-21T23:59:59.999Z");
            round.forget();
            assertEquals(1, database.audit().newestCut().orElseThrow().seq());
            clock.now = Instant.parse("2026-11-22T00:00:00Z");
            round.forget();
            assertEquals(3, database.audit().newestCut().orElseThrow().seq());
        }
    }

    private static void seal(Path part, Instant at) throws IOException {
        Files.setLastModifiedTime(Files.writeString(part, "sealed"), FileTime.from(at));
    }

    private static AuditEntry entry(Instant at, String action) {
        return AuditEntry.of(at, Actor.CENTRE, action, "");
    }

    private static HeadSigner signer() throws Exception {
        return new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
