package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Tells on standard error how far long work has come, once a second, so that nobody thinks it hangs. */
final class Progress {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintWriter err;
    private final String what;
    private long count;
    private long lastNanos = System.nanoTime();

    Progress(PrintWriter err, String what) {
        this.err = err;
        this.what = what;
    }

    void one() {
        count++;
        long now = System.nanoTime();
        if (now - lastNanos > EVERY_NANOS) {
            lastNanos = now;
            err.println("anticall: " + count + " " + what);
            err.flush();
        }
    }
}
