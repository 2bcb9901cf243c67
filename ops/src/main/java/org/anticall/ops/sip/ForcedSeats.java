package org.anticall.ops.sip;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.desk.SeatStatus;
import org.jspecify.annotations.Nullable;

/**
 * What supervisors do to seats. Thread-safe; all of it happens on the desk's thread. The futures tell how the seat is
 * afterwards, null where it could not be done; they fail with an IllegalArgumentException if there is no such seat.
 *
 * <p>What an operator owes stays owed: no force makes a seat ready whose last call has no disposition.
 */
public final class ForcedSeats {

    private final Switchboard board;
    private final DeskLoop loop;

    ForcedSeats(Switchboard board, DeskLoop loop) {
        this.board = board;
        this.loop = loop;
    }

    /** No calls for this seat; a ring goes to the next one, a call goes on. */
    public CompletableFuture<@Nullable SeatStatus> pause(String seat, String reason) {
        return done(seat, status -> decided(desk -> desk.attendance().pause(seat, reason)));
    }

    /** Ends pause and wrap-up of a seat that somebody sits at. */
    public CompletableFuture<@Nullable SeatStatus> ready(String seat) {
        return done(
                seat,
                status -> status.state() != SeatStatus.State.OFFLINE
                        && decided(desk -> desk.attendance().endWrapUp(seat))
                        && decided(desk -> desk.attendance().resume(seat)));
    }

    /** Ends the wrap-up before its time. */
    public CompletableFuture<@Nullable SeatStatus> endWrapUp(String seat) {
        return done(
                seat,
                status -> status.state() == SeatStatus.State.WRAP_UP
                        && decided(desk -> desk.attendance().endWrapUp(seat)));
    }

    /**
     * Signs a page's seat out; not during a call, which is to be ended or taken over first. A phone cannot be signed out: it
     * would be back with its next registration.
     */
    public CompletableFuture<@Nullable SeatStatus> signOut(String seat) {
        return done(seat, status -> {
            if (status.state() == SeatStatus.State.ON_CALL || !board.pages().has(seat)) {
                return false;
            }
            board.gotUp(seat);
            return true;
        });
    }

    private boolean decided(Function<CallDistributor, List<DeskCommand>> decision) {
        board.decide(decision);
        return true;
    }

    private CompletableFuture<@Nullable SeatStatus> done(String seat, Function<SeatStatus, Boolean> what) {
        return CompletableFuture.supplyAsync(
                () -> what.apply(board.status(seat)) ? board.status(seat) : null, loop::execute);
    }
}
