package org.anticall.ops.sip;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk's one thread. Signalling, distribution and timers of all calls run here one after the other, so that nothing
 * the desk owns needs a lock; nothing that runs here may block.
 */
final class DeskLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeskLoop.class);

    private final ScheduledThreadPoolExecutor thread;

    DeskLoop() {
        thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "desk"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs {@code task} after all that was handed over before. Fails with a RejectedExecutionException after {@link #close}. */
    void execute(Runnable task) {
        thread.execute(() -> guarded(task));
    }

    /** Runs {@code task} after {@code delay} unless it is cancelled before. */
    ScheduledFuture<?> schedule(Duration delay, Runnable task) {
        return thread.schedule(() -> guarded(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            LOG.atError().setCause(e).log("a task of the desk failed");
        }
    }

    /** Ends the thread after the task it is at. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.atWarn().log("the desk's thread did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
