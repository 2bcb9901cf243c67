package org.anticall.ops.http;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trail for what has been done to a call already and cannot be taken back: it is written at once, or, while the database
 * is away or hangs, as soon as it is there again, with the time at which it was done and in the order in which it was done.
 * Up to {@value #MOST_WAITING} links wait; beyond that the oldest are only in the log. Thread-safe.
 */
final class LateTrail implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final long RETRY_MILLIS = 1_000;
    private static final long JOIN_MILLIS = 6_000;

    /** How long somebody at a call waits for what they did to be written. */
    private static final long WAIT_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(LateTrail.class);

    private final AuditTrail audit;
    private final BlockingQueue<Link> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread writer;
    private volatile boolean closing;

    private record Link(AuditEntry entry, CountDownLatch written) {}

    LateTrail(AuditTrail audit) {
        this.audit = audit;
        this.writer = new Thread(this::write, "late-trail");
        writer.setDaemon(true);
        writer.start();
    }

    /** Adds a link now or later; never fails, and returns after two seconds at the latest. */
    void add(AuditEntry entry) {
        Link link = new Link(entry, new CountDownLatch(1));
        while (!waiting.offer(link)) {
            Link oldest = waiting.poll();
            if (oldest != null) {
                logged(oldest);
            }
        }
        try {
            var unused = link.written.await(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Link next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null && !isWrittenInTheEnd(next)) {
                    logged(next);
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until the link is written; false if the centre closes before. */
    private boolean isWrittenInTheEnd(Link link) throws InterruptedException {
        while (!isWritten(link)) {
            if (closing) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
        return true;
    }

    private boolean isWritten(Link link) {
        try {
            audit.add(link.entry);
            link.written.countDown();
            return true;
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    private static void logged(Link link) {
        AuditEntry entry = link.entry;
        LOG.atError()
                .addKeyValue("at", entry.at())
                .addKeyValue("account", entry.who().account())
                .addKeyValue("action", entry.action())
                .addKeyValue("subject", entry.subject())
                .log("a link of the trail is not written, the database does not take it");
    }

    /** Writes what waits, if the database is there; what cannot be written stands in the log. Interrupts no write. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Link each = waiting.poll(); each != null; each = waiting.poll()) {
            logged(each);
        }
    }
}
