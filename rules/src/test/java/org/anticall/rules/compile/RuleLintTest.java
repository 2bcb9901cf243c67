package org.anticall.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.model.RuleProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLintTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");
    private static final String HEAD =
            """
            home: KZ
            legal-basis: {type: law, document: test, date: 2026-11-01, office: test}
            lists:
              allow: ["+442079460999"]
              black: ["+442079460999;2027-01-01T00:00:00+05:00", "+442079460998"]
              wide: ["+4420*;2027-01-01T00:00:00+05:00", "+44207946*"]
              never-touch: ["+77172000103"]
              wrong: ["+77172000103"]
            rules:
            """;

    @Test
    void aRuleBehindOneThatDecidesAllItsCallsIsNeverReached() {
        String rules = rule("A", 1, "{trunk: [international, national]}", "pass")
                + rule("B", 2, "{trunk: international, caller: {kind: short}}", "reject");

        assertEquals(List.of("rule B: is never reached: rule A at rules.yaml:10:5 decides all its calls"), lint(rules));
    }

    @Test
    void aRuleBehindOneThatDecidesOtherCallsIsReached() {
        String rules = rule("A", 1, "{trunk: national}", "pass")
                + rule("B", 2, "{trunk: international}", "continue")
                + rule("C", 3, "{trunk: international, caller: {kind: short}}", "reject");

        assertEquals(List.of(), lint(rules));
    }

    @Test
    void aConditionThatContradictsItselfNeverHolds() {
        String rules = rule("A", 1, "{caller: {kind: short}, all: [{caller: {kind: e164}}]}", "pass");

        assertEquals(List.of("rule A: has a condition that no call can meet"), lint(rules));
    }

    @Test
    void anExpiredRuleIsNamedFromItsLastInstantOn() {
        String expired =
                "  - {id: A, title: A, priority: 1, valid: {until: %s}, when: {caller: {kind: short}}, then: pass}\n";

        assertEquals(List.of(), lint(expired.formatted("2026-11-21T12:00:01+05:00")));
        assertEquals(
                List.of("rule A: expired at 2026-11-21T07:00:00Z, so it does nothing any more"),
                lint(expired.formatted("2026-11-21T12:00:00+05:00")));
    }

    @Test
    void aPrefixOfTooFewDigitsIsTooBroad() {
        assertEquals(
                List.of("rule A: stops all of +4420*, which is 2 digits beyond the country code, expected at least 3"),
                lint(rule("A", 1, "{caller: {number: \"+4420*\"}}", "reject")));
        assertEquals(List.of(), lint(rule("A", 1, "{caller: {number: \"+44207*\"}}", "reject")));
        assertEquals(List.of(), lint(rule("A", 1, "{caller: {number: \"+4420*\"}}", "pass")));
    }

    @Test
    void anAreaCodeOfHomeIsNotTooBroadHoweverShort() {
        String minsk = "  - {id: A, title: A, priority: 1, when: {caller: {number: \"%s\"}}, then: reject}\n";
        String home = HEAD.replace("home: KZ", "home: BY");

        assertEquals(List.of(), lint("BY", home + minsk.formatted("+37517*")));
        for (String broad : List.of("+3751*", "+37529*")) {
            assertEquals(1, lint("BY", home + minsk.formatted(broad)).size(), broad);
        }
    }

    @Test
    void aBroadPrefixAndOneWithoutAnEndAreFoundInLists() {
        assertEquals(
                List.of(
                        "rule A: stops all of +4420*, which is 2 digits beyond the country code, expected at least 3",
                        "rule A: list wide has 1 prefix without an end, expected 'until' for each"),
                lint(rule("A", 1, "{caller: {list: wide}}", "reject")));
    }

    @Test
    void aNumberThatOneListBlocksAndAnotherLetsPassIsNamed() {
        String rules =
                "  - {id: ALLOW, title: A, stage: allow, priority: 1, when: {caller: {list: allow}}, then: pass}\n"
                        + rule("BLOCK", 1, "{caller: {list: black}}", "reject");

        assertEquals(List.of("rule BLOCK: list black names +442079460999, which list allow lets pass"), lint(rules));
    }

    @Test
    void aBlockedNumberThatIsNeverToBeTouchedIsNamed() {
        assertEquals(
                List.of("rule A: list wrong names +77172000103, which is never to be touched when called"),
                lint(rule("A", 1, "{caller: {list: wrong}}", "reject")));
    }

    @Test
    void aRangeThatTakesInAnUntouchableNumberIsNamedAndOneThatAnAllowedRangeTakesInToo() {
        String lists =
                """
                  allow: ["+4420*"]
                  black: ["+77172*;2027-01-01T00:00:00+05:00", "+44207946*;2027-01-01T00:00:00+05:00"]
                """;
        String rules =
                "  - {id: ALLOW, title: A, stage: allow, priority: 1, when: {caller: {list: allow}}, then: pass}\n"
                        + rule("BLOCK", 1, "{caller: {list: black}}", "reject");

        assertEquals(
                List.of(
                        "rule BLOCK: list black names +44207946*, which list allow lets pass",
                        "rule BLOCK: list black names +77172000103, which is never to be touched when called"),
                lint(
                        "KZ",
                        "home: KZ\nlegal-basis: {type: law, document: t, date: 2026-11-01, office: t}\nlists:\n" + lists
                                + "  never-touch: [\"+77172000103\"]\nrules:\n" + rules));
    }

    @Test
    void aBlockedCodeThatCallsForHelpIsNamed() {
        String file = HEAD.replace("[\"+77172000103\"]\nrules", "[\"112\", \"1414\"]\nrules");

        assertEquals(
                List.of("rule A: list wrong names 112, which is never to be touched when called"),
                lint("KZ", file + rule("A", 1, "{caller: {list: wrong}}", "reject")));
    }

    @Test
    void whatMustNotGoLiveIsToldAlone() {
        List<String> problems = lint(rule("A", 1, "{callee: {list: wrong}}", "reject") + rule("A", 1, "{}", "pass"));

        assertTrue(
                problems.contains("rule A: keeps calls from +77172000103, which is never to be touched, expected other"
                        + " numbers"),
                problems::toString);
        assertEquals(3, problems.size(), problems::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "BY"})
    void ofTheReferencePoliciesNothingIsToBeSaid(String home) {
        assertEquals(List.of(), RuleBook.forHome(home).lint(RuleSource.reference(home), NOW));
    }

    private static String rule(String id, int priority, String when, String then) {
        return "  - {id: " + id + ", title: " + id + ", priority: " + priority + ", when: " + when + ", then: " + then
                + "}\n";
    }

    private static List<String> lint(String rules) {
        return lint("KZ", HEAD + rules);
    }

    private static List<String> lint(String home, String file) {
        return RuleBook.forHome(home).lint(RuleSource.text("rules.yaml", file), NOW).stream()
                .map(RuleProblem::message)
                .toList();
    }
}
