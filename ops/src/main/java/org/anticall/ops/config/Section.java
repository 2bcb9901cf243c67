package org.anticall.ops.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file while it is read. Every key asked for is known from then on; {@link #end} reports the others.
 * A value that is missing or wrong is reported and comes back as null.
 */
final class Section {

    private final String path;
    private final int line;
    private final Map<String, YamlNode> entries;
    private final Source source;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * What all sections of a file share.
     *
     * @param directory where relative paths begin
     * @param environment variables that override values
     * @param problems takes what is wrong
     */
    record Source(Path directory, Map<String, String> environment, List<ConfigProblem> problems) {}

    private Section(String path, int line, Map<String, YamlNode> entries, Source source) {
        this.path = path;
        this.line = line;
        this.entries = entries;
        this.source = source;
    }

    /** The mapping {@code node}; anything else is reported and read as an empty one. */
    static Section of(String path, YamlNode node, Source source) {
        Map<String, YamlNode> entries = node.entries();
        if (entries == null) {
            String text = Objects.requireNonNullElse(node.text(), "");
            source.problems().add(new ConfigProblem(path, node.line(), text, "expected keys and values"));
            entries = Map.of();
        }
        return new Section(path, node.line(), entries, source);
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** The section below {@code key}, empty and reported if it is missing. */
    @Nullable
    Section section(String key) {
        YamlNode node = node(key);
        if (node == null) {
            missing(key, "expected keys and values");
            return null;
        }
        return of(at(key), node, source);
    }

    <T> @Nullable T required(String key, Form<T> form) {
        T value = optional(key, form);
        if (value == null && entries.get(key) == null && override(key) == null) {
            missing(key, form.expected());
        }
        return value;
    }

    <T> T or(String key, Form<T> form, T otherwise) {
        T value = optional(key, form);
        return value == null ? otherwise : value;
    }

    <T> @Nullable T optional(String key, Form<T> form) {
        YamlNode node = node(key);
        String override = override(key);
        if (override != null) {
            return parsed(at(key) + " (from " + variable(key) + ")", 0, override, form);
        }
        return node == null ? null : scalar(at(key), node, form);
    }

    /** The values of a sequence; an environment variable separates them by commas. */
    <T> List<T> list(String key, Form<T> form) {
        YamlNode node = node(key);
        List<T> values = new ArrayList<>();
        String override = override(key);
        if (override != null) {
            for (String item : override.split(",", -1)) {
                addIfRead(values, parsed(at(key) + " (from " + variable(key) + ")", 0, item.strip(), form));
            }
        } else if (node == null) {
            missing(key, "expected a list");
        } else if (node.items() == null) {
            problem(at(key), node.line(), node.text(), "expected a list");
        } else {
            int index = 0;
            for (YamlNode item : node.items()) {
                addIfRead(values, scalar(at(key) + "[" + index++ + "]", item, form));
            }
        }
        return values;
    }

    /** The mappings of a sequence, none if the key is missing. */
    List<Section> sections(String key) {
        YamlNode node = node(key);
        List<Section> sections = new ArrayList<>();
        if (node != null && node.items() == null) {
            problem(at(key), node.line(), node.text(), "expected a list");
        } else if (node != null && node.items() != null) {
            for (YamlNode item : node.items()) {
                sections.add(of(at(key) + "[" + sections.size() + "]", item, source));
            }
        }
        return sections;
    }

    /** A path; a relative one begins beside the configuration file. */
    @Nullable
    Path path(String key) {
        return required(key, pathForm());
    }

    /** How a path is written. */
    Form<Path> pathForm() {
        return new Form<>("expected a path", text -> {
            try {
                return source.directory().resolve(text).normalize();
            } catch (InvalidPathException notAPath) {
                return null;
            }
        });
    }

    /** The secret in the file that {@code key} names: its content without surrounding white space. */
    @Nullable
    Secret secretFile(String key) {
        Path file = path(key);
        if (file == null) {
            return null;
        }
        try {
            String text = Files.readString(file).strip();
            if (!text.isEmpty()) {
                return new Secret(text);
            }
            problem(at(key), lineOf(key), file.toString(), "this file is empty, expected a secret in it");
        } catch (IOException unreadable) {
            problem(at(key), lineOf(key), file.toString(), "expected a file that can be read");
        }
        return null;
    }

    /** Reports something that only the caller can see. */
    void problem(String key, String value, String expected) {
        problem(at(key), lineOf(key), value, expected);
    }

    /** Reports the keys nobody asked for. */
    void end() {
        entries.forEach((key, node) -> {
            if (!known.contains(key)) {
                problem(at(key), node.line(), "", "unknown key, known here are " + String.join(", ", known));
            }
        });
    }

    private @Nullable YamlNode node(String key) {
        known.add(key);
        return entries.get(key);
    }

    private <T> @Nullable T scalar(String at, YamlNode node, Form<T> form) {
        if (node.text() == null || node.text().isEmpty()) {
            problem(at, node.line(), "", form.expected());
            return null;
        }
        return parsed(at, node.line(), node.text(), form);
    }

    private <T> @Nullable T parsed(String at, int atLine, String text, Form<T> form) {
        T value = form.reader().apply(text);
        if (value == null) {
            problem(at, atLine, text, form.expected());
        }
        return value;
    }

    private static <T> void addIfRead(List<T> values, @Nullable T value) {
        if (value != null) {
            values.add(value);
        }
    }

    private void missing(String key, String expected) {
        problem(at(key), line > 1 ? line : 0, "", "this key is missing, " + expected);
    }

    private void problem(String at, int atLine, @Nullable String value, String expected) {
        source.problems().add(new ConfigProblem(at, atLine, Objects.requireNonNullElse(value, ""), expected));
    }

    private int lineOf(String key) {
        YamlNode node = entries.get(key);
        return node == null ? 0 : node.line();
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private @Nullable String override(String key) {
        String value = source.environment().get(variable(key));
        return value == null || value.isBlank() ? null : value.strip();
    }

    private String variable(String key) {
        return "ANTICALL_" + at(key).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }
}
