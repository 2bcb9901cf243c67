package org.anticall.rules.model;

import java.util.List;

/** What reading a rule file yields. */
public sealed interface Reading {

    /** The file is well-formed: its rules, and the tests it brings along. */
    record Read(RuleSet ruleSet, List<TestCase> tests) implements Reading {
        public Read {
            tests = List.copyOf(tests);
        }
    }

    /** The file is not; all problems at once, in the order of the file. */
    record Unreadable(List<RuleProblem> problems) implements Reading {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }
}
