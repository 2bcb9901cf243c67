package org.anticall.rules.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetReaderTest {

    private static final ListLoader LISTS = file -> {
        if (file.equals("black.csv")) {
            return stream(
                    """
                    # comment
                    +442079460123

                    +44x;;note
                    1;;too short
                    +442079460123;;again
                    +4420*;tomorrow;no instant
                    """);
        }
        throw new IOException("there is no file " + file);
    };

    @Test
    void allProblemsAreNamedAtOnceWithTheirPlaces() {
        String yaml =
                """
                home: KZ
                colour: red
                lists:
                  black: {file: black.csv}
                  gone: {file: gone.csv}
                  away: {file: ../away.csv}
                  inline: [+77011234567, nonsense]
                rules:
                  - id: R1
                    title: {en: One, fr: Un}
                    priority: 0
                    when: {trunk: inter, caller: {class: home-fixd, size: 3}}
                    then: explode
                  - id: R2
                    title: Two
                    priority: 2
                    mode: lively
                    valid: {from: 2026-11-01, until: 2026-12-01T00:00:00+05:00}
                    when: {caller: {number: [+7*, abc]}}
                    then: {divert: {answer-within: 121s, ladder: [pass, jump], label: "sixteen letters!"}}
                  - title: Three
                    when: {caller-roaming: not-asked}
                    then: {reject: {status: 503}}
                    cases: []
                """;

        assertEquals(
                List.of(
                        "rules.yaml:2:1: unknown key 'colour', expected one of home, revision, legal-basis, lists, scoring, orders, rules, tests",
                        "black.csv:4:1: list black: '+44x', expected a number like +77172555555, a prefix like +44207946*"
                                + " or a short code of 2 to 6 digits",
                        "black.csv:5:1: list black: '1', expected a number like +77172555555, a prefix like +44207946*"
                                + " or a short code of 2 to 6 digits",
                        "black.csv:6:1: list black: +442079460123 for the second time, first at black.csv:2:1",
                        "black.csv:7:1: list black: until is 'tomorrow', expected an instant like"
                                + " 2026-12-31T00:00:00+05:00",
                        "rules.yaml:5:9: list file 'gone.csv' cannot be read: there is no file gone.csv",
                        "rules.yaml:6:9: list file '../away.csv', expected a name relative to the rule file, without '..'",
                        "rules.yaml:7:26: list inline: 'nonsense', expected a number like +77172555555, a prefix like"
                                + " +44207946* or a short code of 2 to 6 digits",
                        "rules.yaml:10:22: unknown key 'fr', expected one of en, ru, kk",
                        "rules.yaml:11:15: '0', expected a whole number from 1 to 100009999",
                        "rules.yaml:12:19: 'inter', expected one of international, national, outbound",
                        "rules.yaml:12:53: unknown key 'size', expected one of kind, form, class, country,"
                                + " contracted, plausible-length, list, number, range, same-as, differs-from, neighbour-of",
                        "rules.yaml:12:42: 'home-fixd', expected one of none, home-fixed, home-mobile, home-service,"
                                + " home-unconfirmed, home-unallocated, home-wrong-length, foreign, unassigned-country",
                        "rules.yaml:13:11: 'explode', expected one of pass, continue, label, withhold, divert, reject,"
                                + " score, weigh, alert",
                        "rules.yaml:17:11: 'lively', expected one of live, shadow",
                        "rules.yaml:18:19: '2026-11-01', expected an instant with its offset, like"
                                + " 2026-12-31T00:00:00+05:00",
                        "rules.yaml:19:35: 'abc', expected a number like +77172555555, a prefix like +44207946* or a"
                                + " short code of 2 to 6 digits",
                        "rules.yaml:20:36: '121s', expected 1s to 120s",
                        "rules.yaml:20:57: 'jump', expected one of pass, pass-with-label, reject, next-desk, announcement",
                        "rules.yaml:20:71: label 'sixteen letters!' has 16 characters, expected at most 15",
                        "rules.yaml:21:5: 'id' is missing, expected a short name that no other rule has",
                        "rules.yaml:21:5: 'priority' is missing, expected a whole number from 1 to 100009999",
                        "rules.yaml:22:28: 'not-asked', expected one of home, roaming, unallocated, unknown, timeout",
                        "rules.yaml:21:5: expected either 'then' or 'cases'"),
                problems(yaml));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "rules: [",
                "home: KZ\n\trules: []",
                "just text",
                "- a\n- b",
                "home: KZ\nrules: []",
                "home: KZ\nrules:\n- &a {id: x}\n- *a",
                "a: &a [*a]",
                "home: KZ\nhome: BY\nrules: []",
                "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
                "!!java.net.URL [\"http://localhost\"]",
                "home: [KZ]\nrevision: -1\nlegal-basis: none\nrules: 7",
            })
    void whatIsNoRuleFileIsAProblemAndNoException(String yaml) {
        List<String> problems = problems(yaml);

        assertTrue(problems.stream().allMatch(problem -> problem.startsWith("rules.yaml")), problems::toString);
    }

    @Test
    void aBrokenFileNamesThePlaceWhereItStopsBeingYaml() {
        List<String> problems = problems("home: KZ\nrules:\n\t- id: D10\n");

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("rules.yaml:3:1: not YAML: while scanning"), problems.get(0));
    }

    @Test
    void aLegalBasisNeedsAllItsParts() {
        assertEquals(
                List.of(
                        "rules.yaml:2:14: 'office' is missing, expected who issued it",
                        "rules.yaml:1:1: 'rules' is missing, expected a list of rules"),
                problems("home: KZ\nlegal-basis: {type: law, document: Art. 1, date: 2026-11-01}\n"));
    }

    private static List<String> problems(String yaml) {
        Reading.Unreadable unreadable =
                assertInstanceOf(Reading.Unreadable.class, RuleSetReader.read("rules.yaml", yaml, LISTS));
        return unreadable.problems().stream().map(RuleProblem::toString).toList();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
