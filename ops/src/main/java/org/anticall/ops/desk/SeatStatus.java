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
 * @param until when its ring or wrap-up is over; null in the other states
 * @param unfiled whether the call it wraps up, or wrapped up last, still has no disposition
 */
public record SeatStatus(
        String seat,
        State state,
        Instant since,
        @Nullable String recordId,
        int misses,
        @Nullable String pauseReason,
        @Nullable Instant until,
        boolean unfiled) {

    /** {@link #pauseReason} of a seat whose wrap-up ended without a disposition. */
    public static final String UNFILED = "no disposition";

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
