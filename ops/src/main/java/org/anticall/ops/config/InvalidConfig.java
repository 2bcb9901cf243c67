package org.anticall.ops.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used. The message lists every problem, one a line. */
public final class InvalidConfig extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    InvalidConfig(Path file, List<ConfigProblem> problems) {
        super(problems.stream().map(problem -> file + ": " + problem.text()).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems in the order of the file; not empty. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
