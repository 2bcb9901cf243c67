package org.anticall.ops.sip;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one stack: a group that every thread the stack makes falls into, because the stack is made on a thread
 * of the group. So it is known when the last of them has ended, and a thread that dies is noticed. Threads that a
 * listener's executor makes while it is handed an event may fall into the group as well; they are not the stack's.
 */
final class StackThreads {

    private static final Logger LOG = LoggerFactory.getLogger(StackThreads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ThreadGroup group;
    private volatile List<Thread> stock = List.of();

    StackThreads(String endpoint, LongAdder deaths) {
        this.group = new ThreadGroup("sip-" + endpoint) {
            @Override
            public void uncaughtException(Thread thread, Throwable error) {
                deaths.increment();
                LOG.atError()
                        .addKeyValue("thread", thread.getName())
                        .setCause(error)
                        .log("a thread of the SIP stack died");
            }
        };
    }

    /** Runs {@code task} on a thread of the group and waits for it. */
    <T> T call(Callable<T> task) throws IOException {
        FutureTask<T> made = new FutureTask<>(task);
        Thread maker = new Thread(group, made, group.getName() + "-start");
        maker.setDaemon(true);
        maker.start();
        try {
            return made.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException("the SIP stack " + group.getName() + " does not start: " + cause, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the SIP stack " + group.getName() + " was started", e);
        }
    }

    /** Takes stock: the threads of the group that exist now are the stack's. */
    void takeStock() {
        Thread[] members = new Thread[128];
        int count = group.enumerate(members);
        stock = List.of(Arrays.copyOf(members, count));
    }

    /** Waits until the threads of the last stock-taking have ended, but not for ever. */
    void awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : stock) {
                long restMillis = (deadline - System.nanoTime()) / 1_000_000;
                thread.join(Math.max(1, restMillis));
                if (thread.isAlive()) {
                    LOG.atWarn().addKeyValue("thread", thread.getName()).log("a thread of the SIP stack did not end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
