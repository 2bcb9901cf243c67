package org.anticall.ops.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Who is there: operators sign in and out, pause, and do their paperwork. Owned by the desk's thread, like the
 * {@link CallDistributor} it is part of.
 */
public final class Attendance {

    private final Floor floor;
    private final UnaryOperator<List<DeskCommand>> settled;

    /** @param settled ends every event */
    Attendance(Floor floor, UnaryOperator<List<DeskCommand>> settled) {
        this.floor = floor;
        this.settled = settled;
    }

    /** Somebody is there. A seat that was offline becomes ready; for one that is signed in already nothing changes. */
    public List<DeskCommand> signIn(String name) {
        Seat seat = floor.seats.get(name);
        if (!seat.isSignedIn()) {
            seat.signIn(floor.now());
            floor.news.of(seat);
        }
        return settled.apply(new ArrayList<>());
    }

    /**
     * Somebody is there at the console. The seat is made if there is none, and each of its calls has to get a disposition
     * before the next one.
     */
    public List<DeskCommand> signInAtConsole(String name) {
        floor.seats.getOrMake(name, floor.now()).atConsole(true);
        return signIn(name);
    }

    /** Nobody sits at the console any more; a phone of the same name may go on without one. */
    public List<DeskCommand> signOutAtConsole(String name) {
        floor.seats.get(name).atConsole(false);
        return signOut(name);
    }

    /**
     * The disposition of a call is written; a seat that wraps it up, or is paused for the want of it, is ready if somebody is
     * there. Of a seat that there is not, nothing was wanted.
     */
    public List<DeskCommand> filed(String name, String recordId) {
        Seat seat = floor.seats.find(name);
        if (seat != null && seat.filed(recordId, floor.now())) {
            if (seat.isWrappingUp()) {
                floor.wrappedUp(seat);
            } else {
                floor.news.of(seat);
            }
        }
        return settled.apply(new ArrayList<>());
    }

    /** The operator needs {@code longer} for the paperwork; a seat that does not wrap up stays as it is. */
    public List<DeskCommand> wrapUpLonger(String name, Duration longer) {
        Seat seat = floor.seats.get(name);
        if (seat.isWrappingUp()) {
            seat.wrapUpLonger(longer);
            floor.news.of(seat);
        }
        return settled.apply(new ArrayList<>());
    }

    /** Nobody is there any more. A ring goes to the next seat; a call goes on until a party hangs up. */
    public List<DeskCommand> signOut(String name) {
        Seat seat = floor.seats.get(name);
        List<DeskCommand> out = new ArrayList<>();
        if (seat.isSignedIn()) {
            seat.signOut(floor.now());
            floor.takeRingFrom(seat, out);
            floor.news.of(seat);
        }
        return settled.apply(out);
    }

    /** No calls for this seat until {@link #resume}. A ring goes to the next seat; a call goes on. */
    public List<DeskCommand> pause(String name, String reason) {
        Seat seat = floor.seats.get(name);
        List<DeskCommand> out = new ArrayList<>();
        seat.pause(reason, floor.now());
        floor.takeRingFrom(seat, out);
        floor.news.of(seat);
        return settled.apply(out);
    }

    /** Ends a pause, also the one a seat earned by missing calls. */
    public List<DeskCommand> resume(String name) {
        Seat seat = floor.seats.get(name);
        if (seat.isPaused()) {
            seat.resume(floor.now());
            floor.news.of(seat);
        }
        return settled.apply(new ArrayList<>());
    }

    /**
     * The paperwork is over before its time; a seat that does not wrap up stays as it is. What the operator owes is owed all
     * the same.
     */
    public List<DeskCommand> endWrapUp(String name) {
        Seat seat = floor.seats.get(name);
        if (seat.isWrappingUp()) {
            floor.wrappedUp(seat);
        }
        return settled.apply(new ArrayList<>());
    }
}
