package org.anticall.ops;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.http.Chores;
import org.anticall.ops.http.Chores.Chore;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work that is done every so often on a thread of its own. Whatever it throws is told in the log and at the admin
 * address, and it is done again when its time comes.
 */
final class Round implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    /** How long the end waits for work that is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What is done. */
    interface Work {
        void look() throws IOException, PublishRefused;
    }

    private final Chore chore;
    private final Work work;
    private final Chores chores;
    private final Clock clock;
    private final ScheduledExecutorService thread;

    /** Never done by itself: {@link #look} throws nothing. */
    private final Future<?> looking;

    /**
     * Begins.
     *
     * @param first how long after now it is done first
     * @param every how long after its end it is done again
     */
    Round(Chore chore, Duration first, Duration every, Work work, Chores chores, Clock clock) {
        this.chore = chore;
        this.work = work;
        this.chores = chores;
        this.clock = clock;
        String name = chore.name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        this.looking =
                thread.scheduleWithFixedDelay(this::look, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            work.look();
            chores.done(chore, clock.instant());
        } catch (PublishRefused refused) {
            chores.failed(chore, clock.instant());
            LOG.atError()
                    .addKeyValue("problems", refused.problems())
                    .log("{} failed: {}", chore.words(), refused.getMessage());
        } catch (IOException | StoreUnavailable failed) {
            chores.failed(chore, clock.instant());
            LOG.atError().log("{} failed: {}", chore.words(), failed.getMessage());
        } catch (RuntimeException defect) {
            chores.failed(chore, clock.instant());
            LOG.atError().setCause(defect).log("{} failed by a defect", chore.words());
        }
    }

    /** Does not interrupt what is under way: the embedded database would take that for a broken disk. */
    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("{} is still under way", chore.words());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
