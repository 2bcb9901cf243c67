package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.store.AuditTrail.Search;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Restore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRoundTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:47:03Z");

    @TempDir
    Path state;

    @Test
    void aBackupIsMadeWhenTheNewestIsOldEnoughAndTheOldestGo() throws IOException {
        Path copies = state.resolve("copies");
        StandingClock clock = new StandingClock(NOW);
        OpsConfig.Backups daily = new OpsConfig.Backups(copies, Duration.ofDays(1), 2);
        try (Database database = Database.open(state, null)) {
            BackupRound round = new BackupRound(database, state.resolve("keys"), daily, clock);
            Files.writeString(copies.resolve("centre-of-town.zip"), "somebody else's");
            round.backUpIfDue();
            clock.now = NOW.plus(Duration.ofDays(1)).minusSeconds(1);
            round.backUpIfDue();
            assertEquals(List.of("centre-20261121T024703Z.zip", "centre-of-town.zip"), names(copies));
            // A centre that starts anew knows when the last one was made.
            BackupRound anew = new BackupRound(database, state.resolve("keys"), daily, clock);
            anew.backUpIfDue();
            assertEquals(2, names(copies).size());
            for (int day = 1; day <= 2; day++) {
                clock.now = NOW.plus(Duration.ofDays(day));
                anew.backUpIfDue();
            }
            assertEquals(
                    List.of("centre-20261122T024703Z.zip", "centre-20261123T024703Z.zip", "centre-of-town.zip"),
                    names(copies));
            assertEquals(
                    NOW.plus(Duration.ofDays(2)),
                    Restore.look(copies.resolve("centre-20261123T024703Z.zip")).at());
            assertEquals(
                    3,
                    database.audit()
                            .find(new Search("backup.write", "", 0, Long.MAX_VALUE, 9))
                            .size());
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
