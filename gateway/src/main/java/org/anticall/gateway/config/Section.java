package org.anticall.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the file while it is read: gives the values of its keys, each overridden by the environment, and gathers
 * what is wrong. A key nobody asked for is a problem at {@link #close()}.
 */
final class Section {

    private final String path;
    private final ConfigNode.Mapping mapping;
    private final Environment environment;
    private final List<ConfigProblem> problems;
    private final Set<String> asked = new LinkedHashSet<>();

    Section(String path, ConfigNode.Mapping mapping, Environment environment, List<ConfigProblem> problems) {
        this.path = path;
        this.mapping = mapping;
        this.environment = environment;
        this.problems = problems;
    }

    /** The keys as they stand, for sections whose keys are names given by people. */
    List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value, or null and a problem if it is missing or not of that form. */
    <T> @Nullable T required(String key, ValueForm<T> form) {
        String text = scalar(key);
        if (text == null) {
            if (!isPresent(key)) {
                problem(key, "", "missing; expected " + form.expected());
            }
            return null;
        }
        return read(place(key), line(key), text, form);
    }

    /** The value, or {@code fallback} if it is missing; that too, and a problem, if it is not of that form. */
    <T> T optional(String key, ValueForm<T> form, T fallback) {
        String text = scalar(key);
        T value = text == null ? null : read(place(key), line(key), text, form);
        return value == null ? fallback : value;
    }

    /** The value, or null if it is missing; that too, and a problem, if it is not of that form. */
    <T> @Nullable T optional(String key, ValueForm<T> form) {
        String text = scalar(key);
        return text == null ? null : read(place(key), line(key), text, form);
    }

    /** The items that are of that form; a problem for each that is not, and for a list that is missing or empty. */
    <T> List<T> list(String key, ValueForm<T> form) {
        asked.add(key);
        List<T> values = new ArrayList<>();
        int unfit = problems.size();
        String override = environment.override(path(key));
        if (override != null) {
            for (String item : override.split(",", -1)) {
                add(values, read(place(key), 0, item.trim(), form));
            }
        } else if (mapping.entries().get(key) instanceof ConfigNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                addItem(values, path(key) + "[" + i + "]", sequence.items().get(i), form);
            }
        } else if (isPresent(key)) {
            problem(key, valueText(key), "expected a list, each item " + form.expected());
        }
        if (values.isEmpty() && problems.size() == unfit) {
            problem(key, "", "missing; expected a list, each item " + form.expected());
        }
        return values;
    }

    /** Like {@link #list(String, ValueForm)}; an item may also be keys with values, which {@code longForm} reads. */
    <T> List<T> list(String key, ValueForm<T> form, Function<Section, @Nullable T> longForm) {
        if (environment.override(path(key)) != null
                || isEmptyList(key)
                || !(mapping.entries().get(key) instanceof ConfigNode.Sequence sequence)) {
            return list(key, form);
        }
        asked.add(key);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            String itemPath = path(key) + "[" + i + "]";
            if (sequence.items().get(i) instanceof ConfigNode.Mapping item) {
                add(values, longForm.apply(new Section(itemPath, item, environment, problems)));
            } else {
                addItem(values, itemPath, sequence.items().get(i), form);
            }
        }
        return values;
    }

    /** The items that are of that form, none for an empty list; null if the list is missing. */
    <T> @Nullable List<T> optionalList(String key, ValueForm<T> form) {
        boolean missing =
                environment.override(path(key)) == null && !mapping.entries().containsKey(key);
        asked.add(key);
        return missing ? null : isEmptyList(key) ? List.of() : list(key, form);
    }

    /** Whether a list without items stands under that key. */
    boolean isEmptyList(String key) {
        return environment.override(path(key)) == null
                && mapping.entries().get(key) instanceof ConfigNode.Sequence sequence
                && sequence.items().isEmpty();
    }

    /** Whether keys with values stand under that key. */
    boolean isMapping(String key) {
        return mapping.entries().get(key) instanceof ConfigNode.Mapping;
    }

    /** The mapping under that key, an empty one if only the environment fills it, null if there is none. */
    @Nullable
    Section section(String key) {
        asked.add(key);
        ConfigNode node = mapping.entries().get(key);
        if (node instanceof ConfigNode.Mapping found) {
            return new Section(path(key), found, environment, problems);
        }
        if (isPresent(key)) {
            problem(key, valueText(key), "expected keys with values under it");
            return null;
        }
        return environment.reachesInto(path(key))
                ? new Section(path(key), new ConfigNode.Mapping(0, Map.of()), environment, problems)
                : null;
    }

    /** The mappings of the list under that key; a problem if there is none. */
    List<Section> sections(String key, String expected) {
        asked.add(key);
        List<Section> sections = new ArrayList<>();
        if (mapping.entries().get(key) instanceof ConfigNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                String itemPath = path(key) + "[" + i + "]";
                if (sequence.items().get(i) instanceof ConfigNode.Mapping item) {
                    sections.add(new Section(itemPath, item, environment, problems));
                } else {
                    problems.add(new ConfigProblem(
                            itemPath, sequence.items().get(i).line(), "", "expected keys with values"));
                }
            }
            if (!sequence.items().isEmpty()) {
                return sections;
            }
        }
        problem(key, valueText(key), "missing; expected " + expected);
        return sections;
    }

    /** Whether the key has a value, from the file or the environment. */
    boolean has(String key) {
        return isPresent(key) || environment.override(path(key)) != null;
    }

    /** Something is wrong with the keys taken together. */
    void problem(String expected) {
        problems.add(new ConfigProblem(path, mapping.line(), "", expected));
    }

    void problem(String key, String value, String expected) {
        problems.add(new ConfigProblem(place(key), line(key), value, expected));
    }

    /** Reports the keys nobody asked for. */
    void close() {
        for (String key : mapping.entries().keySet()) {
            if (!asked.contains(key)) {
                problem(key, "", "unknown key; here are known: " + String.join(", ", asked));
            }
        }
    }

    /** Line of the key's value, of the mapping where it is missing, 0 where neither stands in the file. */
    int line(String key) {
        if (environment.override(path(key)) != null) {
            return 0;
        }
        ConfigNode node = mapping.entries().get(key);
        return node != null ? node.line() : path.isEmpty() ? 0 : mapping.line();
    }

    /** Line of one item of the list under that key, of the key where it has no such item. */
    int line(String key, int index) {
        ConfigNode node =
                environment.override(path(key)) == null ? mapping.entries().get(key) : null;
        return node instanceof ConfigNode.Sequence sequence
                        && index < sequence.items().size()
                ? sequence.items().get(index).line()
                : line(key);
    }

    /** The key's path, with the variable's name if the value comes from there. */
    private String place(String key) {
        String keyPath = path(key);
        return environment.override(keyPath) == null ? keyPath : keyPath + " (" + Environment.name(keyPath) + ")";
    }

    private @Nullable String scalar(String key) {
        asked.add(key);
        String override = environment.override(path(key));
        if (override != null) {
            return override;
        }
        ConfigNode node = mapping.entries().get(key);
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar.text().isEmpty() ? null : scalar.text();
        }
        if (node != null) {
            problem(key, "", "expected one value, not a list or keys");
        }
        return null;
    }

    private boolean isPresent(String key) {
        ConfigNode node = mapping.entries().get(key);
        return node != null
                && !(node instanceof ConfigNode.Scalar scalar && scalar.text().isEmpty());
    }

    private String valueText(String key) {
        return mapping.entries().get(key) instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
    }

    private <T> void addItem(List<T> values, String itemPath, ConfigNode item, ValueForm<T> form) {
        if (item instanceof ConfigNode.Scalar scalar) {
            add(values, read(itemPath, scalar.line(), scalar.text(), form));
        } else {
            problems.add(new ConfigProblem(itemPath, item.line(), "", "expected " + form.expected()));
        }
    }

    private static <T> void add(List<T> values, @Nullable T value) {
        if (value != null) {
            values.add(value);
        }
    }

    private <T> @Nullable T read(String valuePath, int line, String text, ValueForm<T> form) {
        T value = form.reader().apply(text);
        if (value == null) {
            problems.add(new ConfigProblem(valuePath, line, text, "expected " + form.expected()));
        }
        return value;
    }
}
