package org.anticall.ops.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A call that is at the desk: its present picture, and which seats have had their turn. Owned by the desk's thread. */
final class DivertedCall {

    private final CallQueue queue;
    private final Instant answerBy;
    private final Set<String> tried = new HashSet<>();
    private DeskCall picture;
    private Instant passOnAt = Instant.MAX;
    private boolean passingOn;
    private boolean misfit;

    DivertedCall(DeskCall picture, CallQueue queue, Instant answerBy) {
        this.picture = picture;
        this.queue = queue;
        this.answerBy = answerBy;
    }

    /** The calls it is one of. */
    CallQueue queue() {
        return queue;
    }

    /** What an operator's minute is worth to it, 1 to 9. */
    int value() {
        return queue.value();
    }

    /** From its offer to the end of its time. */
    Duration patience() {
        return Duration.between(picture.offeredAt(), answerBy);
    }

    /** Whether a seat could not speak with it: no common codec. */
    boolean isMisfit() {
        return misfit;
    }

    void misfits() {
        misfit = true;
    }

    DeskCall picture() {
        return picture;
    }

    String id() {
        return picture.recordId();
    }

    boolean is(DeskCall.State state) {
        return picture.state() == state;
    }

    /** When it goes down its ladder unless somebody has answered. */
    Instant answerBy() {
        return answerBy;
    }

    boolean hasTried(Seat seat) {
        return tried.contains(seat.name());
    }

    /** When the callee is called; {@link Instant#MAX} unless an operator just decided so. */
    Instant passOnAt() {
        return passOnAt;
    }

    /** Whether an operator decided that it goes on to its callee. */
    boolean isPassingOn() {
        return passingOn;
    }

    void passOn(Instant at) {
        passingOn = true;
        passOnAt = at;
    }

    void callingCallee() {
        passOnAt = Instant.MAX;
    }

    void keep() {
        passingOn = false;
        passOnAt = Instant.MAX;
    }

    void queue(Instant now) {
        picture = picture.moved(DeskCall.State.QUEUED, null, now);
    }

    void ring(Seat seat, Instant now) {
        tried.add(seat.name());
        picture = picture.moved(DeskCall.State.RINGING, seat.name(), now);
    }

    void answer(Seat seat, Instant now) {
        picture = picture.moved(DeskCall.State.ANSWERED, seat.name(), now);
    }

    void finish(DeskCall.State state, DeskCall.Outcome outcome, Instant now) {
        picture = picture.over(state, outcome, now);
    }
}
