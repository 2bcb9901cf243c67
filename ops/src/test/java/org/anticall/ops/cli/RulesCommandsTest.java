package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on rules, run as a person runs them: files in, words and an exit status out. */
class RulesCommandsTest {

    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final String RULES =
            """
            home: KZ
            legal-basis: {type: prosecutor-order, document: Order 17, date: 2026-10-30, office: Astana}
            lists: {fraud: {file: fraud.csv}}
            rules:
              - {id: ORDER-17, title: Order 17, priority: 10, when: {caller: {list: fraud}}, then: divert}
            tests:
              - {call: a listed caller, given: {from: "+447700900123"}, expect: {verdict: divert, rule: ORDER-17}}
              - {call: anybody else, given: {from: "+447700900124"}, expect: {verdict: pass, rule: none}}
            """;

    @TempDir
    Path directory;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = directory.resolve("rules.yaml");
        Files.writeString(rules, RULES);
        Files.writeString(directory.resolve("fraud.csv"), "+447700900123\n");
    }

    @Test
    void testsOfAFileAndOfAFolderAreRun() throws IOException {
        assertEquals(rules + ": 2 tests pass\n", Ran.of("rules", "test", rules).out());

        Path wrong = directory.resolve("wrong.yaml");
        Files.writeString(wrong, RULES.replace("verdict: pass, rule: none", "verdict: reject"));
        Ran ran = Ran.of("rules", "test", directory);

        assertEquals(1, ran.status());
        assertTrue(
                ran.out().contains(wrong + ":8:5: test 'anybody else': expected verdict reject, found verdict pass"),
                ran.out());
        assertEquals(2, Ran.of("rules", "test", directory.resolve("gone.yaml")).status());
    }

    @Test
    void aBundleIsSignedVerifiedAndReadByEveryCommand() throws IOException {
        Path key = directory.resolve("trial");
        Path bundle = directory.resolve("7.bundle");
        assertEquals(0, Ran.of("rules", "keygen", key).status());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key + ".key"))));
        assertEquals(2, Ran.of("rules", "keygen", key).status(), "an old key is not overwritten");

        Ran signed = Ran.of(
                "rules",
                "bundle",
                rules,
                "--key",
                key + ".key",
                "--public-key",
                key + ".pub",
                "--revision",
                7,
                "--out",
                bundle,
                "-o",
                "json");
        assertEquals(0, signed.status(), signed.err());
        Ran verified = Ran.of("rules", "verify", bundle, "--key", key + ".pub", "-o", "json");

        assertEquals(0, verified.status(), verified.out());
        assertEquals(7, verified.json().get("revision").asLong());
        assertEquals(0, Ran.of("rules", "lint", bundle).status());
        assertEquals(0, Ran.of("rules", "diff", rules, bundle).status());
        assertEquals(
                1,
                Ran.of("rules", "verify", bundle, "--key", key + ".pub", "--enforced", 7)
                        .status());
        Ran elsewhere = Ran.of("rules", "verify", bundle, "--key", key + ".pub", "--home", "BY", "-o", "json");
        assertEquals("wrong-home", elsewhere.json().get("refusal").asText());

        byte[] bytes = Files.readAllBytes(bundle);
        bytes[200] ^= 1;
        Files.write(bundle, bytes);
        assertEquals(1, Ran.of("rules", "verify", bundle, "--key", key + ".pub").status());
        assertEquals(2, Ran.of("rules", "lint", bundle).status());
    }

    @Test
    void aDifferenceIsToldInWords() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other")).resolve("rules.yaml");
        Files.writeString(
                other,
                RULES.replace("priority: 10", "priority: 20")
                        .replace(
                                "tests:",
                                "  - {id: NEW, title: New rule, priority: 30, when: {privacy: yes}, then: {label: x}}\ntests:"));
        Files.writeString(directory.resolve("other/fraud.csv"), "+447700900123\n+447700900125\n+4477*\n");

        Ran ran = Ran.of("rules", "diff", rules, other);

        assertEquals(1, ran.status());
        assertEquals(
                """
                + rule NEW: New rule
                ~ rule ORDER-17
                    priority: 10 -> 20
                ~ list fraud: 2 added, 0 removed, 0 changed
                    + +4477*
                    + +447700900125
                """,
                ran.out());
        assertEquals("no difference\n", Ran.of("rules", "diff", rules, rules).out());
    }

    @Test
    void aRecordedCallIsReplayedBitForBitOrTheFieldIsNamed() throws IOException {
        Path records = directory.resolve("records.ndjson");
        Files.write(records, List.of(line("+447700900123", 1), line("+447700900124", 2)));

        Ran same = Ran.of("replay", records, "--bundle", rules, "-o", "json");
        assertEquals(0, same.status(), same.out() + same.err());
        assertEquals(2, same.json().get("same").asInt());

        Files.writeString(rules, RULES.substring(0, RULES.indexOf("tests:")));
        Files.writeString(directory.resolve("fraud.csv"), "+447700900124\n");
        Ran other = Ran.of("replay", records, "--bundle", rules);

        assertEquals(1, other.status());
        assertTrue(other.out().contains("  rule: recorded ORDER-17, replayed null"), other.out());
        assertTrue(other.out().contains("0 the same, 2 different, 0 not judged by rules"), other.out());
        Files.writeString(records, "nonsense\n");
        Ran wrong = Ran.of("replay", records, "--bundle", rules);
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(records + ":1: this is no decision record"), wrong.err());
    }

    @Test
    void aBacktestTellsWhatWouldChange() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("records"));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(line("+4477009001" + (23 + i % 2), i));
        }
        Files.write(folder.resolve("a.ndjson"), lines.subList(0, 50));
        Files.write(folder.resolve("b.ndjson"), lines.subList(50, 100));
        Path other = Files.createDirectory(directory.resolve("other")).resolve("rules.yaml");
        Files.writeString(other, RULES.substring(0, RULES.indexOf("tests:")));
        Files.writeString(directory.resolve("other/fraud.csv"), "+447700900123\n+447700900124\n");

        Ran ran = Ran.of("rules", "backtest", "--records", folder, rules, other, "-o", "json");

        assertEquals(0, ran.status(), ran.err());
        assertEquals(100, ran.json().get("calls").asInt());
        assertEquals(50, ran.json().get("newlyDiverted").asInt());
        assertEquals(50, ran.json().get("newlyIntercepted").asInt());
        assertEquals(1, ran.json().get("newlyInterceptedCallers").asInt());
        assertEquals(0, ran.json().get("neverTouchHits").asInt());
        assertEquals(2.5, ran.json().get("erlangsBefore").asDouble());
        assertEquals(5.0, ran.json().get("erlangsAfter").asDouble());
        assertEquals(100, ran.json().at("/rules/ORDER-17/after").asInt());
        Ran human = Ran.of("rules", "backtest", "--records", folder, other, rules);
        assertTrue(human.out().contains("50 freed (1 callers)"), human.out());
        assertTrue(human.out().contains("to the desk: 0 more, 50 fewer\n"), human.out());
        assertTrue(
                human.out().contains("operators at the busy hour: 8 -> 5 (-2.5 erlangs, 180 s a call)\n"), human.out());
        assertTrue(human.out().contains("  ORDER-17         100 ->        50  -50\n"), human.out());
        assertTrue(human.out().contains("  none               0 ->        50  +50\n"), human.out());
    }

    @Test
    void operatorsAreCountedAsErlangDid() {
        // 10 erlangs: 14 operators answer 80 % within 20 s at 180 s a call, 13 do not.
        assertEquals(0, ErlangC.operators(0, 180));
        assertEquals(1, ErlangC.operators(1, 1));
        assertEquals(14, ErlangC.operators(200, 180));
    }

    @Test
    void explainShowsTheFactsItJudgedByAndThePointsGiven() throws IOException {
        Ran ran = Ran.of(
                "explain",
                "--from",
                "905321234567",
                "--to",
                "+77172555555",
                "--mark",
                "cpc-test,only-g729",
                "--reading",
                "attempts/900/0=7",
                "--attestation",
                "b",
                "-o",
                "json");

        JsonNode facts = ran.json().get("facts");
        assertEquals("cpc-test,only-g729", facts.get("marks").asText());
        assertEquals("attempts/900/0=7", facts.get("readings").asText());
        assertEquals("b", facts.get("attestation").asText());
        assertEquals("international", facts.get("trunk-class").asText());
        assertEquals(28, ran.json().get("score").asInt(), ran.out());
        assertEquals(4, ran.json().get("scored").size(), ran.out());
        Ran words = Ran.of("explain", "--from", "+77011234567", "--to", "+77172555555", "--roaming", "roaming:TR");
        assertTrue(words.out().contains("  roaming: roaming:TR"), words.out());
    }

    @Test
    void theSchemaOfRuleFilesIsPrinted() {
        Ran ran = Ran.of("rules", "schema");

        assertEquals(0, ran.status());
        assertTrue(ran.out().contains("\"properties\""), ran.out());
    }

    @Test
    void explainTakesEveryFactThatRulesMayLookAt() throws IOException {
        Ran ran = Ran.of(
                "explain",
                "--from",
                "+905321234567",
                "--to",
                "+77172555555",
                "--second-pai",
                "+442079460123",
                "--origins",
                "7,44",
                "--hub",
                "--verstat",
                "failed",
                "--attestation",
                "C",
                "--fingerprint",
                "ff",
                "--user-agent",
                "sim-gateway",
                "--mark",
                "vendor-header",
                "--mark",
                "inner-via",
                "--returning",
                "--reading",
                "distinct-callees/600/0=25",
                "--at",
                "2026-11-21T12:00:00+05:00",
                "--roaming",
                "roaming:TR:s8hr",
                "--diversion-roaming",
                "home",
                "-o",
                "json");

        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.json().get("tried").size() > 3);
        for (String[] wrong : new String[][] {
            {"--mark", "nonsense"},
            {"--reading", "attempts"},
            {"--verstat", "maybe"},
            {"--at", "noon"},
            {"--origins", "0"}
        }) {
            Ran refused = Ran.of("explain", "--from", "+905321234567", "--to", "112", wrong[0], wrong[1]);
            assertEquals(2, refused.status(), refused.out());
        }
    }

    private String line(String caller, int number) {
        RuleBook book = RuleBook.forHome("KZ");
        book.activate(RuleSource.file(rules));
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, AT.toEpochMilli() + number)
                .presented(book.numbers().caller(caller))
                .callee(book.numbers().callee("+77172555555"))
                .build();
        DecisionRecord record = new DecisionRecord(
                "R" + number,
                "gw-1",
                AT,
                "192.0.2.1:5060",
                "call",
                facts,
                new DecisionRecord.RawNumbers("", caller, "+77172555555", ""),
                (Decision) book.decide(facts),
                0,
                new byte[0]);
        return new String(DecisionRecordCodec.encode(record), StandardCharsets.UTF_8);
    }
}
