package org.anticall.ops.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.store.DeskCalls;
import org.anticall.ops.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every change of every call at the desk into the store, on a thread of its own: the desk never waits for a disk.
 * While the store refuses, up to {@value #MOST_WAITING} changes wait; beyond that the oldest calls' history has gaps,
 * which is counted and logged, and the desk goes on.
 */
public final class DeskMemory implements DeskListener, AutoCloseable {

    static final int MOST_WAITING = 20_000;
    private static final int BATCH = 200;
    private static final long RETRY_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeskMemory.class);

    private final BlockingQueue<DeskCall> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final DeskCalls store;
    private final Thread writer;
    private volatile boolean closing;
    private final AtomicInteger failures = new AtomicInteger();
    private long lost;

    public DeskMemory(DeskCalls store) {
        this.store = store;
        this.writer = new Thread(this::write, "desk-memory");
        this.writer.setDaemon(true);
        this.writer.start();
    }

    @Override
    public void changed(DeskCall call) {
        if (!waiting.offer(call) && lost++ % 1_000 == 0) {
            LOG.atError().addKeyValue("lost", lost).log("history of calls is not written, too much is waiting");
        }
    }

    /**
     * Ends the calls that an earlier run of the centre left open, and tells the latest calls, oldest first.
     *
     * @param most how many calls
     * @param goOn the calls that the desk takes up where the last run left them
     */
    public static List<DeskCall> recall(DeskCalls store, int most, Set<String> goOn, Instant now) {
        List<DeskCall> latest = new ArrayList<>();
        List<DeskCall> left = new ArrayList<>();
        for (DeskCall call : store.latest(most)) {
            if (call.state().isFinal() || goOn.contains(call.recordId())) {
                latest.add(0, call);
            } else {
                DeskCall over = cutOff(call, now);
                latest.add(0, over);
                left.add(0, over);
            }
        }
        store.add(left);
        return latest;
    }

    /** How often the store refused. */
    int failures() {
        return failures.get();
    }

    /** Writes what waits, for at most five seconds, and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static DeskCall cutOff(DeskCall call, Instant now) {
        DeskCall.State state = call.state() == DeskCall.State.ANSWERED ? DeskCall.State.ENDED : DeskCall.State.LADDERED;
        return new DeskCall(
                call.recordId(),
                call.caller(),
                call.callee(),
                call.rule(),
                state,
                call.seat(),
                call.offeredAt(),
                now,
                DeskCall.Outcome.DESK_CLOSED);
    }

    private void write() {
        List<DeskCall> batch = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty() || !batch.isEmpty()) {
                if (batch.isEmpty()) {
                    DeskCall first = waiting.poll(100, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        continue;
                    }
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                }
                if (stored(batch)) {
                    batch.clear();
                } else if (closing) {
                    return;
                } else {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stored(List<DeskCall> batch) {
        try {
            store.add(batch);
            return true;
        } catch (StoreUnavailable refused) {
            failures.incrementAndGet();
            LOG.atError()
                    .addKeyValue("waiting", waiting.size())
                    .log("history of calls is not written: {}", refused.getMessage());
            return false;
        }
    }
}
