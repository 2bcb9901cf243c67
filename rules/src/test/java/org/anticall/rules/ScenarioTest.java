package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anticall.rules.Activation.Activated;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.Explanation.Outcome;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.model.RuleSchema;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Runs the folders in {@code scenarios}: rules, calls, and what is expected of them. */
class ScenarioTest {

    private static final Path FOLDERS = Path.of("src/test/resources/scenarios");

    @TestFactory
    Stream<DynamicNode> everyCallGetsTheExpectedVerdict() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            List<DynamicNode> nodes = new ArrayList<>();
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                Scenario scenario = Scenario.read(folder);
                RuleBook book = RuleBook.forHome(scenario.home());
                Activation activation = book.activate(scenario.rules());
                assertInstanceOf(Activated.class, activation, activation::toString);
                assertFalse(scenario.calls().isEmpty());
                nodes.add(DynamicContainer.dynamicContainer(
                        scenario.name(),
                        scenario.calls().stream()
                                .map(call -> DynamicTest.dynamicTest(
                                        call.name(), () -> check(ownBook(scenario, call, book), call)))));
            }
            return nodes.stream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "BY"})
    void everyRuleHasACallThatItHitsAndOneBesideIt(String home) throws IOException {
        RuleBook book = RuleBook.forHome(home);
        book.activate(RuleSource.reference(home));
        CallFacts any = CallFacts.on("any", TrunkClass.INTERNATIONAL, 0).build();
        Set<String> rules = new TreeSet<>();
        book.explain(any).tried().forEach(tried -> rules.add(tried.rule()));
        rules.remove("N01"); // the acceptance matrix has its calls
        Scenario pairs = Scenario.read(FOLDERS.resolve("pairs-" + home.toLowerCase(Locale.ROOT)));

        for (String kind : List.of("hit", "miss")) {
            assertEquals(rules, mentioned(pairs, kind), kind);
        }
    }

    @Test
    void everyConditionOfTheLanguageHasACallThatMeetsItAndOneThatDoesNot() throws IOException {
        Scenario conditions = Scenario.read(FOLDERS.resolve("conditions"));
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(conditions.rules().rules());
        Set<String> used = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        for (Object rule : (List<?>) file.get("rules")) {
            ids.add(String.valueOf(((Map<?, ?>) rule).get("id")));
            collectKeys(((Map<?, ?>) rule).get("when"), used);
        }
        JsonNode known = new ObjectMapper().readTree(RuleSchema.text()).get("$defs");
        for (String kind : List.of("condition", "number")) {
            Set<String> unused = new TreeSet<>();
            known.get(kind).get("properties").fieldNames().forEachRemaining(unused::add);
            unused.removeAll(used);
            assertEquals(Set.of(), unused, "conditions of which no rule is made");
        }
        for (String kind : List.of("hit", "miss")) {
            assertEquals(ids, mentioned(conditions, kind), kind);
        }
    }

    private static void collectKeys(Object node, Set<String> keys) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                keys.add(String.valueOf(key));
                collectKeys(value, keys);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collectKeys(item, keys));
        }
    }

    /** The rules that calls of a folder are expected to hit, or to miss. */
    private static Set<String> mentioned(Scenario scenario, String kind) {
        return scenario.calls().stream()
                .map(call -> call.expected().get(kind))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A call with calls before it gets counters of its own. */
    private static RuleBook ownBook(Scenario scenario, Scenario.Call call, RuleBook common) {
        if (call.history().isEmpty()) {
            return common;
        }
        RuleBook own = RuleBook.forHome(scenario.home());
        own.activate(scenario.rules());
        return own;
    }

    private static void check(RuleBook book, Scenario.Call call) {
        call.replayHistory(book);
        CallFacts facts = call.facts(book.numbers());
        facts = call.history().isEmpty() ? facts : book.observe(facts);
        Screening screening = book.decide(facts);
        while (screening instanceof RoamingQuery query) {
            String key = query.party() == RoamingQuery.Party.CALLER ? "roaming" : "diversion-roaming";
            facts = query.answer(facts, ScenarioFacts.answer(call, key));
            screening = book.decide(facts);
        }
        Decision decision = assertInstanceOf(Decision.class, screening);
        Explanation explanation = book.explain(facts);

        assertEquals(decision, explanation.screening(), "explain says what decide does");
        assertEquals(new TreeMap<>(call.expected()), found(facts, decision, explanation, call.expected()));
    }

    /** What was found, under the keys that the call expects something of; the verdict and the rule always. */
    private static Map<String, Object> found(
            CallFacts facts, Decision decision, Explanation explanation, Map<String, Object> expected) {
        Map<String, Object> found = new TreeMap<>();
        found.put("verdict", decision.verdict().kind().text());
        found.put("rule", decision.rule() == null ? "none" : decision.rule());
        for (String key : expected.keySet()) {
            switch (key) {
                case "verdict", "rule" -> {}
                case "reason" -> found.put(key, decision.reason().en());
                case "label" -> found.put(key, label(decision.verdict()));
                case "ladder" ->
                    found.put(
                            key, ((Verdict.Divert) decision.verdict()).ladder().toString());
                case "score" -> found.put(key, decision.score());
                case "scored" -> found.put(key, decision.scored());
                case "alerts" -> found.put(key, decision.alerts());
                case "hit", "miss" -> {
                    String rule = String.valueOf(expected.get(key));
                    boolean isHit = outcome(explanation, rule) != Outcome.MISS;
                    found.put(key, isHit == key.equals("hit") ? rule : outcome(explanation, rule) + " " + rule);
                }
                case "identity" ->
                    found.put(
                            key,
                            facts.passport().code() + " " + facts.passport().phrase());
                case "attestation" -> found.put(key, facts.attestation().name());
                case "shadow" -> found.put(key, decision.shadowHits());
                default ->
                    found.put(
                            key,
                            explanation.tried().stream()
                                    .filter(tried -> tried.rule().equals(key))
                                    .map(tried -> tried.outcome() + ": " + tried.why())
                                    .findFirst()
                                    .orElse("no such rule"));
            }
        }
        return found;
    }

    private static Outcome outcome(Explanation explanation, String rule) {
        return explanation.tried().stream()
                .filter(tried -> tried.rule().equals(rule))
                .map(Explanation.Tried::outcome)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule " + rule));
    }

    private static String label(Verdict verdict) {
        if (verdict instanceof Verdict.Label label) {
            return label.label();
        }
        return verdict instanceof Verdict.Withhold withhold ? withhold.label() : "none";
    }
}
