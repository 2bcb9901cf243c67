package org.anticall.rules.model;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A node of a rule file that knows where it stands. Whatever does not have the expected shape is put down as a problem and
 * read as if it were not there, so that one pass finds everything. Anchors and aliases are refused.
 */
final class YamlNode {

    private static final int MAX_FILE_CHARACTERS = 16 * 1024 * 1024;

    private final Node node;
    private final String file;
    private final List<RuleProblem> problems;

    private YamlNode(Node node, String file, List<RuleProblem> problems) {
        this.node = node;
        this.file = file;
        this.problems = problems;
    }

    /** The root of {@code text}, or null with a problem put down. */
    static @Nullable YamlNode parse(String file, String text, List<RuleProblem> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_FILE_CHARACTERS);
        options.setNestingDepthLimit(24);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root == null) {
                problems.add(new RuleProblem(Place.of(file), "the file is empty, expected 'home' and 'rules'"));
                return null;
            }
            return new YamlNode(root, file, problems);
        } catch (MarkedYAMLException notYaml) {
            Mark mark = notYaml.getProblemMark();
            Place place = mark == null ? Place.of(file) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
            String context = notYaml.getContext() == null ? "" : notYaml.getContext() + ": ";
            problems.add(new RuleProblem(place, "not YAML: " + context + notYaml.getProblem()));
        } catch (YAMLException notYaml) {
            problems.add(new RuleProblem(Place.of(file), "not YAML: " + notYaml.getMessage()));
        }
        return null;
    }

    Place place() {
        return new Place(
                file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    }

    void problem(String message) {
        problems.add(new RuleProblem(place(), message));
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** The text of a scalar as written, empty for anything else. */
    String scalar() {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    /** The text of a scalar as written; anything else is a problem. */
    @Nullable
    String text(String expected) {
        if (refusesAnchor()) {
            return null;
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        problem("found " + shape() + ", expected " + expected);
        return null;
    }

    /** An integer from {@code min} to {@code max}; anything else is a problem. */
    @Nullable
    Long integer(long min, long max) {
        String expected = "a whole number from " + min + " to " + max;
        String text = text(expected);
        if (text == null) {
            return null;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the one message for everything that is no such number.
        }
        problem("'" + text + "', expected " + expected);
        return null;
    }

    /** One of {@code words}; anything else is a problem. */
    <T> @Nullable T word(Map<String, T> words) {
        String expected = "one of " + String.join(", ", words.keySet());
        String text = text(expected);
        if (text == null) {
            return null;
        }
        T value = words.get(text);
        if (value == null) {
            problem("'" + text + "', expected " + expected);
        }
        return value;
    }

    /** The items of a sequence; a single scalar or mapping stands for a sequence of one. */
    List<YamlNode> items() {
        if (refusesAnchor()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(this);
        }
        if (sequence.getValue().isEmpty()) {
            problem("found an empty list, expected at least one item");
        }
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlNode(item, file, problems));
        }
        return items;
    }

    /** The fields of a mapping. Keys that are not in {@code known}, and keys given twice, are problems. */
    Map<String, YamlNode> fields(List<String> known) {
        String keys = String.join(", ", known);
        return fields("a mapping with " + keys, key -> known.contains(key) ? "" : "expected one of " + keys);
    }

    /** The fields of a mapping whose keys are names given by the author. */
    Map<String, YamlNode> fields(String expected) {
        return fields(expected, key -> "");
    }

    private Map<String, YamlNode> fields(String expected, UnaryOperator<String> objection) {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        if (refusesAnchor()) {
            return fields;
        }
        if (!(node instanceof MappingNode mapping)) {
            problem("found " + shape() + ", expected " + expected);
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(tuple.getKeyNode(), file, problems);
            String name = key.text("a key");
            if (name == null) {
                continue;
            }
            String objected = objection.apply(name);
            if (!objected.isEmpty()) {
                key.problem("unknown key '" + name + "', " + objected);
            } else if (fields.put(name, new YamlNode(tuple.getValueNode(), file, problems)) != null) {
                key.problem("key '" + name + "' for the second time");
            }
        }
        return fields;
    }

    private boolean refusesAnchor() {
        if (node.getAnchor() != null) {
            problem("anchors and aliases are not taken, write it out");
            return true;
        }
        return false;
    }

    private String shape() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String value = ((ScalarNode) node).getValue();
        return value.isBlank() ? "nothing" : "'" + value + "'";
    }
}
