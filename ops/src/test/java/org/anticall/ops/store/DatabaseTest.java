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
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.store.Accounts.Account;
import org.anticall.ops.store.Accounts.Role;
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
            database.accounts().add(new Account("operator", Role.OPERATOR, "hash"), NOW);
            database.accessLog().add(new AccessLog.Look(NOW, "operator", "127.0.0.1", "A", "receipt"));
        }

        try (Database database = Database.open(state, null)) {
            assertArrayEquals(line, database.records().line("A").orElseThrow());
            assertEquals(
                    Role.OPERATOR,
                    database.accounts().find("operator").orElseThrow().role());
            assertEquals(
                    List.of(new AccessLog.Look(NOW, "operator", "127.0.0.1", "A", "receipt")),
                    database.accessLog().of("A"));
        }
    }

    @Test
    void aRecordIsStoredOnce() {
        try (Database database = Database.open(state, null)) {
            Received first = new Received(diverted("A"), new byte[] {1});
            Received again = new Received(diverted("A"), new byte[] {2});

            assertEquals(1, database.records().add(List.of(first, again), NOW).size());
            assertEquals(0, database.records().add(List.of(again), NOW).size());

            assertEquals(1, database.records().count());
            assertArrayEquals(new byte[] {1}, database.records().line("A").orElseThrow());
        }
    }

    @Test
    void theLatestRecordsOfAVerdictComeFirst() {
        try (Database database = Database.open(state, null)) {
            for (int i = 0; i < 3; i++) {
                DecisionRecord record = TestRecords.diverted(
                        "R" + i, 1, 2, "D10", TestRecords.LANDLINE_FROM_ABROAD, NOW.plusSeconds(i));
                database.records().add(List.of(new Received(record, new byte[] {(byte) i})), NOW);
            }
            DecisionRecord passed = TestRecords.passed("P", 1, 2, NOW.plusSeconds(9));
            database.records().add(List.of(new Received(passed, new byte[] {9})), NOW);

            List<byte[]> latest = database.records().latest("divert", 2);

            assertEquals(2, latest.size());
            assertArrayEquals(new byte[] {2}, latest.get(0));
            assertArrayEquals(new byte[] {1}, latest.get(1));
        }
    }

    @Test
    void theLifeOfACallIsKeptInItsOrder() {
        DeskCall offered = TestRecords.offered("A", "+7", "+8", "D10", NOW);
        DeskCall ringing = TestRecords.moved(offered, State.RINGING, "101", NOW.plusMillis(5));
        DeskCall over = TestRecords.over(ringing, State.RELEASED, DeskCall.Outcome.RELEASED, NOW.plusMillis(9));
        try (Database database = Database.open(state, null)) {
            database.deskCalls().add(List.of(offered, ringing));
            database.deskCalls().add(List.of(over, TestRecords.offered("B", "+1", "+2", "", NOW)));

            assertEquals(List.of(offered, ringing, over), database.deskCalls().historyOf("A"));
            assertEquals(
                    List.of("B", "A"),
                    database.deskCalls().latest(10).stream()
                            .map(DeskCall::recordId)
                            .toList());
            assertEquals(State.RELEASED, database.deskCalls().latest(10).get(1).state());
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
