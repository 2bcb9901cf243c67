package org.anticall.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 2, "no record, no interception": what was accepted outlives {@code kill -9}. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JournalCrashTest {

    private static final int LIVES = 4;
    private static final int RECORDS_A_LIFE = 4_000;

    @TempDir
    Path directory;

    @Test
    void everyAcceptedRecordIsFoundAfterTheProcessWasKilled() throws Exception {
        Set<String> accepted = new HashSet<>();
        for (int life = 0; life < LIVES; life++) {
            accepted.addAll(acceptedUntilKilled("life" + life));
            Set<String> found = foundOnDisk();
            Set<String> lost = new HashSet<>(accepted);
            lost.removeAll(found);
            assertEquals(Set.of(), lost, "accepted and lost, life " + life);
        }
        assertTrue(accepted.size() >= LIVES * RECORDS_A_LIFE);
    }

    private Set<String> acceptedUntilKilled(String name) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalWriterProcess.class.getName(),
                        directory.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> ids = new HashSet<>();
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            String id;
            while ((id = out.readLine()) != null) {
                if (id.startsWith(name)) {
                    ids.add(id);
                }
                if (ids.size() == RECORDS_A_LIFE) {
                    // The handle, because Process would close the pipe with ids still in it.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return ids;
    }

    private Set<String> foundOnDisk() throws IOException {
        Set<String> found = new HashSet<>();
        try (DecisionJournal journal = DecisionJournal.open(directory, JournalWriterProcess.SETTINGS)) {
            for (byte[] record : DecisionJournalTest.all(journal)) {
                String text = new String(record, StandardCharsets.UTF_8);
                found.add(text.substring(0, text.indexOf(' ')));
            }
        }
        return found;
    }
}
