package org.anticall.ops;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends orders whose time is over, on a thread of its own. Gateways stop enforcing them by themselves at the very instant; this
 * writes it down and takes them out of the next revision.
 */
final class ExpiryRound implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryRound.class);
    private static final long EVERY_SECONDS = 10;

    private final Publisher publisher;
    private final ScheduledExecutorService thread;

    /** Never done by itself: {@link #look} throws nothing. */
    private final Future<?> looking;

    ExpiryRound(Publisher publisher) {
        this.publisher = publisher;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "expiry");
            made.setDaemon(true);
            return made;
        });
        this.looking = thread.scheduleWithFixedDelay(this::look, 1, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdownNow();
    }

    private void look() {
        try {
            publisher.expire();
        } catch (PublishRefused refused) {
            LOG.atError().addKeyValue("problems", refused.problems()).log("orders do not end: {}", refused.getMessage());
        } catch (StoreUnavailable unavailable) {
            LOG.atError().log("orders do not end: {}", unavailable.getMessage());
        }
    }
}
