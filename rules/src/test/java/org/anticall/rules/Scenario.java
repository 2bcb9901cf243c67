package org.anticall.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.number.NumberNormalizer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A folder with rules, calls and what is expected of them ({@code calls.yaml}; without {@code rules.yaml} the reference policy). */
record Scenario(String name, String home, RuleSource rules, List<Call> calls) {

    /**
     * One call of the folder.
     *
     * @param given its facts as people write them, and the answers the oracle would give
     * @param history calls before it, whose facts are the same but for what they say themselves
     * @param expected what is expected
     */
    record Call(
            String name, Map<String, String> given, List<Map<String, String>> history, Map<String, Object> expected) {

        /** The facts before anybody asked for a roaming state. */
        CallFacts facts(NumberNormalizer numbers) {
            return ScenarioFacts.of(name, given, numbers);
        }

        /** The calls before this one, as they come, each followed by its end. */
        void replayHistory(RuleBook book) {
            for (Map<String, String> group : history) {
                Map<String, String> all = new HashMap<>(given);
                all.putAll(group);
                new ScenarioHistory(name, all, facts(book.numbers()).atEpochMillis()).replay(book);
            }
        }
    }

    @SuppressWarnings("unchecked")
    static Scenario read(Path folder) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> root = yaml.load(Files.readString(folder.resolve("calls.yaml")));
        String home = String.valueOf(root.get("home"));
        Path rules = folder.resolve("rules.yaml");
        List<Call> calls = ((List<Map<String, Object>>) root.get("calls"))
                .stream().map(call -> call(call, home)).toList();
        return new Scenario(
                String.valueOf(folder.getFileName()),
                home,
                Files.exists(rules) ? RuleSource.file(rules) : RuleSource.reference(home),
                calls);
    }

    @SuppressWarnings("unchecked")
    private static Call call(Map<String, Object> call, String home) {
        Map<String, String> given = texts((Map<String, Object>) call.getOrDefault("given", Map.of()));
        given.putIfAbsent("to", home.equals("BY") ? "+375172555555" : "+77172555555");
        Object history = call.get("history");
        List<Map<String, Object>> groups = history == null
                ? List.of()
                : history instanceof List<?> list
                        ? (List<Map<String, Object>>) list
                        : List.of((Map<String, Object>) history);
        return new Call(
                String.valueOf(call.get("call")),
                given,
                groups.stream().map(Scenario::texts).toList(),
                (Map<String, Object>) call.get("expect"));
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new HashMap<>();
        values.forEach((key, value) ->
                texts.put(key, value instanceof Boolean yes ? (yes ? "yes" : "no") : String.valueOf(value)));
        return texts;
    }
}
