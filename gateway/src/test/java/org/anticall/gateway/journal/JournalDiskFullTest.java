package org.anticall.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.JournalSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real disk of 1 MiB. Mounting one needs root; without it the test is skipped and says so. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JournalDiskFullTest {

    private static final JournalSettings SETTINGS = new JournalSettings(128 << 10, 0, Duration.ofMillis(5));
    private static final byte[] RECORD = new byte[2_000];

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mountASmallDisk() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        int status = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        assumeTrue(status == 0, "SKIPPED: no permission to mount a small disk, so a full one is not tested");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    @Test
    void aFullDiskRefusesRecordsKeepsTheAcceptedAndGoesOnWhenThereIsSpace() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[300 << 10]);
        try (DecisionJournal journal = DecisionJournal.open(disk.resolve("journal"), SETTINGS)) {
            long accepted = fill(journal);
            assertTrue(accepted > 100, accepted + " accepted");
            assertFalse(journal.append(RECORD));
            assertTrue(
                    journal.condition().reason().contains("no room"),
                    journal.condition().toString());
            assertEquals(accepted, DecisionJournalTest.all(journal).size());

            Files.delete(ballast);
            DecisionJournalTest.appendPatiently(journal, RECORD);
            assertEquals(accepted + 1, DecisionJournalTest.all(journal).size());
        }
    }

    /** Appends until the journal says no and knows why. */
    private static long fill(DecisionJournal journal) {
        long accepted = 0;
        while (true) {
            if (journal.append(RECORD)) {
                accepted++;
            } else if (!journal.condition().isWell()) {
                return accepted;
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
