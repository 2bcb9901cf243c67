package org.anticall.ops.sip;

import java.util.concurrent.CompletableFuture;

/** BYEs that are on their way and not answered. Owned by the desk's thread, except for the future. */
final class Farewells {

    private final CompletableFuture<Void> allAnswered = new CompletableFuture<>();
    private int open;
    private boolean last;

    void sent() {
        open++;
    }

    void answered() {
        open--;
        completeIfDone();
    }

    /** No more will be sent; the future completes when those under way are answered or given up. */
    CompletableFuture<Void> last() {
        last = true;
        completeIfDone();
        return allAnswered;
    }

    private void completeIfDone() {
        if (last && open <= 0) {
            allAnswered.complete(null);
        }
    }
}
