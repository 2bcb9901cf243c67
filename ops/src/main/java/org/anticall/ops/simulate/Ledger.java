package org.anticall.ops.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls under way, by what the wire shows of them: Call-ID, and the session name that also crosses the desk. Thread-safe. */
final class Ledger {

    private final Map<String, CallTrace> byCallId = new ConcurrentHashMap<>();
    private final Map<String, CallTrace> bySession = new ConcurrentHashMap<>();
    private final Tally tally = new Tally();

    Tally tally() {
        return tally;
    }

    CallTrace open(PlannedCall plan) {
        CallTrace trace = new CallTrace(plan);
        byCallId.put(plan.offer().callId(), trace);
        bySession.put(plan.offer().session(), trace);
        tally.offered();
        return trace;
    }

    /** The call under way with this Call-ID, null if there is none. */
    @Nullable
    CallTrace withCallId(String callId) {
        return byCallId.get(callId);
    }

    /** The call under way with this session name, null if there is none. */
    @Nullable
    CallTrace withSession(String session) {
        return bySession.get(session);
    }

    int underWay() {
        return byCallId.size();
    }

    /** The call has ended: counts it, once. */
    void settle(CallTrace trace) {
        if (byCallId.remove(trace.plan().offer().callId()) != null) {
            bySession.remove(trace.plan().offer().session());
            tally.settled(trace);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /**
     * Waits until no call is under way, at most {@code limit}; what is under way then counts as lost.
     *
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    void awaitAll(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            for (long left = limit.toMillis();
                    underWay() > 0 && left > 0;
                    left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        }
        List.copyOf(byCallId.values()).forEach(this::settle);
    }
}
