package org.anticall.ops;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.publish.Breaker;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the authority does without being asked, on a thread of its own: ends orders whose time is over (gateways stop
 * enforcing them by themselves at the very instant; this writes it down), publishes allow entries that could not be published when they
 * were decided, and lets orders that left their band fall back.
 */
final class AuthorityRound implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityRound.class);
    private static final long EVERY_SECONDS = 10;

    private final Publisher publisher;
    private final Breaker breaker;
    private final ScheduledExecutorService thread;

    /** Never done by itself: {@link #look} throws nothing. */
    private final Future<?> looking;

    AuthorityRound(Publisher publisher, Breaker breaker) {
        this.publisher = publisher;
        this.breaker = breaker;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "authority");
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
            publisher.free(Actor.CENTRE, "allow entries that had not reached the gateways");
            breaker.look();
        } catch (PublishRefused refused) {
            LOG.atError()
                    .addKeyValue("problems", refused.problems())
                    .log("the round over the orders failed: {}", refused.getMessage());
        } catch (StoreUnavailable unavailable) {
            LOG.atError().log("the round over the orders failed: {}", unavailable.getMessage());
        }
    }
}
