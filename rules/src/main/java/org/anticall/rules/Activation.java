package org.anticall.rules;

import java.util.List;
import org.anticall.rules.model.RuleProblem;

/** What became of a rule set that was to go live. */
public sealed interface Activation {

    /**
     * It is live.
     *
     * @param revision of the set
     * @param hash SHA-256 of its canonical bytes in hex
     * @param rules how many rules it has, N01 and those in shadow included
     * @param tests how many tests of its own it passed
     */
    record Activated(long revision, String hash, int rules, int tests) implements Activation {}

    /** It is not; the set before it stays live. All problems at once. */
    record Rejected(List<RuleProblem> problems) implements Activation {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
