package org.anticall.rules.call;

import java.util.List;

/**
 * A decision with every rule that was tried on the way.
 *
 * @param screening the decision, or the roaming answer it still waits for
 * @param tried every rule of the set in order of evaluation, those after the deciding one too
 */
public record Explanation(Screening screening, List<Tried> tried) {

    public Explanation {
        tried = List.copyOf(tried);
    }

    /** What became of one rule. */
    public enum Outcome {
        /** Its condition holds and it says what happens to the call. */
        HIT,
        /** Its condition does not hold. */
        MISS,
        /** Its condition holds and it leaves the call to the rules after it. */
        CONTINUE,
        /** Its condition holds and it gives points or weighs them. */
        SCORE,
        /** Its condition holds and it asks for somebody's attention. */
        ALERT,
        /** It hangs on a roaming answer that is not there yet. */
        WAITS,
        /** Its time was over when the call came. */
        EXPIRED,
        /** Its time had not begun when the call came. */
        NOT_YET
    }

    /**
     * One rule's part.
     *
     * @param rule id of the rule
     * @param title what the rule is about
     * @param outcome what became of it
     * @param shadow whether the rule only watches
     * @param why what made it hit or miss, with the value it looked at, for people
     */
    public record Tried(String rule, LocalizedText title, Outcome outcome, boolean shadow, String why) {

        /** Whether the condition held and the rule says what happens to the call, if only in shadow. */
        public boolean hit() {
            return outcome == Outcome.HIT;
        }
    }
}
