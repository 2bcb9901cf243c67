package org.anticall.ops;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Retention;
import org.anticall.ops.store.Retention.Forgotten;
import org.anticall.ops.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets every hour what has been kept long enough, on a thread of its own: records with what belongs to them, recordings, and
 * once a day the oldest links of the trail.
 */
final class RetentionRound implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionRound.class);
    private static final long EVERY_SECONDS = 3_600;
    private static final long FIRST_AFTER_SECONDS = 60;

    private final Database database;
    private final @Nullable Recordings recordings;
    private final HeadSigner signer;
    private final Retention.Terms terms;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    /** Never done by itself: {@link #look} throws nothing. */
    private final Future<?> looking;

    /**
     * Begins to look.
     *
     * @param recordings null where none are made
     * @param signer signs where the trail is cut off
     */
    RetentionRound(
            Database database, @Nullable Recordings recordings, HeadSigner signer, Retention.Terms terms, Clock clock) {
        this.database = database;
        this.recordings = recordings;
        this.signer = signer;
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
            forget();
        } catch (StoreUnavailable | IOException failed) {
            LOG.atError().log("not everything could be forgotten: {}", failed.getMessage());
        }
    }

    /**
     * Forgets what is over now.
     *
     * @throws IOException if a recording cannot be deleted
     */
    void forget() throws IOException {
        Instant now = clock.instant();
        Forgotten forgotten = database.retention().forget(terms, now, entry(now, "retention.forget", "{}"));
        int parts = recordings == null ? 0 : forget(recordings, now);
        // Whole days, so that the trail gets one cut a day and not one an hour.
        Instant before = now.minus(terms.audit()).truncatedTo(ChronoUnit.DAYS);
        long links = database.audit().cut(signer, before, entry(now, "audit.cut", "{}"));
        LOG.atInfo()
                .addKeyValue("passes", forgotten.passes())
                .addKeyValue("records", forgotten.records())
                .addKeyValue("recordings", parts)
                .addKeyValue("links", links)
                .log("what was kept long enough is forgotten");
    }

    private int forget(Recordings recordings, Instant now) throws IOException {
        int parts = recordings.forget(now.minus(terms.recordings()), database.retention()::isNeeded);
        if (parts > 0) {
            database.audit().add(entry(now, "retention.recordings", "{\"parts\":" + parts + "}"));
        }
        return parts;
    }

    private static AuditEntry entry(Instant now, String action, String details) {
        return new AuditEntry(now, Actor.CENTRE, action, "", details, "");
    }
}
