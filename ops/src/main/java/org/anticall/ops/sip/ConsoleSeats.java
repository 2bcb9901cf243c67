package org.anticall.ops.sip;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.media.RelayedCall;

/**
 * What operators at pages of the console do. Thread-safe; all of it happens on the desk's thread, the futures tell when, and
 * whether it was possible. What concerns a call is possible only for the seat that is in it.
 */
public final class ConsoleSeats {

    /** Why a seat is paused that only takes calls over. */
    static final String STANDING_BY = "standing by";

    private static final Duration LONGER = Duration.ofMinutes(1);

    private final Switchboard board;
    private final DeskLoop loop;

    ConsoleSeats(Switchboard board, DeskLoop loop) {
        this.board = board;
        this.loop = loop;
    }

    /** An operator sits down and takes calls. */
    public CompletableFuture<Boolean> ready(String seat) {
        return done(() -> {
            board.satDown(seat);
            board.decide(desk -> desk.attendance().resume(seat));
            if (!board.status(seat).unfiled()) {
                board.decide(desk -> desk.attendance().endWrapUp(seat)); // its call was taken over: nothing is owed
            }
            return true;
        });
    }

    /** An operator leaves; a call the seat is in ends. */
    public CompletableFuture<Boolean> leave(String seat) {
        return done(() -> {
            boolean there = board.pages().has(seat);
            if (there) {
                board.gotUp(seat);
            }
            return there;
        });
    }

    /** No calls until {@link #ready}. */
    public CompletableFuture<Boolean> pause(String seat, String reason) {
        return atSeat(seat, desk -> desk.attendance().pause(seat, reason));
    }

    /**
     * The page is there.
     *
     * @param afresh it was just loaded and knows of no call: what is at the seat is to be offered again
     */
    public CompletableFuture<Boolean> here(String seat, boolean afresh) {
        return done(() -> board.pages().here(seat, afresh));
    }

    /** The page goes, for a reload perhaps: a caller hears music until it is back. */
    public CompletableFuture<Boolean> away(String seat) {
        return done(() -> {
            board.pages().away(seat);
            return true;
        });
    }

    /** The page answers the offer {@code leg}. */
    public CompletableFuture<Boolean> answer(String seat, String leg, String description) {
        return done(() -> {
            PageLeg found = board.pages().leg(seat, leg);
            if (found != null) {
                found.answered(description);
            }
            return found != null;
        });
    }

    /** The operator does not take the call that rings as {@code leg}: it goes to the next seat. */
    public CompletableFuture<Boolean> decline(String seat, String leg) {
        return done(() -> {
            PageLeg found = board.pages().leg(seat, leg);
            if (found != null) {
                found.declined();
            }
            return found != null;
        });
    }

    /** The caller hears music. */
    public CompletableFuture<Boolean> hold(String seat, String recordId) {
        return inCall(seat, recordId, DivertedCallSignals::hold);
    }

    /** Ends {@link #hold}. */
    public CompletableFuture<Boolean> resume(String seat, String recordId) {
        return inCall(seat, recordId, DivertedCallSignals::resume);
    }

    /** Ends the call on both sides. */
    public CompletableFuture<Boolean> end(String seat, String recordId) {
        return inCall(seat, recordId, call -> board.decide(desk -> desk.end(recordId)));
    }

    /** The call goes on to its callee in a second; false where the desk may place no calls. */
    public CompletableFuture<Boolean> passOn(String seat, String recordId) {
        return done(() -> isInCall(seat, recordId) && board.passOn(recordId));
    }

    /** Takes {@link #passOn} back. */
    public CompletableFuture<Boolean> keep(String seat, String recordId) {
        return inCall(
                seat,
                recordId,
                call -> board.decide(desk -> desk.answeredCalls().keep(recordId)));
    }

    /** The page answers the offer of a supervisor who whispers. */
    public CompletableFuture<Boolean> heardWhisper(String seat, String recordId, String tag, String description) {
        return CompletableFuture.supplyAsync(
                        () -> isInCall(seat, recordId)
                                ? board.call(recordId).flatMap(DivertedCallSignals::relayed)
                                : Optional.<RelayedCall>empty(),
                        loop::execute)
                .thenCompose(call -> call.isPresent()
                        ? call.get().heard(tag, description).thenApply(done -> true)
                        : CompletableFuture.completedFuture(false));
    }

    /** Sits down without taking calls, to take one over from somebody. */
    public CompletableFuture<Boolean> standBy(String seat) {
        return done(() -> {
            if (!board.pages().has(seat)) {
                board.satDown(seat, STANDING_BY);
            }
            return true;
        });
    }

    /** The disposition of a call is stored: the seat owes it no more, even if its page was taken for lost meanwhile. */
    public CompletableFuture<Boolean> filed(String seat, String recordId) {
        return done(() -> {
            board.decide(desk -> desk.attendance().filed(seat, recordId));
            return true;
        });
    }

    /** A minute more for the paperwork. */
    public CompletableFuture<Boolean> longer(String seat) {
        return atSeat(seat, desk -> desk.attendance().wrapUpLonger(seat, LONGER));
    }

    private CompletableFuture<Boolean> atSeat(String seat, Function<CallDistributor, List<DeskCommand>> decision) {
        return done(() -> {
            boolean there = board.pages().has(seat);
            if (there) {
                board.decide(decision);
            }
            return there;
        });
    }

    private CompletableFuture<Boolean> inCall(String seat, String recordId, Consumer<DivertedCallSignals> what) {
        return done(() -> {
            boolean there = isInCall(seat, recordId);
            if (there) {
                board.call(recordId).ifPresent(what);
            }
            return there;
        });
    }

    private boolean isInCall(String seat, String recordId) {
        return board.talkingAt(seat)
                .filter(call -> call.recordId().equals(recordId))
                .isPresent();
    }

    private CompletableFuture<Boolean> done(Supplier<Boolean> what) {
        return CompletableFuture.supplyAsync(what, loop::execute);
    }
}
