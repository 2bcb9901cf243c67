package org.anticall.gateway.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.anticall.gateway.config.OpsLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries records from the journal to ops on a thread of its own: in order, at least once, again and again until ops
 * confirms. A record ops refuses must not block those behind it, so it is kept in the file {@code refused.ndjson} and
 * counted.
 */
public final class RecordShipper implements AutoCloseable, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordShipper.class);
    private static final int BATCH_RECORDS = 500;
    private static final int BATCH_BYTES = 1 << 20;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long STOP_WITHIN_MILLIS = 3_000;

    private final DecisionJournal journal;
    private final OpsLink ops;
    private final JournalReader reader;
    private final ShippedMark mark;
    private final RefusedRecords refusedRecords;
    private final Thread thread = new Thread(this, "record-shipper");
    private final LongAdder shipped = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private volatile boolean isRunning = true;
    private volatile String trouble = "";
    private volatile long damaged;

    /** Written by the shipper's thread. */
    private volatile JournalPosition position = JournalPosition.START;

    public RecordShipper(DecisionJournal journal, OpsLink ops) {
        this.journal = journal;
        this.ops = ops;
        this.reader = journal.reader();
        this.mark = new ShippedMark(journal.directory());
        this.refusedRecords = new RefusedRecords(journal.directory());
        thread.setDaemon(true);
    }

    /**
     * Starts where the last process stopped.
     *
     * @throws JournalUnavailable if the mark of shipped records cannot be read
     */
    public void start() throws JournalUnavailable {
        try {
            position = mark.read();
        } catch (IOException failure) {
            throw new JournalUnavailable(
                    "journal: the mark of shipped records cannot be read: " + failure.getMessage());
        }
        thread.start();
    }

    /** Records ops has confirmed or refused since the start. */
    public long shipped() {
        return shipped.sum();
    }

    /** Attempts that failed since the start. */
    public long failures() {
        return failures.sum();
    }

    /** Records ops refused since the start. */
    public long refused() {
        return refusedRecords.count();
    }

    /** Records the disk has damaged, found since the start. */
    public long damaged() {
        return damaged;
    }

    /** Bytes on the disk that ops has not confirmed, frames and all; a moment old. */
    public long backlogBytes() {
        JournalPosition confirmed = position;
        return journal.bytesBehind(confirmed);
    }

    /** Why records do not travel, empty while they do. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void run() {
        RecordsEndpoint endpoint = new RecordsEndpoint(ops);
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (isRunning) {
            JournalReader.Batch batch = reader.read(position, BATCH_RECORDS, BATCH_BYTES);
            damaged = reader.damaged();
            if (batch.next().equals(position)) {
                LockSupport.parkNanos(IDLE_NANOS);
                continue;
            }
            try {
                ship(endpoint, batch);
                pauseNanos = FIRST_PAUSE_NANOS;
                say("");
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException failure) {
                failures.increment();
                say(failure.getMessage() == null ? failure.toString() : failure.getMessage());
                LockSupport.parkNanos(pauseNanos);
                pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
            }
        }
    }

    private void ship(RecordsEndpoint endpoint, JournalReader.Batch batch) throws IOException, InterruptedException {
        if (!batch.records().isEmpty()) {
            refusedRecords.keep(batch.records(), endpoint.post(batch.records()));
            shipped.add(batch.records().size());
        }
        mark.write(batch.next());
        position = batch.next();
        journal.releaseBefore(position.sequence());
    }

    private void say(String now) {
        if (trouble.isEmpty() && !now.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("ops", ops.records())
                    .addKeyValue("reason", now)
                    .log("records wait on disk, ops does not take them");
        } else if (!trouble.isEmpty() && now.isEmpty()) {
            LOG.atWarn().addKeyValue("ops", ops.records()).log("ops takes records again");
        }
        trouble = now;
    }

    /** Stops; what is not confirmed travels after the next start. */
    @Override
    public void close() {
        isRunning = false;
        thread.interrupt();
        try {
            thread.join(STOP_WITHIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
