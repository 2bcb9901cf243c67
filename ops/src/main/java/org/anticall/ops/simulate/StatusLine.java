package org.anticall.ops.simulate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Tells on the terminal how the demo stands: one line that is written over, or a new line each time where no one looks. */
final class StatusLine {

    private final PrintStream out;
    private final boolean terminal;

    StatusLine(PrintStream out) {
        this.out = out;
        this.terminal = isTerminal();
    }

    void show(Ledger ledger) {
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

    /** Leaves the line, so that what is printed next begins a new one. */
    void end() {
        if (terminal) {
            out.println();
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
