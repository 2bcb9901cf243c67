package org.anticall.rules.compile;

import java.util.List;
import org.anticall.rules.engine.CompiledSnapshot;
import org.anticall.rules.model.RuleProblem;

/** What compiling a rule set yields. */
public sealed interface Compilation {

    /** It can go live. */
    record Compiled(CompiledSnapshot snapshot) implements Compilation {}

    /** It cannot; all problems at once. */
    record Faulty(List<RuleProblem> problems) implements Compilation {
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
