package org.anticall.ops.http;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trail for what has been done to a call already and cannot be taken back: it is written at once, or, while the database
 * is away, as soon as it is there again, with the time at which it was done. Up to {@value #MOST_WAITING} links wait; beyond
 * that the oldest are only in the log. Thread-safe.
 */
final class LateTrail implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final long RETRY_MILLIS = 1_000;
    private static final long JOIN_MILLIS = 6_000;
    private static final Logger LOG = LoggerFactory.getLogger(LateTrail.class);

    private final AuditTrail audit;
    private final LinkedBlockingDeque<AuditEntry> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
    private final Thread writer;

    LateTrail(AuditTrail audit) {
        this.audit = audit;
        this.writer = new Thread(this::write, "late-trail");
        writer.setDaemon(true);
        writer.start();
    }

    /** Adds a link now or later; never fails. */
    void add(AuditEntry entry) {
        if (!waiting.isEmpty() || !isWritten(entry)) {
            while (!waiting.offer(entry)) {
                AuditEntry oldest = waiting.poll();
                if (oldest != null) {
                    logged(oldest);
                }
            }
        }
    }

    private void write() {
        @Nullable AuditEntry next = null;
        try {
            while (true) {
                next = waiting.take();
                while (!isWritten(next)) {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
                next = null;
            }
        } catch (InterruptedException closing) {
            if (next != null && !waiting.offerFirst(next)) {
                logged(next);
            }
        }
    }

    private boolean isWritten(AuditEntry entry) {
        try {
            audit.add(entry);
            return true;
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    private static void logged(AuditEntry entry) {
        LOG.atError()
                .addKeyValue("at", entry.at())
                .addKeyValue("account", entry.who().account())
                .addKeyValue("action", entry.action())
                .addKeyValue("subject", entry.subject())
                .log("a link of the trail is not written, too many wait");
    }

    /** Writes what waits, if the database is there; what cannot be written stands in the log. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (AuditEntry each = waiting.poll(); each != null; each = waiting.poll()) {
            if (!isWritten(each)) {
                logged(each);
            }
        }
    }
}
