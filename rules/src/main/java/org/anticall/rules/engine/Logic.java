package org.anticall.rules.engine;

import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.CallFacts;

/** Tests made of tests. */
public final class Logic {

    private Logic() {}

    /** All parts hold. */
    public static Test all(List<Test> parts) {
        return parts.size() == 1 ? parts.get(0) : new All(parts.toArray(Test[]::new));
    }

    /** At least one part holds. */
    public static Test any(List<Test> parts) {
        return parts.size() == 1 ? parts.get(0) : new Any(parts.toArray(Test[]::new));
    }

    /** The part does not hold. */
    public static Test not(Test part) {
        return new Not(part);
    }

    private static String join(Test[] parts, Truth wanted, CallFacts facts, long classes) {
        List<String> clauses = new ArrayList<>();
        for (Test part : parts) {
            if (part.holds(facts, classes) == wanted) {
                String clause = part.why(facts, classes);
                if (!clause.isEmpty() && !clauses.contains(clause)) {
                    clauses.add(clause);
                }
            }
        }
        return String.join(", ", clauses);
    }

    private record All(Test[] parts) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            Truth result = Truth.TRUE;
            for (Test part : parts) {
                result = result.and(part.holds(facts, classes));
                if (result == Truth.FALSE) {
                    break;
                }
            }
            return result;
        }

        @Override
        public String why(CallFacts facts, long classes) {
            Truth result = holds(facts, classes);
            if (result == Truth.FALSE) {
                for (Test part : parts) {
                    if (part.holds(facts, classes) == Truth.FALSE) {
                        return part.why(facts, classes);
                    }
                }
            }
            return join(parts, result, facts, classes);
        }
    }

    private record Any(Test[] parts) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            Truth result = Truth.FALSE;
            for (Test part : parts) {
                result = result.or(part.holds(facts, classes));
                if (result == Truth.TRUE) {
                    break;
                }
            }
            return result;
        }

        @Override
        public String why(CallFacts facts, long classes) {
            Truth result = holds(facts, classes);
            if (result == Truth.TRUE) {
                for (Test part : parts) {
                    if (part.holds(facts, classes) == Truth.TRUE) {
                        return part.why(facts, classes);
                    }
                }
            }
            return join(parts, result, facts, classes);
        }
    }

    private record Not(Test part) implements Test {

        @Override
        public Truth holds(CallFacts facts, long classes) {
            return part.holds(facts, classes).not();
        }

        @Override
        public String why(CallFacts facts, long classes) {
            return part.why(facts, classes);
        }
    }
}
