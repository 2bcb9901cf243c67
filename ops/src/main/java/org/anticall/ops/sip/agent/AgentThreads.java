package org.anticall.ops.sip.agent;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.sip.CallLanes;

/**
 * The threads of one agent: a lane per Call-ID, in which everything that concerns the call happens one after the other,
 * and a clock whose alarms also go into the lane. So a call's state needs no lock. Thread-safe.
 */
final class AgentThreads implements AutoCloseable {

    private static final int LANE_THREADS = 3;

    private final ExecutorService pool;
    private final ScheduledExecutorService clock;
    private final CallLanes lanes;

    AgentThreads(String name) {
        pool = Executors.newFixedThreadPool(LANE_THREADS, daemons(name));
        clock = Executors.newSingleThreadScheduledExecutor(daemons(name + "-clock"));
        lanes = CallLanes.perCall(task -> {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException e) {
                if (!pool.isShutdown()) {
                    throw e;
                }
            }
        });
    }

    CallLanes lanes() {
        return lanes;
    }

    /** Runs {@code task} in the lane of {@code callId}. */
    void run(String callId, Runnable task) {
        lanes.execute(callId, task);
    }

    /** Runs {@code task} in the lane of {@code callId} when {@code delay} has passed; never, once this is closed. */
    Alarm after(String callId, Duration delay, Runnable task) {
        try {
            Future<?> due = clock.schedule(() -> run(callId, task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException e) {
            if (!clock.isShutdown()) {
                throw e;
            }
            return () -> {};
        }
    }

    /** Something that will happen unless it is called off. */
    interface Alarm {
        void cancel();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        pool.shutdownNow();
    }

    /** In the thread group of whoever opens the agent: the stack waits for the end of all threads of its own group. */
    private static ThreadFactory daemons(String name) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        return task -> {
            Thread thread = new Thread(group, task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
