package org.anticall.gateway.path;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the time of lanes that nothing else wakes. An event loop that waits for the network with a deadline some
 * milliseconds away makes the machine set and clear a timer around every datagram, which costs more than reading it. So a
 * lane looks at the clock by itself while messages come, and is woken from here when it has not for a tick. One thread of
 * its own.
 */
final class Ticker implements Runnable, AutoCloseable {

    private static final long END_WITHIN_MILLIS = 1_000;

    private final List<Lane> lanes;
    private final Thread thread = new Thread(this, "path-ticks");
    private volatile boolean isRunning = true;

    private Ticker(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
        thread.setDaemon(true);
    }

    static Ticker start(List<Lane> lanes) {
        Ticker ticker = new Ticker(lanes);
        ticker.thread.start();
        return ticker;
    }

    @Override
    public void run() {
        while (isRunning) {
            LockSupport.parkNanos(TimerWheel.TICK_NANOS);
            for (int i = 0; i < lanes.size(); i++) {
                lanes.get(i).ticked();
            }
        }
    }

    /** No lane is woken any more once this has returned. */
    @Override
    public void close() {
        isRunning = false;
        LockSupport.unpark(thread);
        try {
            thread.join(END_WITHIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
