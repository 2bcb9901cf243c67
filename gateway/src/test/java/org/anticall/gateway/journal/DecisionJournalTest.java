package org.anticall.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anticall.gateway.config.JournalSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DecisionJournalTest {

    private static final JournalSettings SMALL = new JournalSettings(64 << 10, 0, Duration.ofMillis(5));
    private static final int LARGEST = (64 << 10) - Segment.HEADER_BYTES - Segment.FRAME_HEADER_BYTES - 8;

    @TempDir
    Path directory;

    @Test
    void recordsAreReadInTheOrderTheyWereAccepted() throws IOException {
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            assertTrue(journal.append(bytes("one")));
            assertTrue(journal.append(bytes("two")));
            assertEquals(List.of("one", "two"), texts(all(journal)));
            assertEquals(2, journal.accepted());
        }
    }

    @Test
    void recordsOfEarlierProcessesComeFirst() throws IOException {
        for (String text : List.of("first life", "second life")) {
            try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
                assertTrue(journal.append(bytes(text)));
            }
        }
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            assertTrue(journal.append(bytes("third life")));
            assertEquals(List.of("first life", "second life", "third life"), texts(all(journal)));
        }
    }

    @Test
    void manyThreadsLoseNothingAcrossManySegments() throws Exception {
        int threads = 4;
        int each = 2_000;
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            List<Thread> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String prefix = t + "-";
                writers.add(new Thread(() -> {
                    for (int n = 0; n < each; n++) {
                        appendPatiently(journal, bytes(prefix + n + "x".repeat(n % 500)));
                    }
                }));
            }
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
            Set<String> found = new HashSet<>();
            texts(all(journal)).forEach(text -> found.add(text.replace("x", "")));
            assertEquals(threads * each, found.size());
            assertTrue(journal.segmentCount() > 10, journal.segmentCount() + " segments");
        }
    }

    @Test
    void theLargestRecordFitsAndOneByteMoreIsRefused() throws IOException {
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            assertFalse(journal.append(new byte[0]));
            assertFalse(journal.append(new byte[LARGEST + 1]));
            assertTrue(journal.append(new byte[LARGEST]));
            assertEquals(2, journal.refused());
            assertEquals(LARGEST, all(journal).get(0).length);
        }
    }

    @Test
    void aClaimWithoutRecordIsSteppedOver() throws IOException {
        Path file = journalOf("one", "two", "three");
        // The claim of "two", as a process leaves it that dies while copying.
        overwrite(file, Segment.HEADER_BYTES + Segment.frameBytes(3), word(-3));
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            assertEquals(List.of("one", "three"), texts(all(journal)));
        }
    }

    @Test
    void aRecordTheDiskHasDamagedIsCountedAndNotGivenOut() throws IOException {
        Path file = journalOf("one", "two", "three");
        overwrite(file, Segment.HEADER_BYTES + Segment.frameBytes(3) + Segment.FRAME_HEADER_BYTES, bytes("owt"));
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            JournalReader reader = journal.reader();
            JournalReader.Batch batch = reader.read(JournalPosition.START, 10, 1000);
            assertEquals(List.of("one", "three"), texts(batch.records()));
            assertEquals(1, reader.damaged());
        }
    }

    @Test
    void aBrokenChainEndsItsSegmentAndTheJournalGoesOnInANewOne() throws IOException {
        Path file = journalOf("one", "two", "three");
        overwrite(file, Segment.HEADER_BYTES + Segment.frameBytes(3), word(Integer.MAX_VALUE));
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            assertTrue(journal.append(bytes("four")));
            assertEquals(List.of("one", "four"), texts(all(journal)));
            assertTrue(Files.exists(file), "the damaged segment is evidence and stays");
        }
    }

    @Test
    void aFileThatIsNoSegmentIsNoObstacle() throws IOException {
        Files.writeString(directory.resolve("0000000000000000007.journal"), "half a hea");
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            assertTrue(journal.append(bytes("one")));
            assertEquals(List.of("one"), texts(all(journal)));
        }
    }

    @Test
    void aQuietRestartLeavesNoFilesBehind() throws IOException {
        for (int i = 0; i < 5; i++) {
            DecisionJournal.open(directory, SMALL).close();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    1,
                    files.filter(file -> file.toString().endsWith(".journal")).count());
        }
    }

    @Test
    void twoGatewaysCannotShareADirectory() throws IOException {
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            JournalUnavailable refusal =
                    assertThrows(JournalUnavailable.class, () -> DecisionJournal.open(directory, SMALL));
            assertTrue(refusal.getMessage().contains("another gateway uses this directory"), refusal.getMessage());
            assertTrue(journal.append(bytes("one")), "the first one goes on");
        }
    }

    @Test
    void aPathThatIsAFileIsSaidSo() throws IOException {
        Path file = Files.writeString(directory.resolve("state"), "");
        JournalUnavailable refusal = assertThrows(JournalUnavailable.class, () -> DecisionJournal.open(file, SMALL));
        assertTrue(refusal.getMessage().contains("is not a directory"), refusal.getMessage());
    }

    @Test
    void aDiskWithLessThanTheSpaceToKeepIsRefusedAtStart() {
        JournalSettings greedy = new JournalSettings(64 << 10, 1L << 60, Duration.ofMillis(5));
        JournalUnavailable refusal =
                assertThrows(JournalUnavailable.class, () -> DecisionJournal.open(directory, greedy));
        assertTrue(refusal.getMessage().contains("MiB free"), refusal.getMessage());
    }

    @Test
    void nothingIsAcceptedAfterClosing() throws IOException {
        DecisionJournal journal = DecisionJournal.open(directory, SMALL);
        journal.close();
        assertFalse(journal.append(bytes("late")));
    }

    /** Everything that can be read now. */
    static List<byte[]> all(DecisionJournal journal) {
        JournalReader reader = journal.reader();
        List<byte[]> records = new ArrayList<>();
        JournalPosition position = JournalPosition.START;
        while (true) {
            JournalReader.Batch batch = reader.read(position, 100, 1 << 20);
            if (batch.next().equals(position)) {
                return records;
            }
            records.addAll(batch.records());
            position = batch.next();
        }
    }

    /** Appends although the keeper may be behind: these segments are far smaller than real ones. */
    static void appendPatiently(DecisionJournal journal, byte[] record) {
        while (!journal.append(record)) {
            Thread.onSpinWait();
        }
    }

    private Path journalOf(String... texts) throws IOException {
        try (DecisionJournal journal = DecisionJournal.open(directory, SMALL)) {
            for (String text : texts) {
                assertTrue(journal.append(bytes(text)));
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void overwrite(Path file, int at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4).putInt(Integer.reverseBytes(value)).array();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<String> texts(List<byte[]> records) {
        return records.stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }
}
