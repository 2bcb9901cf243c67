package org.anticall.gateway.control;

import java.util.List;

/**
 * What reading the configuration anew came to.
 *
 * @param changed what is different from now on, one phrase each
 * @param warnings what is different in the file and needs a restart, one sentence each
 * @param problems why nothing has changed, one sentence each; empty if all is well
 */
public record Reloaded(List<String> changed, List<String> warnings, List<String> problems) {

    public Reloaded {
        changed = List.copyOf(changed);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    static Reloaded refused(List<String> problems) {
        return new Reloaded(List.of(), List.of(), problems);
    }

    public boolean isWell() {
        return problems.isEmpty();
    }
}
