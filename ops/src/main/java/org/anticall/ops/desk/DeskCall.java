package org.anticall.ops.desk;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the desk knows of one diverted call at one moment. Immutable; a later moment is another object.
 *
 * @param recordId id of the gateway's decision record, the handle of the call everywhere
 * @param caller the caller's number as the gateway sent it, not masked
 * @param callee the number the caller dialled, not masked
 * @param rule id of the deciding rule, empty if the gateway did not tell
 * @param state where the call stands
 * @param seat the seat that rings, talks or talked last; null while no seat has been chosen
 * @param offeredAt when the INVITE arrived at the desk
 * @param changedAt when {@code state} or {@code seat} became what they are
 * @param outcome why the call is over; null exactly while it is not
 */
public record DeskCall(
        String recordId,
        String caller,
        String callee,
        String rule,
        State state,
        @Nullable String seat,
        Instant offeredAt,
        Instant changedAt,
        @Nullable Outcome outcome) {

    /** Where a diverted call stands; the diagram is in {@link CallDistributor}. */
    public enum State {
        /** It arrived and nothing has been decided. */
        OFFERED,
        /** It waits for a seat. */
        QUEUED,
        /** A seat rings. */
        RINGING,
        /** Caller and operator talk. */
        ANSWERED,
        /** Over: an operator let it go on to the callee. */
        RELEASED,
        /** Over: the desk did not take it, the gateway does what the rule says next. */
        LADDERED,
        /** Over after it had been answered. */
        ENDED,
        /** Over: the caller hung up before anybody answered. */
        ABANDONED;

        /** Whether nothing can happen to the call any more. */
        public boolean isFinal() {
            return this == RELEASED || this == LADDERED || this == ENDED || this == ABANDONED;
        }
    }

    /** Why a call is over. */
    public enum Outcome {
        /** No seat is signed in and working, or each of them has had its turn. */
        NO_SEAT_LEFT,
        /** As many calls wait as may wait. */
        QUEUE_FULL,
        /** Nobody can be expected to be free in time. */
        WAIT_TOO_LONG,
        /** As many calls of its rule are at the desk as may be. */
        QUOTA_FULL,
        /** It waited, and a call that is worth more took its place in a full queue. */
        OUTRANKED,
        /** It offers no sound that a seat understands. */
        NO_CODEC,
        /** No media relay is there to carry it. */
        NO_SOUND,
        /** Nobody answered within the time the desk has. */
        NOT_ANSWERED,
        /** Told after another end: it went down its ladder, and the caller heard the announcement there. */
        ANNOUNCED,
        /** Told after another end: there was an announcement on its ladder, but none that could be heard. */
        NOT_ANNOUNCED,
        /** An operator released it to the callee. */
        RELEASED,
        /** The caller hung up. */
        CALLER_HUNG_UP,
        /** The operator hung up, or the call was ended from the console. */
        OPERATOR_HUNG_UP,
        /** One of the parties is not reachable any more. */
        CONNECTION_LOST,
        /** The desk shut down. */
        DESK_CLOSED
    }

    public DeskCall {
        Objects.requireNonNull(recordId, "recordId");
        if (recordId.isEmpty()) {
            throw new IllegalArgumentException("recordId is empty, expected the id of a decision record");
        }
        if (state.isFinal() != (outcome != null)) {
            throw new IllegalArgumentException("call " + recordId + " is " + state + " with outcome " + outcome
                    + ", expected an outcome exactly in a final state");
        }
    }

    /** The same call at a later moment, not over. */
    DeskCall moved(State next, @Nullable String nextSeat, Instant at) {
        return new DeskCall(recordId, caller, callee, rule, next, nextSeat, offeredAt, at, null);
    }

    /** The same call, over. */
    DeskCall over(State next, Outcome why, Instant at) {
        return new DeskCall(recordId, caller, callee, rule, next, seat, offeredAt, at, why);
    }
}
