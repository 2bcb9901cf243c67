package org.anticall.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedHead;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the head of the audit trail when the newest signature is a day old, looking every minute on a thread of its own; a
 * centre that was down overnight signs as soon as it is back.
 */
final class DailyHead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DailyHead.class);
    private static final Duration EVERY = Duration.ofDays(1);

    private final AuditTrail audit;
    private final HeadSigner signer;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    /** Never done by itself: {@link #look} throws nothing. */
    private final Future<?> looking;

    DailyHead(AuditTrail audit, HeadSigner signer, Clock clock) {
        this.audit = audit;
        this.signer = signer;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "audit-head");
            made.setDaemon(true);
            return made;
        });
        looking = thread.scheduleWithFixedDelay(this::look, 1, 60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdownNow();
    }

    private void look() {
        try {
            signIfDue();
        } catch (StoreUnavailable refused) {
            LOG.atError().log("the head of the audit trail is not signed: {}", refused.getMessage());
        }
    }

    /** Signs if the newest signature is a day old or there is none. */
    void signIfDue() {
        Instant now = clock.instant();
        Instant due = audit.newestHead()
                .map(SignedHead::at)
                .orElse(Instant.MIN.plus(EVERY))
                .plus(EVERY);
        if (!now.isBefore(due)) {
            audit.sign(signer, now).ifPresent(head -> LOG.atInfo()
                    .addKeyValue("link", head.seq())
                    .addKeyValue("hash", head.hash())
                    .log("head of the audit trail signed"));
        }
    }
}
