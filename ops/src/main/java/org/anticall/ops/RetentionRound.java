package org.anticall.ops;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Retention;
import org.anticall.ops.store.Retention.Forgotten;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what has been kept long enough: records with what belongs to them, recordings, and
 * once a day the oldest links of the trail.
 */
final class RetentionRound {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionRound.class);

    private final Database database;
    private final @Nullable Recordings recordings;
    private final HeadSigner signer;
    private final Retention.Terms terms;
    private final Clock clock;

    /**
     * A round over what is kept.
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
