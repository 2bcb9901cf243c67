package org.anticall.gateway.control;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Work that event loops hand over: one thread of its own does it, in order, and at most so much waits. What does not fit is
 * dropped and counted, so that a slow disk or network holds no memory and no event loop.
 *
 * @param <T> what is handed over
 */
final class Backroom<T> implements AutoCloseable {

    /** Whoever does the work; called on the room's thread only. */
    interface Worker<T> extends Consumer<T> {

        /**
         * Nothing waits at the moment.
         *
         * @param isLast whether nothing more will come
         */
        default void pause(boolean isLast) {}
    }

    private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final int maxWaiting;
    private final long idleNanos;
    private final long closeWithinMillis;
    private final Worker<T> worker;
    private final Thread thread;
    private volatile boolean isOpen = true;

    /**
     * @param name of the thread
     * @param maxWaiting how many may wait
     * @param idleNanos how long the thread rests when nothing waits; whoever hands something over wakes nobody
     * @param closeWithinMillis how long {@link #close} waits for what is left to be done
     */
    Backroom(String name, int maxWaiting, long idleNanos, long closeWithinMillis, Worker<T> worker) {
        this.maxWaiting = maxWaiting;
        this.idleNanos = idleNanos;
        this.closeWithinMillis = closeWithinMillis;
        this.worker = worker;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Hands {@code work} over, or drops it if too much waits. Any thread. */
    void put(T work) {
        if (waitingCount.incrementAndGet() > maxWaiting) {
            waitingCount.decrementAndGet();
            dropped.increment();
        } else {
            waiting.add(work);
        }
    }

    /** How many wait. */
    int waiting() {
        return waitingCount.get();
    }

    /** How many were dropped since the start. */
    long dropped() {
        return dropped.sum();
    }

    private void run() {
        boolean isLast = false;
        while (!isLast) {
            isLast = !isOpen;
            for (T work = waiting.poll(); work != null; work = waiting.poll()) {
                waitingCount.decrementAndGet();
                worker.accept(work);
            }
            worker.pause(isLast);
            if (!isLast) {
                LockSupport.parkNanos(idleNanos);
            }
        }
    }

    /** Does what waits, within the time for it, and ends the thread. */
    @Override
    public void close() {
        isOpen = false;
        LockSupport.unpark(thread);
        try {
            thread.join(closeWithinMillis);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
