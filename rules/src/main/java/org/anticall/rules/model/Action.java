package org.anticall.rules.model;

import org.anticall.rules.call.Verdict;

/** What a rule, or one case of it, says when it hits. */
public sealed interface Action {

    /** The call is decided. */
    record Decide(Verdict verdict) implements Action {}

    /** The rule has nothing against the call; the rules after it go on. */
    record Continue() implements Action {}

    /**
     * The call gets points; the rules after it go on.
     *
     * @param points how much this weighs, -100 to 100; below 0 it speaks for the call
     * @param alert whether somebody should look at it as well
     */
    record Score(int points, boolean alert) implements Action {

        /** Most points of one rule. */
        public static final int MAX_POINTS = 100;
    }

    /**
     * All points together weigh more, or less; the rules after it go on.
     *
     * @param percent 10 to 300
     */
    record Weigh(int percent) implements Action {

        public static final int MIN_PERCENT = 10;
        public static final int MAX_PERCENT = 300;
    }

    /** Somebody should look at it; for the call it changes nothing, the rules after it go on. */
    record Alert() implements Action {}

    /** Whether the citizen does not get the call as it came, which takes a legal basis. */
    default boolean isInterception() {
        return this instanceof Decide decide && decide.verdict().kind().isInterception();
    }

    /** Whether the call is declined. */
    default boolean isReject() {
        return this instanceof Decide decide && decide.verdict().kind() == Verdict.Kind.REJECT;
    }
}
