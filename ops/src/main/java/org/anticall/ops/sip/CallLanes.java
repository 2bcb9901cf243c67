package org.anticall.ops.sip;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs the events of one call one after the other, off the stack's threads.
 *
 * <p>The stack's threads keep no order within a dialog, and a slow listener blocks every call. So an event goes into the
 * lane of its Call-ID at once, and the stack's thread is free again.
 */
public interface CallLanes {

    /** Runs {@code event} after all events handed over before with the same Call-ID; returns at once. */
    void execute(String callId, Runnable event);

    /** One lane for all calls: {@code serial} runs its tasks one after the other. */
    static CallLanes single(Executor serial) {
        return (callId, event) -> serial.execute(event);
    }

    /** A lane per Call-ID; different calls run side by side on {@code pool}. */
    static CallLanes perCall(Executor pool) {
        return new PerCall(pool);
    }

    /** Lanes as queues that exist while they hold work. Thread-safe. */
    final class PerCall implements CallLanes {

        private final Executor pool;
        private final Map<String, ArrayDeque<Runnable>> lanes = new HashMap<>();

        private PerCall(Executor pool) {
            this.pool = pool;
        }

        @Override
        public void execute(String callId, Runnable event) {
            synchronized (lanes) {
                ArrayDeque<Runnable> waiting = lanes.get(callId);
                if (waiting != null) {
                    waiting.add(event);
                    return;
                }
                lanes.put(callId, new ArrayDeque<>());
            }
            pool.execute(() -> runLane(callId, event));
        }

        private void runLane(String callId, Runnable event) {
            try {
                event.run();
            } finally {
                Runnable next = next(callId);
                if (next != null) {
                    pool.execute(() -> runLane(callId, next));
                }
            }
        }

        private @Nullable Runnable next(String callId) {
            synchronized (lanes) {
                ArrayDeque<Runnable> waiting = lanes.get(callId);
                Runnable next = waiting == null ? null : waiting.poll();
                if (next == null) {
                    lanes.remove(callId);
                }
                return next;
            }
        }
    }
}
