package org.anticall.ops.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database answers. One that hangs is asked once, on a thread of its own, and holds up whoever wants to know for
 * {@link #PATIENCE} at most. Thread-safe.
 */
final class Pulse implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String place;
    private final Runnable question;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "database-pulse");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable CompletableFuture<Void> asked;

    /** @param question returns when the database has answered, throws {@link StoreUnavailable} if it cannot */
    Pulse(String place, Runnable question) {
        this.place = place;
        this.question = question;
    }

    /** @throws StoreUnavailable if there is no answer in time */
    void check() {
        try {
            answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof StoreUnavailable told ? told : StoreUnavailable.of(place, failed);
        } catch (TimeoutException late) {
            throw new StoreUnavailable(
                    "The database " + place + " has not answered for " + PATIENCE.toSeconds() + " s.", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw StoreUnavailable.of(place, interrupted);
        }
    }

    private synchronized CompletableFuture<Void> answer() {
        CompletableFuture<Void> last = asked;
        if (last == null || last.isDone()) {
            last = CompletableFuture.runAsync(question, asking);
            asked = last;
        }
        return last;
    }

    @Override
    public void close() {
        asking.shutdown();
    }
}
