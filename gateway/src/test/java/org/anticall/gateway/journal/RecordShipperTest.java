package org.anticall.gateway.journal;

import static org.anticall.gateway.journal.DecisionJournalTest.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.anticall.gateway.config.JournalSettings;
import org.anticall.gateway.config.OpsLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordShipperTest {

    private static final JournalSettings SMALL = new JournalSettings(64 << 10, 0, Duration.ofMillis(5));

    @TempDir
    Path directory;

    private RecordsServer server;
    private OpsLink ops;

    @BeforeEach
    void startOps() throws IOException {
        server = RecordsServer.start(0);
        Path token = Files.writeString(directory.resolve("token"), "secret\n");
        ops = new OpsLink(URI.create("http://127.0.0.1:" + server.port() + "/records"), token);
    }

    @AfterEach
    void stopOps() {
        server.close();
    }

    @Test
    void recordsTravelInOrderWithTheToken() throws IOException {
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            List<String> sent = append(journal, 1_200);
            await(() -> shipper.shipped() == 1_200);
            assertEquals(sent, server.received());
            assertEquals("Bearer secret", server.authorization());
            assertEquals("application/x-ndjson", server.contentType());
            assertEquals("", shipper.trouble());
        }
    }

    @Test
    void whatOpsDoesNotConfirmIsSentAgain() throws IOException {
        server.answerOnce(500);
        server.answerOnce(401);
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            append(journal, 1);
            await(() -> shipper.shipped() == 1);
            assertEquals(List.of("record 0", "record 0", "record 0"), server.received());
            assertEquals(2, shipper.failures());
        }
    }

    @Test
    void recordsWaitWhileOpsIsDownAndArriveWhenItIsBack() throws IOException {
        int port = server.port();
        server.close();
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            List<String> sent = append(journal, 50);
            await(() -> !shipper.trouble().isEmpty());
            assertTrue(shipper.trouble().startsWith("no connection to"), shipper.trouble());
            server = RecordsServer.start(port);
            await(() -> shipper.shipped() == 50);
            assertEquals(sent, server.received());
            await(() -> shipper.trouble().isEmpty());
        }
    }

    @Test
    @SuppressWarnings("try") // the answer is let go within the block
    void anAnswerThatComesLateIsWaitedFor() throws IOException {
        try (RecordsServer.Held held = server.holdAnswers();
                DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            append(journal, 3);
            await(() -> !server.received().isEmpty());
            assertEquals(0, shipper.shipped());
            held.close();
            await(() -> shipper.shipped() == 3);
        }
    }

    @Test
    void aRestartedGatewayGoesOnWhereOpsConfirmed() throws IOException {
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            append(journal, 10);
            await(() -> shipper.shipped() == 10);
        }
        try (DecisionJournal journal = journal()) {
            assertTrue(journal.append(bytes("between")));
        }
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            assertTrue(journal.append(bytes("after")));
            await(() -> shipper.shipped() == 2);
            assertEquals(List.of("between", "after"), server.received().subList(10, 12));
        }
    }

    @Test
    void aRefusedRecordIsKeptAndDoesNotBlockTheOthers() throws IOException {
        server.refuse("record 1");
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            append(journal, 3);
            await(() -> shipper.shipped() == 3);
            assertEquals(1, shipper.refused());
            assertEquals("record 1\n", Files.readString(directory.resolve("journal/refused.ndjson")));
        }
    }

    @Test
    void shippedSegmentsLeaveTheDiskAtTheNextStart() throws IOException {
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            append(journal, 6_000);
            await(() -> shipper.shipped() == 6_000);
            assertTrue(journal.segmentCount() > 1, journal.segmentCount() + " segments");
        }
        try (DecisionJournal journal = journal();
                RecordShipper shipper = shipper(journal)) {
            assertTrue(journal.append(bytes("after")));
            await(() -> shipper.shipped() == 1);
            await(() -> journal.segmentCount() == 1);
        }
    }

    private DecisionJournal journal() throws JournalUnavailable {
        return DecisionJournal.open(directory.resolve("journal"), SMALL);
    }

    private RecordShipper shipper(DecisionJournal journal) throws JournalUnavailable {
        RecordShipper shipper = new RecordShipper(journal, ops);
        shipper.start();
        return shipper;
    }

    private static List<String> append(DecisionJournal journal, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add("record " + i);
            DecisionJournalTest.appendPatiently(journal, bytes("record " + i));
        }
        return texts;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "condition did not come true in 20 s");
            Thread.onSpinWait();
        }
    }
}
