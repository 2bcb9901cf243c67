package org.anticall.ops.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.jspecify.annotations.Nullable;

/** What becomes of answered calls besides their end. Owned by the desk's thread, like the {@link CallDistributor} it is part of. */
public final class AnsweredCalls {

    private final Floor floor;
    private final UnaryOperator<List<DeskCommand>> settled;

    /** @param settled ends every event */
    AnsweredCalls(Floor floor, UnaryOperator<List<DeskCommand>> settled) {
        this.floor = floor;
        this.settled = settled;
    }

    // ---- on to the callee

    /**
     * An operator decides that an answered call goes on to its callee. The callee is called {@link DeskPolicy#UNDO_WITHIN}
     * later, so that the decision can be taken back; false if there is no such call.
     */
    public boolean passOn(String recordId) {
        DivertedCall call = floor.call(recordId);
        if (call == null || !call.is(State.ANSWERED) || call.isPassingOn()) {
            return false;
        }
        call.passOn(floor.now().plus(DeskPolicy.UNDO_WITHIN));
        return true;
    }

    /** Takes {@link #passOn} back, as long as the callee has not answered. */
    public List<DeskCommand> keep(String recordId) {
        DivertedCall call = floor.call(recordId);
        List<DeskCommand> out = new ArrayList<>();
        if (call != null && call.isPassingOn()) {
            call.keep();
            out.add(new DeskCommand.Keep(recordId));
        }
        return settled.apply(out);
    }

    /** The callee cannot be had: caller and operator talk on. */
    public List<DeskCommand> notPassedOn(String recordId) {
        DivertedCall call = floor.call(recordId);
        if (call != null) {
            call.keep();
            floor.news.of(call);
        }
        return settled.apply(new ArrayList<>());
    }

    /** The callee took the call: the desk is done with it. */
    public List<DeskCommand> passedOn(String recordId) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = floor.call(recordId);
        if (call != null && call.is(State.ANSWERED)) {
            floor.leave(call, out);
            floor.finish(call, State.RELEASED, Outcome.RELEASED);
        }
        return settled.apply(out);
    }

    // ---- to another seat

    /** Whether {@code name} is a seat that could take an answered call over now: somebody is there and free. */
    public boolean canTakeOver(String recordId, String name) {
        DivertedCall call = floor.call(recordId);
        Seat seat = floor.seats.find(name);
        return call != null && call.is(State.ANSWERED) && !call.isPassingOn() && seat != null && seat.isIdle();
    }

    /**
     * Another seat has the call from now on: the one that had it falls silent and begins its paperwork. If that cannot be
     * any more, because the call is over or the seat is busy, the seat that wanted it is silenced.
     */
    public List<DeskCommand> tookOver(String recordId, String name) {
        List<DeskCommand> out = new ArrayList<>();
        if (!canTakeOver(recordId, name)) {
            out.add(new DeskCommand.Silence(recordId, name));
            return settled.apply(out);
        }
        DivertedCall call = Objects.requireNonNull(floor.call(recordId), "it can be taken over");
        Seat former = floor.seats.of(call);
        floor.leave(call, out);
        if (former != null && former.filed(recordId, floor.now())) {
            floor.news.of(former); // who has the call in the end says what it was
        }
        Seat seat = floor.seats.get(name);
        seat.answered(recordId, floor.now());
        call.answer(seat, floor.now());
        floor.news.of(seat);
        floor.news.of(call);
        return settled.apply(out);
    }

    // ---- over a restart

    /**
     * An answered call of an earlier run goes on at its seat.
     *
     * @param atConsole whether the operator sits at a page of the console; a phone is signed in when it registers
     */
    public List<DeskCommand> takeUp(DeskCall answered, boolean atConsole) {
        List<DeskCommand> out = new ArrayList<>();
        String name = Objects.requireNonNull(answered.seat(), "an answered call has a seat");
        Seat seat = floor.seats.getOrMake(name, floor.now());
        if (!answered.state().equals(State.ANSWERED) || seat.isBusy() || floor.call(answered.recordId()) != null) {
            out.add(new DeskCommand.HangUp(answered.recordId()));
            return settled.apply(out);
        }
        if (atConsole) {
            seat.atConsole(true);
            seat.signIn(floor.now());
        }
        seat.answered(answered.recordId(), answered.changedAt());
        floor.add(new DivertedCall(answered, CallQueue.REST, answered.changedAt()));
        floor.news.of(seat);
        return settled.apply(out);
    }

    /**
     * Somebody sits at the console who may not take calls yet: in an earlier run already, or to take calls over.
     *
     * @param pauseReason why the seat was paused; null if it was not
     * @param unfiled the call that still wants its disposition; null if none does
     */
    public List<DeskCommand> takeUpSeat(String name, @Nullable String pauseReason, @Nullable String unfiled) {
        Seat seat = floor.seats.getOrMake(name, floor.now());
        seat.atConsole(true);
        if (unfiled != null) {
            seat.owes(unfiled);
        }
        if (!seat.isSignedIn()) {
            seat.signIn(floor.now());
        }
        if (pauseReason != null) {
            seat.pause(pauseReason, floor.now());
        }
        floor.news.of(seat);
        return settled.apply(new ArrayList<>());
    }
}
