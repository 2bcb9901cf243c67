package org.anticall.ops.sip;

import org.jspecify.annotations.Nullable;

/** BYEs that are on their way and not answered. Owned by the desk's thread. */
final class Farewells {

    private int open;
    private @Nullable Runnable afterLast;

    void sent() {
        open++;
    }

    /** One of them is answered, or was given up. */
    void answered() {
        open--;
        runIfDone();
    }

    /** No more will be sent; runs {@code afterLast} once, when those under way are answered. */
    void last(Runnable afterLast) {
        this.afterLast = afterLast;
        runIfDone();
    }

    private void runIfDone() {
        Runnable due = afterLast;
        if (due != null && open <= 0) {
            afterLast = null;
            due.run();
        }
    }
}
