package org.anticall.ops.desk;

import java.time.Duration;

/**
 * The limits the desk works within.
 *
 * @param answerWithin from the offer to the answer; a call nobody answered by then goes down its ladder; more than zero
 * @param ringFor how long one seat rings before the next has its turn; more than zero
 * @param wrapUp how long a seat rests after a call; zero or more
 * @param queueLimit how many calls may wait for a seat; zero or more
 * @param missesBeforePause after how many missed calls in a row a seat is paused; at least 1
 * @param staffing which calls want which operators
 */
public record DeskPolicy(
        Duration answerWithin,
        Duration ringFor,
        Duration wrapUp,
        int queueLimit,
        int missesBeforePause,
        Staffing staffing) {

    /** Time for the disposition of a call. */
    static final Duration PAPERWORK = Duration.ofSeconds(60);

    /** How long an operator can take a decision back before it is carried out. */
    static final Duration UNDO_WITHIN = Duration.ofSeconds(1);

    public DeskPolicy {
        requirePositive("answerWithin", answerWithin);
        requirePositive("ringFor", ringFor);
        if (wrapUp.isNegative()) {
            throw new IllegalArgumentException("wrapUp is " + wrapUp + ", expected zero or more");
        }
        if (queueLimit < 0) {
            throw new IllegalArgumentException("queueLimit is " + queueLimit + ", expected zero or more");
        }
        if (missesBeforePause < 1) {
            throw new IllegalArgumentException("missesBeforePause is " + missesBeforePause + ", expected at least 1");
        }
    }

    /** Limits of a desk whose seats take every call. */
    public DeskPolicy(Duration answerWithin, Duration ringFor, Duration wrapUp, int queueLimit, int missesBeforePause) {
        this(answerWithin, ringFor, wrapUp, queueLimit, missesBeforePause, Staffing.ANY);
    }

    /** The usual limits of a desk whose seats take every call. */
    public static DeskPolicy of(Duration answerWithin, Duration wrapUp) {
        return of(answerWithin, wrapUp, Staffing.ANY);
    }

    /** The usual limits with what is configured. */
    public static DeskPolicy of(Duration answerWithin, Duration wrapUp, Staffing staffing) {
        return new DeskPolicy(answerWithin, Duration.ofSeconds(10), wrapUp, 20, 3, staffing);
    }

    /** How long a seat wraps up: with the paperwork of the console at least {@link #PAPERWORK}. */
    Duration wrapUpOf(boolean atConsole) {
        return atConsole && wrapUp.compareTo(PAPERWORK) < 0 ? PAPERWORK : wrapUp;
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected more than zero");
        }
    }
}
