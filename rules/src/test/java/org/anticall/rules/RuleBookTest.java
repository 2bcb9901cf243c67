package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.anticall.rules.Activation.Activated;
import org.anticall.rules.Activation.Rejected;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleSigner;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {

    private static final String LABEL_ALL =
            "home: KZ\nrules:\n  - {id: ALL, title: Everybody, priority: 1, when: {}, then: {label: x}}\n";

    private final RuleBook book = RuleBook.forHome("KZ");

    @Test
    void everyCallPassesUntilARuleSetIsActive() {
        Decision decision = decide("+77172700000", "+77172555555");

        assertEquals(Kind.PASS, decision.verdict().kind());
        assertEquals(Basis.NO_RULE, decision.basis());
        assertEquals(0, decision.revision());
        assertEquals("", book.hash());
    }

    @Test
    void aSetWithAProblemLeavesTheOneBeforeItLive() {
        Activated first = assertInstanceOf(Activated.class, book.activate(RuleSource.text("a", LABEL_ALL)));

        assertInstanceOf(Rejected.class, book.activate(RuleSource.text("b", "home: KZ\nrules: what\n")));
        assertInstanceOf(
                Rejected.class, book.activate(RuleSource.text("c", LABEL_ALL.replace("label: x", "reject: {}"))));

        assertEquals(first.revision(), book.revision());
        assertEquals(first.hash(), book.hash());
        assertEquals("ALL", decide("+447911123456", "+77172555555").rule());
    }

    @Test
    void aSetWithoutARevisionBecomesTheNextOne() {
        book.activate(RuleSource.text("a", "revision: 41\n" + LABEL_ALL));
        book.activate(RuleSource.text("b", LABEL_ALL));

        assertEquals(42, book.revision());
        assertEquals(42, decide("+447911123456", "+77172555555").revision());
    }

    @Test
    void callsToEmergencyNumbersPassWhateverTheRulesSay() {
        book.activate(RuleSource.text("a", LABEL_ALL));

        for (String emergency : new String[] {"101", "102", "103", "104", "112", "+7112", "+7103"}) {
            Decision decision = decide("+447911123456", emergency);
            assertEquals("N01", decision.rule(), emergency);
            assertEquals(Kind.PASS, decision.verdict().kind(), emergency);
        }
        assertEquals("ALL", decide("+447911123456", "109").rule());
    }

    @Test
    void decisionsWithoutShadowHitsAreMadeWhenTheSetIsCompiled() {
        book.activate(RuleSource.text("a", LABEL_ALL));

        assertSame(decide("+447911123456", "+77172555555"), decide("+905321234567", "+77011234567"));
    }

    @Test
    void aRuleOnTrialForAShareOfTheCallsActsOnThatShareAndWatchesTheRest() {
        book.activate(
                RuleSource.text("a", LABEL_ALL.replace("priority: 1", "priority: 1, mode: {canary: {share: 25%}}")));
        int acted = 0;
        for (int i = 0; i < 4_000; i++) {
            Decision decision = decide("+44791112" + (1_000 + i), "+77172555555");
            boolean acts = "ALL".equals(decision.rule());
            acted += acts ? 1 : 0;
            assertEquals(acts ? List.of() : List.of("ALL"), decision.shadowHits());
        }

        int share = acted;
        assertTrue(share > 800 && share < 1_200, () -> share + " of 4,000");
    }

    @Test
    void listsAreReadBesideTheRuleFile(@TempDir Path directory) throws IOException {
        Path rules = directory.resolve("rules.yaml");
        Files.writeString(
                rules,
                """
                home: KZ
                lists: {black: {file: black.csv}}
                rules:
                  - {id: B, title: t, priority: 1, when: {caller: {list: black}}, then: {label: x}}
                """);
        Files.writeString(directory.resolve("black.csv"), "+447700900123;;x\n");

        assertInstanceOf(Activated.class, book.activate(RuleSource.file(rules)));
        assertEquals("B", decide("+447700900123", "+77172555555").rule());

        Files.delete(directory.resolve("black.csv"));
        Rejected rejected = assertInstanceOf(Rejected.class, book.activate(RuleSource.file(rules)));
        assertEquals(
                rules + ":2:16: list file 'black.csv' cannot be read: there is no file "
                        + directory.resolve("black.csv"),
                rejected.problems().get(0).toString());
    }

    @Test
    void aFileThatIsNotThereIsAProblemOfOneSentence(@TempDir Path directory) {
        Path missing = directory.resolve("rules.yaml");

        Rejected rejected = assertInstanceOf(Rejected.class, book.activate(RuleSource.file(missing)));

        assertEquals(
                missing + ": cannot be read: there is no file " + missing,
                rejected.problems().get(0).toString());
    }

    @Test
    void aListFromASpreadsheetIsReadAndOneInAnotherCodeIsNamed(@TempDir Path directory) throws IOException {
        Path rules = directory.resolve("rules.yaml");
        Path list = directory.resolve("black.csv");
        Files.writeString(
                rules,
                """
                home: KZ
                lists: {black: {file: black.csv}}
                rules:
                  - {id: B, title: t, priority: 1, when: {caller: {list: black}}, then: {label: x}}
                """);

        Files.writeString(list, "\uFEFF+447700900123;;a\r\n+447700900124;;b\r\n");
        assertInstanceOf(Activated.class, book.activate(RuleSource.file(rules)));
        assertEquals("B", decide("+447700900124", "+77172555555").rule());

        Files.write(list, new byte[] {'#', (byte) 0xCF, '\n'});
        Rejected rejected = assertInstanceOf(Rejected.class, book.activate(RuleSource.file(rules)));
        assertEquals(
                "black.csv:1:1: list black: the line is not text in UTF-8",
                rejected.problems().get(0).toString());
    }

    @Test
    void anUnknownHomeIsRefusedWithTheKnownOnes() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> RuleBook.forHome("XX"))
                .getMessage()
                .endsWith("known: BY, KZ"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> RuleSource.reference("XX"))
                .getMessage()
                .endsWith("known: BY, KZ"));
    }

    @Test
    void aBundleGoesLiveAsItsRevisionWithItsLists() {
        Activated activated = assertInstanceOf(
                Activated.class,
                book.activate(
                        bundle(
                                7,
                                """
                        home: KZ
                        lists: {black: {file: lists/black.csv}}
                        rules:
                          - {id: B, title: t, priority: 1, when: {caller: {list: black}}, then: {label: x}}
                        """)));

        assertEquals(7, activated.revision());
        assertEquals("B", decide("+447700900123", "+77172555555").rule());
    }

    @Test
    void aBundleThatIsNotAboveTheActiveRevisionStaysOut() {
        book.activate(bundle(7, LABEL_ALL));

        for (long revision = 6; revision <= 7; revision++) {
            Rejected rejected = assertInstanceOf(Rejected.class, book.activate(bundle(revision, LABEL_ALL)));
            assertEquals(
                    "bundle: revision " + revision + ", expected one above the active revision 7",
                    rejected.problems().get(0).toString());
        }
        assertInstanceOf(Activated.class, book.activate(bundle(8, LABEL_ALL)));
    }

    @Test
    void aBundleWhoseRulesNameAnotherRevisionStaysOut() {
        Rejected rejected = assertInstanceOf(Rejected.class, book.activate(bundle(7, "revision: 8\n" + LABEL_ALL)));

        assertEquals(
                "bundle 7/rules.yaml: the rules say revision 8, the bundle 7",
                rejected.problems().get(0).toString());
        assertEquals(0, book.revision());
        assertInstanceOf(Activated.class, book.activate(bundle(7, "revision: 7\n" + LABEL_ALL)));
    }

    @Test
    void aSetOfWhichATestFailsStaysOutWithAllThatFailed() {
        String tests = LABEL_ALL
                + """
                tests:
                  - call: an emergency is not labelled
                    given: {from: "+447911123456", to: 112}
                    expect: {verdict: pass, rule: N01}
                  - call: everybody is rejected
                    given: {from: "+447911123456", to: "+77172555555"}
                    expect: {verdict: reject, rule: ALL}
                  - call: a fact that is none
                    given: {colour: red}
                    expect: {verdict: pass}
                """;

        Rejected rejected = assertInstanceOf(Rejected.class, book.activate(RuleSource.text("rules.yaml", tests)));

        assertEquals(
                List.of(
                        "rules.yaml:8:5: test 'everybody is rejected': expected rule ALL, verdict reject, found rule ALL,"
                                + " verdict label",
                        "rules.yaml:11:5: test 'a fact that is none': 'colour' is no fact of a call, expected one of "
                                + String.join(", ", GivenCall.NAMES)),
                rejected.problems().stream().map(Object::toString).toList());
        assertEquals(0, book.revision());
    }

    @Test
    void aSetWhoseTestsPassGoesLive() {
        String tests =
                """
                home: KZ
                rules:
                  - {id: R, title: t, stage: roaming, priority: 1, when: {caller-roaming: home}, then: {label: x}}
                tests:
                  - {call: at home, given: {pai: "+77011234567", roaming: home}, expect: {verdict: label, label: x}}
                  - {call: abroad, given: {pai: "+77011234567", roaming: "roaming:TR"}, expect: {verdict: pass, rule: none}}
                """;

        assertInstanceOf(Activated.class, book.activate(RuleSource.text("rules.yaml", tests)));
    }

    private static VerifiedBundle bundle(long revision, String rules) {
        KeyPair pair = SigningKeys.generate();
        Instant created = Instant.parse("2026-11-21T09:00:00Z");
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put(Manifest.RULES, rules.getBytes(StandardCharsets.UTF_8));
        parts.put("lists/black.csv", "+447700900123;;x\n".getBytes(StandardCharsets.UTF_8));
        byte[] signed = new BundleSigner(pair)
                .sign(BundleContents.of("KZ", revision, 0, created, created.plusSeconds(60), parts));
        Verification verification = new BundleVerifier(
                        PinnedKeys.of(List.of(pair.getPublic())), "KZ", BundleLimits.DEFAULT)
                .verify(signed, 0, created);
        return assertInstanceOf(Verification.Genuine.class, verification).bundle();
    }

    private Decision decide(String caller, String callee) {
        CallFacts facts = CallFacts.on("t", TrunkClass.INTERNATIONAL, 0)
                .asserted(book.numbers().caller(caller))
                .callee(book.numbers().callee(callee))
                .build();
        return assertInstanceOf(Decision.class, book.decide(facts));
    }
}
