package org.anticall.ops.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.TestRecords;
import org.anticall.ops.evidence.RecordIntake.Answer;
import org.anticall.ops.store.Database;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordIntakeTest {

    @TempDir
    Path state;

    private Database database;
    private RecordIntake intake;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void open() {
        database = Database.open(state, null);
        intake = new RecordIntake(database.records(), Clock.systemUTC(), record -> heard.add(record.id()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRepeatedBatchStoresNothingTwice() {
        String batch = line("A") + "\n" + line("B") + "\n";

        assertEquals(new Answer(2, 0, List.of()), take(batch));
        assertEquals(new Answer(1, 2, List.of()), take(batch + line("C")));

        assertEquals(3, database.records().count());
        assertEquals(List.of("A", "B", "C"), heard);
    }

    @Test
    void aLineThatIsNoRecordDoesNotHoldUpTheOthers() {
        Answer answer = take(line("A") + "\n{\"id\":\n\n" + line("B") + "\nnothing\n");

        assertEquals(2, answer.stored());
        assertEquals(
                List.of(2, 5),
                answer.refused().stream().map(RecordIntake.Refusal::line).toList());
        answer.refused().forEach(each -> assertTrue(each.error().length() <= 300, each.error()));
    }

    @Test
    void aLineMayBeAsLongAsTheLimitAndNotAByteLonger() {
        String record = line("A");
        String fits = record + " ".repeat(RecordIntake.MAX_LINE_BYTES - bytes(record).length);

        assertEquals(1, take(fits).stored());
        assertEquals(
                1,
                take(line("B") + " ".repeat(RecordIntake.MAX_LINE_BYTES))
                        .refused()
                        .size());
    }

    @Test
    void anIdMayHave64CharactersAndNotMore() {
        assertEquals(1, take(line("x".repeat(64))).stored());
        assertEquals(1, take(line("x".repeat(65))).refused().size());
    }

    @Test
    void aStoredRecordReadsAsItWasSent() {
        DecisionRecord sent = record("A");

        take(TestRecords.line(sent));

        assertEquals(
                sent.decision(),
                new Archive(database.records()).find("A").orElseThrow().decision());
    }

    private Answer take(String batch) {
        return intake.take(bytes(batch));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String id) {
        return TestRecords.line(record(id));
    }

    private static DecisionRecord record(String id) {
        return TestRecords.diverted(
                id,
                77172700000L,
                77011234567L,
                "D10",
                TestRecords.LANDLINE_FROM_ABROAD,
                Instant.parse("2026-11-21T02:47:03Z"));
    }
}
