package org.anticall.ops.simulate;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a demo has started; what was started first is ended last. Thread-safe. */
final class DemoParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /**
     * Keeps {@code part} to be ended.
     *
     * @throws InterruptedException if everything has been ended meanwhile; {@code part} is then ended too
     */
    <T extends AutoCloseable> T opened(T part) throws InterruptedException {
        synchronized (this) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        end(part);
        throw new InterruptedException("the demo was ended while it started");
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** A second caller waits until the first has ended everything. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            end(parts.pop());
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("demo: " + part.getClass().getSimpleName() + " did not end well: " + e.getMessage());
        }
    }
}
