package org.anticall.ops.publish;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;

/** The bundle that gateways are to take, and the place where they wait for the next one. Thread-safe. */
public final class Shelf {

    /** A bundle that lies ready. Thread-safe. */
    public static final class Ready {

        private final long revision;
        private final Changes changes;

        Ready(VerifiedBundle bundle, StoredBundles stored) {
            this.revision = bundle.manifest().revision();
            this.changes = new Changes(stored, bundle);
        }

        public long revision() {
            return revision;
        }

        /** The signed bundle, not to be changed. */
        public byte[] bytes() {
            return changes.whole();
        }

        /**
         * The same for a gateway that holds the bundle of another revision: a change of that one where it is shorter.
         *
         * @param base revision that the gateway holds, 0 for none
         */
        public byte[] since(long base) {
            return changes.since(base);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition newer = lock.newCondition();
    private volatile @Nullable Ready ready;
    private volatile boolean closed;

    /** What lies there now, null before the first revision. */
    public @Nullable Ready ready() {
        return ready;
    }

    /** Lays a newer bundle there; whoever waits gets it at once. */
    void put(Ready next) {
        lock.lock();
        try {
            Ready before = ready;
            if (before == null || before.revision() < next.revision()) {
                ready = next;
                newer.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for another bundle than {@code known}.
     *
     * @param known revision that the gateway has, 0 for none
     * @return the bundle, null if the time is over and there is none but the known one
     * @throws InterruptedException if the thread is interrupted
     */
    public @Nullable Ready await(long known, long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            Ready now = ready;
            while ((now == null || now.revision() == known) && left > 0 && !closed) {
                left = newer.awaitNanos(left);
                now = ready;
            }
            return now == null || now.revision() == known ? null : now;
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody go who waits. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            newer.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
