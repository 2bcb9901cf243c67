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

    /**
     * One rule's part.
     *
     * @param rule id of the rule
     * @param title what the rule is about
     * @param hit whether its condition held
     * @param shadow whether the rule only watches
     * @param why what made it hit or miss, for people
     */
    public record Tried(String rule, LocalizedText title, boolean hit, boolean shadow, String why) {}
}
