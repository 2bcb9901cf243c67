package org.anticall.ops.evidence;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.anticall.ops.store.Records;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.anticall.rules.record.MalformedRecordException;

/**
 * Takes batches of decision records from gateways: one JSON object a line. A gateway repeats a batch until it is
 * answered, so known records are counted and left alone, and a line that is no record is refused by itself: it must not
 * hold up the rest. Thread-safe.
 */
public final class RecordIntake {

    /** Most bytes of one batch. */
    public static final int MAX_BATCH_BYTES = 16 * 1024 * 1024;

    /** Most bytes of one line: a record holds one INVITE of at most 64 KiB, in base 64. */
    static final int MAX_LINE_BYTES = 256 * 1024;

    /** Most characters of a record's id; the gateway writes 20. */
    static final int MAX_ID_CHARS = 64;

    private static final int LONGEST_ERROR = 300;

    private final Records records;
    private final Clock clock;
    private final Consumer<DecisionRecord> listener;
    private final LongAdder stored = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** @param listener hears of every record that was new, after it is stored; must not block */
    public RecordIntake(Records records, Clock clock, Consumer<DecisionRecord> listener) {
        this.records = records;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * What became of a batch.
     *
     * @param stored how many records were new
     * @param duplicates how many were known before
     * @param refused the lines that are no records
     */
    public record Answer(int stored, int duplicates, List<Refusal> refused) {
        public Answer {
            refused = List.copyOf(refused);
        }
    }

    /**
     * A line that was not taken.
     *
     * @param line its number in the batch, from 1
     * @param error what is wrong with it
     */
    public record Refusal(int line, String error) {}

    /**
     * Stores what is new in {@code batch}, in one transaction.
     *
     * @param batch newline-delimited JSON; empty lines are skipped
     * @throws org.anticall.ops.store.StoreUnavailable if nothing could be stored: the gateway shall repeat the batch
     */
    public Answer take(byte[] batch) {
        List<Records.Received> received = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        int line = 0;
        for (int from = 0; from < batch.length; ) {
            int end = endOfLine(batch, from);
            line++;
            if (!isBlank(batch, from, end)) {
                readLine(Arrays.copyOfRange(batch, from, end), line, received, refused);
            }
            from = end + 1;
        }
        List<Records.Received> stored = records.add(received, clock.instant());
        stored.forEach(each -> listener.accept(each.record()));
        this.stored.add(stored.size());
        this.duplicates.add(received.size() - stored.size());
        this.refused.add(refused.size());
        return new Answer(stored.size(), received.size() - stored.size(), refused);
    }

    /** Records that were new, since the start. */
    public long stored() {
        return stored.sum();
    }

    /** Records that were known before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Lines that are no records. */
    public long refused() {
        return refused.sum();
    }

    private static void readLine(byte[] bytes, int line, List<Records.Received> received, List<Refusal> refused) {
        if (bytes.length > MAX_LINE_BYTES) {
            refused.add(new Refusal(line, bytes.length + " bytes, at most " + MAX_LINE_BYTES + " are taken"));
            return;
        }
        try {
            DecisionRecord record = DecisionRecordCodec.decode(bytes);
            if (record.id().isEmpty() || record.id().length() > MAX_ID_CHARS) {
                refused.add(new Refusal(line, "id: expected 1 to " + MAX_ID_CHARS + " characters"));
                return;
            }
            received.add(new Records.Received(record, bytes));
        } catch (MalformedRecordException notARecord) {
            String error =
                    String.valueOf(notARecord.getMessage()).lines().findFirst().orElse("no record");
            refused.add(new Refusal(line, error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error));
        }
    }

    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
