package org.anticall.ops.sip;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.anticall.ops.media.RelayedCall;
import org.anticall.ops.media.RelayedCall.Ear;
import org.anticall.ops.media.RelayedCall.Party;

/**
 * Supervisors who listen to a call in their browser: one stream for each party, so that both can be told apart. Neither
 * party hears or sees anything of it. Thread-safe; futures fail where the call or its relay is gone.
 */
public final class Eavesdrop {

    private final Switchboard board;
    private final DeskLoop loop;

    Eavesdrop(Switchboard board, DeskLoop loop) {
        this.board = board;
        this.loop = loop;
    }

    /** Begins to listen: what the browser is to answer, first the caller's sound, then the operator's. */
    public CompletableFuture<List<Ear>> listen(String recordId) {
        return with(recordId, call -> call.listen(Party.CALLER)
                .thenCombine(call.listen(Party.OPERATOR), (caller, operator) -> List.of(caller, operator)));
    }

    /** The browser's answer for one of the two. */
    public CompletableFuture<Boolean> heard(String recordId, String tag, String description) {
        return with(recordId, call -> call.heard(tag, description).thenApply(done -> true));
    }

    /** Ends listening to one of the two. */
    public CompletableFuture<Boolean> deaf(String recordId, String tag) {
        return with(recordId, call -> call.deaf(tag).thenApply(done -> true));
    }

    private <T> CompletableFuture<T> with(String recordId, Function<RelayedCall, CompletableFuture<T>> what) {
        return CompletableFuture.supplyAsync(
                        () -> board.call(recordId).flatMap(DivertedCallSignals::relayed), loop::execute)
                .thenCompose((Optional<RelayedCall> call) -> call.isPresent()
                        ? what.apply(call.get())
                        : CompletableFuture.failedFuture(
                                new IllegalStateException("call " + recordId + " cannot be listened to")));
    }
}
