package org.anticall.gateway.verdict.roaming;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.call.RoamingAnswer;

/**
 * The oracle for trials: the last digit of a number says where its subscriber is, and every answer takes the same time.
 *
 * <pre>
 *   0-5 at home   6 in TR   7 in AE, home-routed (S8HR)   8 no such subscriber   9 nobody knows
 * </pre>
 *
 * Thread-safe.
 */
public final class SimulatedOracle implements RoamingOracle, AutoCloseable {

    private final long delayNanos;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param delay from question to answer; none at all if zero
     */
    @SuppressWarnings("ThreadPriorityCheck") // no order of events relies on it, only how long a call waits
    public SimulatedOracle(Duration delay) {
        this.delayNanos = delay.toNanos();
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "roaming-simulator");
            thread.setPriority(Thread.NORM_PRIORITY); // calls wait for it
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told, nobody waits for the task
    public void query(long e164, Consumer<RoamingAnswer> callback) {
        if (delayNanos == 0) {
            callback.accept(answer(e164));
        } else {
            timer.schedule(() -> callback.accept(answer(e164)), delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private static RoamingAnswer answer(long e164) {
        return switch ((int) (e164 % 10)) {
            case 6 -> RoamingAnswer.roaming("TR");
            case 7 -> new RoamingAnswer(RoamingAnswer.State.ROAMING, "AE", RoamingAnswer.Mode.S8HR);
            case 8 -> RoamingAnswer.UNALLOCATED;
            case 9 -> RoamingAnswer.UNKNOWN;
            default -> RoamingAnswer.HOME;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
