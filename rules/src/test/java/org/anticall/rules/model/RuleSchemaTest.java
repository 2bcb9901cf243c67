package org.anticall.rules.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.anticall.rules.Activation;
import org.anticall.rules.GivenCall;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use says the same as the reader. */
class RuleSchemaTest {

    private static final String FRAME =
            """
            home: KZ
            lists: {black: ["+442079460999"]}
            rules:
              - id: ONE
                title: One
                priority: 1
                when: %s
                then: %s
            """;

    private final JsonSchema schema = schema();

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "BY"})
    void theReferencePoliciesAreTaken(String home) throws IOException {
        assertEquals(Set.of(), schema.validate(RuleSource.reference(home).rules(), InputFormat.YAML));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{trunk: international, privacy: no, hub: no}",
                "{caller: {class: [home-fixed, foreign], kind: e164, form: bare, country: 44, contracted: no}}",
                "{caller: {number: [\"+7717*\", 1414], range: \"+77172500000..+77172509999\", plausible-length: no}}",
                "{caller: {same-as: callee, differs-from: presented, neighbour-of: {callee: 6}, list: black}}",
                "{caller-roaming: roaming, caller-roaming-country: [TR], caller-roaming-mode: s8hr}",
                "{verstat: passed, attestation: [a, b], passport: [stale, invalid], user-agent: scanner, mark: vendor-header}",
                "{fingerprint: \"00ab00ab00ab00ab\", time: 22:00..06:00, weekday: sat..sun, date: 2026-12-16}",
                "{behaviour: {attempts: {within: 90s, at-least: 64}, answer-ratio: {within: 24h, at-most: 9}}}",
                "{any: [{not: {trunk-name: a}}, {all: [{}, {returning: yes}]}]}"
            })
    void bothTakeTheCondition(String when) {
        assertBoth(FRAME.formatted(when, "pass"), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{trunk: inter}",
                "{colour: red}",
                "{passport: forged}",
                "{caller: {class: home-fixd}}",
                "{caller: {number: abc}}",
                "{caller: {country: 1000}}",
                "{caller: {neighbour-of: {callee: 15}}}",
                "{caller: {range: \"+7..8\"}}",
                "{caller-roaming: not-asked}",
                "{fingerprint: \"xyz\"}",
                "{weekday: someday}",
                "{time: noon}",
                "{behaviour: {attempts: {at-least: 3}}}",
                "{behaviour: {attempts: {within: 60s, at-least: 65}}}",
                "{behaviour: {attempts: {within: 60s, at-least: 3, at-most: 4}}}",
                "{behaviour: {answer-ratio: {within: 24h, at-most: 101}}}",
                "{behaviour: {strangers: {within: 60s, at-least: 1}}}"
            })
    void neitherTakesTheCondition(String when) {
        assertBoth(FRAME.formatted(when, "pass"), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "continue",
                "alert",
                "{label: look}",
                "withhold",
                "{divert: {answer-within: 120s, ladder: [pass-with-label, reject]}}",
                "{reject: {status: 607}}",
                "{score: -20}",
                "{score: {points: 100, alert: yes}}",
                "{weigh: 130}"
            })
    void bothTakeTheAction(String then) {
        assertBoth(FRAME.formatted("{}", then), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explode",
                "score",
                "{score: 101}",
                "{weigh: 9}",
                "{reject: {status: 503}}",
                "{divert: {answer-within: 121s}}",
                "{label: sixteen letters!}"
            })
    void neitherTakesTheAction(String then) {
        assertBoth(FRAME.formatted("{}", then), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home: KZ",
                "rules: []",
                "home: XX\nrules: [{id: A, title: A, priority: 1, when: {}, then: pass}]",
                "home: KZ\nrules: [{id: A, title: A, priority: 0, when: {}, then: pass}]",
                "home: KZ\nrules: [{id: A, title: A, priority: 1, when: {}}]",
                "home: KZ\nrules: [{id: A, title: A, priority: 1, mode: lively, when: {}, then: pass}]",
                "home: KZ\nrules: [{id: A, title: A, priority: 1, valid: {until: 2026-11-01}, when: {}, then: pass}]",
                "home: KZ\nrules: [{id: A, title: A, priority: 1, legal-basis: {type: law}, when: {}, then: pass}]"
            })
    void theSchemaRefusesTheFile(String file) {
        assertFalse(schema.validate(file, InputFormat.YAML).isEmpty(), file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{call: c, given: {from: \"+442079460999\", to: 112, privacy: yes}, expect: {verdict: pass, rule: N01}}",
                "{call: c, given: {pai: Bank, roaming: \"roaming:TR:s8hr\", origins: \"7,44\", hub: no}, expect: {verdict: pass}}",
                "{call: c, given: {marks: \"inner-via,only-g729\", readings: \"attempts/60/0=7\"}, expect: {verdict: pass, score: 0}}",
                "{call: c, given: {at: 2026-12-16T00:00:00+05:00, verstat: failed}, expect: {verdict: pass, label: none}}"
            })
    void bothTakeTheTest(String test) {
        assertTest(test, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{given: {}, expect: {verdict: pass}}",
                "{call: c, given: {}}",
                "{call: c, given: {}, expect: {rule: ONE}}",
                "{call: c, given: {}, expect: {verdict: explode}}",
                "{call: c, given: {}, expect: {verdict: pass, colour: red}}",
                "{call: c, given: {colour: red}, expect: {verdict: pass}}",
                "{call: c, given: {roaming: abroad}, expect: {verdict: pass}}",
                "{call: c, given: {privacy: perhaps}, expect: {verdict: pass}}",
                "{call: c, given: {at: 2026-12-16}, expect: {verdict: pass}}",
                "{call: c, given: {marks: loud}, expect: {verdict: pass}}",
                "{call: c, given: {readings: many}, expect: {verdict: pass}}",
                "{call: c, given: {fingerprint: xyz}, expect: {verdict: pass}}"
            })
    void neitherTakesTheTest(String test) {
        assertTest(test, false);
    }

    @Test
    void theSchemaKnowsAllFactsOfATestAndNoOthers() {
        Set<String> known = new TreeSet<>();
        schema.getSchemaNode().at("/$defs/given/properties").fieldNames().forEachRemaining(known::add);

        assertEquals(new TreeSet<>(GivenCall.NAMES), known);
    }

    /** A test is read in two steps: with the file, and when it is run before the set goes live. */
    private void assertTest(String test, boolean taken) {
        String file = FRAME.formatted("{trunk: outbound}", "pass") + "tests: [" + test + "]\n";
        assertEquals(
                taken,
                schema.validate(file, InputFormat.YAML).isEmpty(),
                () -> "schema: " + schema.validate(file, InputFormat.YAML));
        Activation activation = RuleBook.forHome("KZ").activate(RuleSource.text("rules.yaml", file));
        assertEquals(taken, activation instanceof Activation.Activated, activation::toString);
    }

    @Test
    void theSchemaKnowsAllConditionsAndNoOthers() {
        Set<String> known = new TreeSet<>();
        schema.getSchemaNode().at("/$defs/condition/properties").fieldNames().forEachRemaining(known::add);

        assertEquals(new TreeSet<>(ConditionReader.KEYS), known);
    }

    private void assertBoth(String file, boolean taken) {
        assertEquals(
                taken,
                schema.validate(file, InputFormat.YAML).isEmpty(),
                () -> "schema: " + schema.validate(file, InputFormat.YAML));
        Reading reading = RuleSetReader.read("rules.yaml", file, name -> InputStream.nullInputStream());
        assertEquals(taken, reading instanceof Reading.Read, reading::toString);
    }

    private static JsonSchema schema() {
        try (InputStream in = RuleSource.class.getResourceAsStream("rules.schema.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
