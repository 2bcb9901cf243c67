package org.anticall.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.List;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.RuleSetReader;
import org.anticall.rules.number.NumberingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCompilerTest {

    private final RuleCompiler compiler = new RuleCompiler(NumberingPlan.of("KZ"));

    @Test
    void whatRulesGetWrongTogetherIsNamedAllAtOnce() {
        List<String> problems = problems(
                """
                home: BY
                lists: {black: ["+44*"]}
                rules:
                  - {id: A, title: t, priority: 1, when: {caller: {list: blakc}}, then: pass}
                  - {id: A, title: t, priority: 2, when: {}, then: pass}
                  - {id: B, title: t, priority: 1, when: {}, then: {label: x}}
                  - {id: C, title: t, priority: 3, when: {}, then: reject}
                  - {id: N01, title: t, priority: 4, when: {}, then: pass}
                  - id: D
                    title: t
                    stage: allow
                    priority: 1
                    legal-basis: {type: law, document: d, date: 2026-11-01, office: o}
                    when: {}
                    then: divert
                """);

        assertEquals(
                List.of(
                        "rules.yaml: the rules are for home 'BY', expected KZ",
                        "rules.yaml:4:5: rule A: there is no list 'blakc', expected one of black",
                        "rules.yaml:5:5: rule A: has the id of the rule at rules.yaml:4:5, expected one of its own",
                        "rules.yaml:6:5: rule B: has the same stage and priority 1 as rule A at rules.yaml:4:5, so nobody"
                                + " can tell which goes first",
                        "rules.yaml:7:5: rule C: keeps calls from the citizen, expected a 'legal-basis' of its own or of the"
                                + " whole file",
                        "rules.yaml:8:5: rule N01: is built in; put further numbers into a list 'never-touch'",
                        "rules.yaml:9:5: rule D: intercepts calls in a stage that lets calls pass, expected another stage"),
                problems);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "divert", "withhold"})
    void interceptionTakesALegalBasis(String action) {
        String rule = "home: KZ\nrules:\n  - {id: R, title: t, priority: 1, when: {}, then: " + action + "}\n";
        String basis = "legal-basis: {type: law, document: d, date: 2026-11-01, office: o}\n";

        assertEquals(1, problems(rule).size());
        assertInstanceOf(Compilation.Compiled.class, compiler.compile(read(basis + rule), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass", "continue", "label"})
    void whatLetsTheCallThroughTakesNone(String action) {
        String rule = "home: KZ\nrules:\n  - {id: R, title: t, priority: 1, when: {}, then: " + action + "}\n";

        assertInstanceOf(Compilation.Compiled.class, compiler.compile(read(rule), 1));
    }

    @Test
    void priorityCountsWithinAStageOnly() {
        String rules =
                """
                home: KZ
                rules:
                  - {id: A, title: t, stage: allow, priority: 1, when: {}, then: pass}
                  - {id: B, title: t, stage: deterministic, priority: 1, when: {}, then: pass}
                  - {id: C, title: t, stage: roaming, priority: 1, when: {}, then: pass}
                """;

        assertInstanceOf(Compilation.Compiled.class, compiler.compile(read(rules), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{behaviour: {attempts: {within: 60s, at-least: 3}}}",
                "{user-agent: scanner}",
                "{mark: vendor-header}",
                "{fingerprint: \"00ab00ab00ab00ab\"}",
                "{not: {any: [{trunk: national}, {user-agent: scanner}]}}"
            })
    void signsAloneNeverReject(String when) {
        String rule =
                """
                home: KZ
                legal-basis: {type: %s, document: d, date: 2026-11-01, office: o}
                rules:
                  - {id: R, title: t, stage: %s, priority: 1, when: %s, then: %s}
                """;

        assertEquals(
                1,
                problems(rule.formatted("operator-contract", "deterministic", when, "reject"))
                        .size());
        assertEquals(
                1,
                problems(rule.formatted("court-order", "signs", when, "reject")).size());
        assertCompiles(rule.formatted("court-order", "deterministic", when, "reject"));
        assertCompiles(rule.formatted("operator-contract", "signs", when, "divert"));
    }

    @Test
    void pointsThatInterceptTakeALegalBasis() {
        String rules =
                """
                home: KZ
                %s
                rules:
                  - {id: R, title: t, stage: signs, priority: 1, when: {}, then: {score: 10}}
                """;

        assertEquals(1, problems(rules.formatted("")).size());
        assertCompiles(rules.formatted("legal-basis: {type: law, document: d, date: 2026-11-01, office: o}"));
        assertCompiles(rules.formatted("scoring: {steps: {from: 30, then: {label: look}}}"));
    }

    @Test
    void aRuleTakesAtMostTwoHundredTests() {
        String part = "{trunk: national}, ";
        String rules = "home: KZ\nrules:\n  - {id: R, title: t, priority: 1, when: {any: [%s]}, then: pass}\n";

        assertCompiles(rules.formatted(part.repeat(RuleChecks.MAX_TESTS)));
        assertEquals(
                List.of("rules.yaml:3:5: rule R: takes 201 tests, expected at most 200"),
                problems(rules.formatted(part.repeat(RuleChecks.MAX_TESTS + 1))));
    }

    @Test
    void aSetLooksAtAtMostSixtyFourCounters() {
        assertCompiles(withCounters(RuleChecks.MAX_GAUGES));
        assertEquals(
                List.of("rules.yaml: the rules look at 65 counters with different times, expected at most 64"),
                problems(withCounters(RuleChecks.MAX_GAUGES + 1)));
    }

    private static String withCounters(int count) {
        StringBuilder parts = new StringBuilder();
        for (int seconds = 1; seconds <= count; seconds++) {
            parts.append("{behaviour: {attempts: {within: ").append(seconds).append("s, at-least: 3}}}, ");
        }
        return "home: KZ\nrules:\n  - {id: R, title: t, priority: 1, when: {any: [" + parts + "]}, then: pass}\n";
    }

    private void assertCompiles(String yaml) {
        Compilation compilation = compiler.compile(read(yaml), 1);
        assertInstanceOf(Compilation.Compiled.class, compilation, compilation::toString);
    }

    private List<String> problems(String yaml) {
        Compilation compilation = compiler.compile(read(yaml), 1);
        List<String> problems = assertInstanceOf(Compilation.Faulty.class, compilation).problems().stream()
                .map(RuleProblem::toString)
                .toList();
        assertTrue(!problems.isEmpty());
        return problems;
    }

    private static RuleSet read(String yaml) {
        Reading reading = RuleSetReader.read("rules.yaml", yaml, file -> InputStream.nullInputStream());
        return assertInstanceOf(Reading.Read.class, reading, reading::toString).ruleSet();
    }
}
