package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code tests}: a list of {@code call}, {@code given}, {@code expect}. */
final class TestCaseReader {

    private static final List<String> EXPECTATIONS = List.of("verdict", "rule", "label", "score");

    private TestCaseReader() {}

    static List<TestCase> read(YamlNode node) {
        List<TestCase> tests = new ArrayList<>();
        for (YamlNode item : node.items()) {
            Map<String, YamlNode> fields = item.fields(List.of("call", "given", "expect"));
            String name = RuleSetReader.required(item, fields, "call", "what the call shows, in words");
            YamlNode given = fields.get("given");
            YamlNode expect = fields.get("expect");
            if (expect == null) {
                item.problem("'expect' is missing, expected at least a verdict");
                continue;
            }
            Map<String, String> expected = texts(expect, EXPECTATIONS);
            if (!expected.containsKey("verdict")) {
                expect.problem("'verdict' is missing, expected pass, label, withhold, divert or reject");
            }
            if (name != null) {
                tests.add(
                        new TestCase(name, given == null ? Map.of() : texts(given, List.of()), expected, item.place()));
            }
        }
        return tests;
    }

    /** Fields that are texts; any names are taken if {@code known} is empty. */
    private static Map<String, String> texts(YamlNode node, List<String> known) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, YamlNode> fields = known.isEmpty() ? node.fields("facts of a call by name") : node.fields(known);
        fields.forEach((key, value) -> {
            String text = value.text("a text");
            if (text != null) {
                texts.put(key, text);
            }
        });
        return texts;
    }
}
