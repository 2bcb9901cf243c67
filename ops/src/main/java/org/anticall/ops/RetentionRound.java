package org.anticall.ops;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.store.Retention;
import org.anticall.ops.store.Retention.Forgotten;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets every hour what has been kept long enough, on a thread of its own. */
final class RetentionRound implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionRound.class);
    private static final long EVERY_SECONDS = 3_600;
    private static final long FIRST_AFTER_SECONDS = 60;

    private final Retention retention;
    private final Retention.Terms terms;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    /** Never done by itself: {@link #look} throws nothing. */
    private final Future<?> looking;

    RetentionRound(Retention retention, Retention.Terms terms, Clock clock) {
        this.retention = retention;
        this.terms = terms;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "retention");
            made.setDaemon(true);
            return made;
        });
        this.looking = thread.scheduleWithFixedDelay(this::look, FIRST_AFTER_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdownNow();
    }

    private void look() {
        try {
            AuditEntry entry = AuditEntry.of(clock.instant(), Actor.CENTRE, "retention.forget", "");
            Forgotten forgotten = retention.forget(terms, clock.instant(), entry);
            LOG.atInfo()
                    .addKeyValue("passes", forgotten.passes())
                    .addKeyValue("records", forgotten.records())
                    .log("what was kept long enough is forgotten");
        } catch (StoreUnavailable unavailable) {
            LOG.atError().log("nothing could be forgotten: {}", unavailable.getMessage());
        }
    }
}
