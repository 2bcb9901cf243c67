package org.anticall.ops.simulate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells every few seconds, and once more at the end, how the demo stands: one line that is written over on a terminal, a
 * new line each time elsewhere.
 */
final class StatusLine implements AutoCloseable {

    private static final long EVERY_SECONDS = 3;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final boolean terminal = isTerminal();
    private final Ledger ledger;
    private final PrintStream out;

    private StatusLine(Ledger ledger, PrintStream out) {
        this.ledger = ledger;
        this.out = out;
    }

    static StatusLine of(Ledger ledger, PrintStream out) {
        StatusLine status = new StatusLine(ledger, out);
        Future<?> untilClosed =
                status.clock.scheduleAtFixedRate(status::show, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        assert !untilClosed.isCancelled();
        return status;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        show();
        if (terminal) {
            out.println();
        }
    }

    private synchronized void show() {
        Tally tally = ledger.tally();
        String text = String.format(
                "%d calls, %d under way: %d passed, %d rejected, %d diverted (%d answered, %d laddered, %d released),"
                        + " %d wrong, %d lost",
                tally.offeredCalls(),
                ledger.underWay(),
                tally.count(Outcome.PASSED),
                tally.count(Outcome.REJECTED),
                tally.diverted(),
                tally.count(Outcome.ANSWERED),
                tally.count(Outcome.LADDERED),
                tally.count(Outcome.RELEASED),
                tally.wrong(),
                tally.count(Outcome.LOST));
        if (terminal) {
            out.print("\r\u001b[K" + text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    /** Standard error is meant. {@code System.console()} means something else in every other Java version. */
    private static boolean isTerminal() {
        try {
            String target = Path.of("/proc/self/fd/2").toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException notLinux) {
            return false;
        }
    }
}
