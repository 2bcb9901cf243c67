package org.anticall.gateway.config;

import java.util.Comparator;
import java.util.List;

/** What reading a configuration yields. */
public sealed interface ConfigOutcome {

    /**
     * It can be used.
     *
     * @param config the configuration
     * @param warnings what will not work as one may think; said once at start
     */
    record Valid(GatewayConfig config, List<ConfigProblem> warnings) implements ConfigOutcome {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot.
     *
     * @param problems all of them, in the order of the file; those of no line first; not empty
     */
    record Invalid(List<ConfigProblem> problems) implements ConfigOutcome {
        public Invalid {
            problems = problems.stream()
                    .sorted(Comparator.comparingInt(ConfigProblem::line))
                    .toList();
        }
    }
}
