package org.anticall.ops.desk;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One seat of the desk. Whether somebody is signed in, whether the seat is paused, and what it is busy with are three
 * independent facts; {@link #state()} is their sum, so that no order of events can leave a seat in a state it does not
 * come out of. Owned by the desk's thread.
 */
final class Seat {

    private enum Task {
        NONE,
        RINGING,
        ON_CALL,
        WRAP_UP
    }

    private final String name;
    private boolean signedIn;
    private @Nullable String pauseReason;
    private Task task = Task.NONE;
    private @Nullable String recordId;
    private Instant taskUntil = Instant.MAX;
    private Instant idleSince;
    private Instant since;
    private Instant answeredAt = Instant.MAX;
    private int misses;
    private boolean atConsole;
    private @Nullable String unfiled;

    Seat(String name, Instant now) {
        this.name = name;
        this.idleSince = now;
        this.since = now;
    }

    String name() {
        return name;
    }

    SeatStatus.State state() {
        return switch (task) {
            case RINGING -> SeatStatus.State.RINGING;
            case ON_CALL -> SeatStatus.State.ON_CALL;
            case WRAP_UP -> signedIn ? SeatStatus.State.WRAP_UP : SeatStatus.State.OFFLINE;
            case NONE -> idleState();
        };
    }

    SeatStatus status() {
        return new SeatStatus(
                name,
                state(),
                since,
                recordId == null ? unfiled : recordId,
                misses,
                pauseReason,
                taskUntil.equals(Instant.MAX) ? null : taskUntil,
                unfiled != null);
    }

    /** Whether it may ring now. */
    boolean isReady() {
        return state() == SeatStatus.State.READY;
    }

    /** Whether it takes calls, now or when what it is busy with is over. */
    boolean isWorking() {
        return signedIn && pauseReason == null;
    }

    boolean isSignedIn() {
        return signedIn;
    }

    boolean isPaused() {
        return pauseReason != null;
    }

    boolean ringsFor(String call) {
        return task == Task.RINGING && call.equals(recordId);
    }

    boolean talksOn(String call) {
        return task == Task.ON_CALL && call.equals(recordId);
    }

    /** Since when nothing was asked of it; who waits longest is next. */
    Instant idleSince() {
        return idleSince;
    }

    /** When it answered the call it is on or wraps up. */
    Instant answeredAt() {
        return answeredAt;
    }

    /** When its ring or wrap-up is over; {@link Instant#MAX} if no such thing is under way. */
    Instant taskUntil() {
        return taskUntil;
    }

    boolean isWrappingUp() {
        return task == Task.WRAP_UP;
    }

    void signIn(Instant now) {
        signedIn = true;
        pauseReason = unfiled == null ? null : SeatStatus.UNFILED;
        misses = 0;
        idleSince = now;
        since = now;
    }

    /** Whether its operator sits at the console, where every call ends with a disposition. */
    void atConsole(boolean is) {
        atConsole = is;
    }

    boolean isAtConsole() {
        return atConsole;
    }

    /** Whether it rings or talks. */
    boolean isBusy() {
        return task == Task.RINGING || task == Task.ON_CALL;
    }

    /** Whether somebody is there who does nothing, ready or paused. */
    boolean isIdle() {
        return signedIn && task == Task.NONE;
    }

    /** From before a restart: {@code call} still wants its disposition. */
    void owes(String call) {
        unfiled = call;
    }

    /** The disposition of {@code call} is written; false if it was not missing. */
    boolean filed(String call, Instant now) {
        if (!call.equals(unfiled)) {
            return false;
        }
        unfiled = null;
        if (SeatStatus.UNFILED.equals(pauseReason)) {
            resume(now);
        }
        return true;
    }

    /** Ends the wrap-up a while later. */
    void wrapUpLonger(Duration by) {
        taskUntil = taskUntil.plus(by);
    }

    void signOut(Instant now) {
        signedIn = false;
        since = now;
    }

    void pause(String reason, Instant now) {
        pauseReason = reason;
        since = now;
    }

    void resume(Instant now) {
        pauseReason = unfiled == null ? null : SeatStatus.UNFILED;
        misses = 0;
        idleSince = now;
        since = now;
    }

    void lease(String call, Instant until, Instant now) {
        if (!isReady()) {
            throw new IllegalStateException("seat " + name + " is " + state() + ", expected READY");
        }
        start(Task.RINGING, call, until, now);
    }

    /** The ring is over through no doing of the operator: the seat keeps its place in the order. */
    void giveBack(Instant now) {
        start(Task.NONE, null, Instant.MAX, now);
    }

    void declined(Instant now) {
        misses = 0;
        idleSince = now;
        giveBack(now);
    }

    /** Lets a ring go by; after {@code missesBeforePause} in a row the seat is paused. */
    void missed(int missesBeforePause, Instant now) {
        misses++;
        idleSince = now;
        giveBack(now);
        if (misses >= missesBeforePause) {
            pauseReason = "missed " + misses + (misses == 1 ? " call" : " calls in a row");
        }
    }

    void answered(String call, Instant now) {
        misses = 0;
        answeredAt = now;
        start(Task.ON_CALL, call, Instant.MAX, now);
    }

    void wrapUp(Instant until, Instant now) {
        unfiled = atConsole ? recordId : null;
        start(Task.WRAP_UP, recordId, until, now);
    }

    void free(Instant now) {
        idleSince = now;
        if (unfiled != null && pauseReason == null) {
            pauseReason = SeatStatus.UNFILED;
        }
        start(Task.NONE, null, Instant.MAX, now);
    }

    private void start(Task next, @Nullable String call, Instant until, Instant now) {
        task = next;
        recordId = call;
        taskUntil = until;
        since = now;
    }

    private SeatStatus.State idleState() {
        if (!signedIn) {
            return SeatStatus.State.OFFLINE;
        }
        return pauseReason == null ? SeatStatus.State.READY : SeatStatus.State.PAUSED;
    }
}
