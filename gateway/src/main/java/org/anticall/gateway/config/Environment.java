package org.anticall.gateway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that override keys of the file. The name is {@code ANTICALL_} and the key's path in capitals,
 * with {@code _} for everything that is neither letter nor digit: {@code ANTICALL_ADMIN}, {@code
 * ANTICALL_TRUNKS_0_ON_OVERLOAD}. A list is written with commas. {@code ANTICALL_HOME} is the directory of the
 * installation and therefore not the key {@code home}: that one is {@code ANTICALL_HOME_PROFILE}.
 */
final class Environment {

    private static final String PREFIX = "ANTICALL_";
    private static final Set<String> LAUNCHER = Set.of("ANTICALL_HOME", "ANTICALL_JAVA_OPTS", "ANTICALL_JAVA_HOME");

    private final Map<String, String> variables;
    private final Set<String> asked = new HashSet<>(LAUNCHER);

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The value that overrides the key at {@code path}, or null. An empty variable counts as none. */
    @Nullable
    String override(String path) {
        String name = name(path);
        asked.add(name);
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.trim();
    }

    /** Whether some variable overrides a key below {@code path}. */
    boolean reachesInto(String path) {
        String prefix = name(path) + "_";
        return variables.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Names that begin like ours and override nothing, sorted. */
    List<String> unused() {
        List<String> names = new ArrayList<>();
        for (String name : variables.keySet()) {
            if (name.startsWith(PREFIX) && !asked.contains(name)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        return names;
    }

    static String name(String path) {
        String key = path.equals("home") ? "home-profile" : path;
        StringBuilder name = new StringBuilder(PREFIX);
        for (char c : key.replace("]", "").toCharArray()) {
            name.append(Character.isLetterOrDigit(c) ? c : '_');
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }
}
