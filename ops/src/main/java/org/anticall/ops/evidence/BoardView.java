package org.anticall.ops.evidence;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's window on the board: first a snapshot, then every change after it. A viewer that reads too slowly loses
 * its waiting changes and gets a new snapshot instead, so that nobody can fill the memory. Changes come from any thread,
 * one thread takes them.
 */
public final class BoardView implements AutoCloseable {

    /** Most changes that wait for one viewer. */
    static final int MOST_WAITING = 512;

    private final CallBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<BoardChange> waiting = new ArrayDeque<>();
    private boolean needsSnapshot = true;
    private boolean closed;
    private boolean woken;

    BoardView(CallBoard board) {
        this.board = board;
    }

    /**
     * The next change, waiting for it at most {@code millis} milliseconds.
     *
     * @return null if nothing changed in that time, or the view was woken or closed
     */
    public @Nullable BoardChange next(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && !woken && !needsSnapshot && waiting.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            woken = false;
            if (!needsSnapshot) {
                return waiting.poll();
            }
        } finally {
            lock.unlock();
        }
        return board.snapshotFor(this);
    }

    /** Called by the board, which holds its own lock: the order of locks is board, then view. */
    void restart() {
        lock.lock();
        try {
            waiting.clear();
            needsSnapshot = false;
        } finally {
            lock.unlock();
        }
    }

    /** Called by the board, which holds its own lock. */
    void offer(BoardChange change) {
        lock.lock();
        try {
            if (needsSnapshot) {
                return;
            }
            if (waiting.size() >= MOST_WAITING) {
                waiting.clear();
                needsSnapshot = true;
            } else {
                waiting.add(change);
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Who waits for a change goes on at once, with or without one. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the view from any thread; who waits for a change goes on at once. */
    @Override
    public void close() {
        board.remove(this);
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
