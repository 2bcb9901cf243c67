package org.anticall.rules.model;

import java.util.List;
import java.util.Map;

/** What reading a rule file yields. */
public sealed interface Reading {

    /**
     * The file is well-formed.
     *
     * @param ruleSet its rules
     * @param tests that it brings along
     * @param digests SHA-256 in hex of the files of lists, by the lists' names, as far as they are known
     */
    record Read(RuleSet ruleSet, List<TestCase> tests, Map<String, String> digests) implements Reading {
        public Read {
            tests = List.copyOf(tests);
            digests = Map.copyOf(digests);
        }
    }

    /** The file is not; all problems at once, in the order of the file. */
    record Unreadable(List<RuleProblem> problems) implements Reading {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }
}
