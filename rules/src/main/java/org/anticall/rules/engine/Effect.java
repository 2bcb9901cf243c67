package org.anticall.rules.engine;

import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * What a case does when it holds.
 *
 * @param decision made when the set was compiled; null if the call goes on to the rules after this one
 * @param points what the call gets
 * @param percent how all points together are weighed, 100 for as they are
 * @param alert whether somebody should look at it
 * @param reason one sentence for people
 */
public record Effect(@Nullable Decision decision, int points, int percent, boolean alert, LocalizedText reason) {

    private static final int AS_THEY_ARE = 100;

    /** The call is decided. */
    public static Effect decide(Decision decision) {
        return new Effect(decision, 0, AS_THEY_ARE, false, decision.reason());
    }

    /** Nothing. */
    public static Effect none(LocalizedText reason) {
        return new Effect(null, 0, AS_THEY_ARE, false, reason);
    }

    /** Points. */
    public static Effect score(int points, boolean alert, LocalizedText reason) {
        return new Effect(null, points, AS_THEY_ARE, alert, reason);
    }

    /** All points weigh more or less. */
    public static Effect weigh(int percent, LocalizedText reason) {
        return new Effect(null, 0, percent, false, reason);
    }

    /** Somebody should look at it. */
    public static Effect alert(LocalizedText reason) {
        return new Effect(null, 0, AS_THEY_ARE, true, reason);
    }

    /** Whether it gives points or weighs them. */
    boolean isScore() {
        return points != 0 || percent != AS_THEY_ARE;
    }

    /** Whether it says nothing at all. */
    boolean isNone() {
        return decision == null && !isScore() && !alert;
    }
}
