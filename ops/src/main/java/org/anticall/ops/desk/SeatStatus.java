package org.anticall.ops.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the desk knows of one seat at one moment. Immutable.
 *
 * @param seat name of the seat, for a phone its user name
 * @param state what the seat does
 * @param since when it began to
 * @param recordId the call it rings for, talks on, or wraps up; null in the other states
 * @param misses calls it let ring out in a row
 * @param pauseReason why it is paused or will be after the present call; null if it is not
 */
public record SeatStatus(
        String seat, State state, Instant since, @Nullable String recordId, int misses, @Nullable String pauseReason) {

    /** What a seat does. */
    public enum State {
        /** Nobody is signed in there. */
        OFFLINE,
        /** It may ring. */
        READY,
        /** Signed in, but not to be rung. */
        PAUSED,
        /** Leased to a call that rings. */
        RINGING,
        /** In a call. */
        ON_CALL,
        /** The call is over, the operator finishes the paperwork. */
        WRAP_UP
    }
}
