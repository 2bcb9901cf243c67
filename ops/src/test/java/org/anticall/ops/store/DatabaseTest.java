package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Records.Received;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:47:03.402Z");

    @TempDir
    Path state;

    @Test
    void whatWasStoredIsThereAfterARestart() {
        DecisionRecord record = diverted("A");
        byte[] line = TestRecords.line(record).getBytes(StandardCharsets.UTF_8);
        try (Database database = Database.open(state, null)) {
            database.records().add(List.of(new Received(record, line)), NOW);
            Person person = database.people().add("900101300001", "Н. Есімова", "", StoreContract.entry("person.add"));
            database.accounts().add("operator", person, Role.OPERATOR, "hash", StoreContract.entry("account.add"));
            database.audit().add(AuditEntry.of(NOW, Actor.CENTRE, "look.receipt", "A"));
        }

        try (Database database = Database.open(state, null)) {
            assertArrayEquals(line, database.records().line("A").orElseThrow());
            assertEquals(
                    Role.OPERATOR,
                    database.accounts().find("operator").orElseThrow().role());
            assertEquals(1, database.audit().looksAt("A"));
        }
    }

    @Test
    void aDatabaseThatAnotherProcessHoldsIsToldInOneSentence() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsDatabase.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = holder.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("open", out.readLine());

            StoreUnavailable refused = assertThrows(StoreUnavailable.class, () -> Database.open(state, null));

            assertEquals(
                    "The database in " + state + " cannot be used: another process has it open.", refused.getMessage());
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    @Test
    void aStateDirectoryThatIsAFileIsToldInOneSentence() throws IOException {
        Path file = Files.writeString(state.resolve("file"), "");

        StoreUnavailable refused = assertThrows(StoreUnavailable.class, () -> Database.open(file, null));

        assertTrue(String.valueOf(refused.getMessage()).startsWith("The database in " + file + " cannot be used: "));
    }

    private static DecisionRecord diverted(String id) {
        return TestRecords.diverted(id, 77172700000L, 77011234567L, "D10", TestRecords.LANDLINE_FROM_ABROAD, NOW);
    }
}
