package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rules lint}, and what every command does with rules that lint would not let pass. */
class RulesLintCommandTest {

    @TempDir
    Path directory;

    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = directory.resolve("rules.yaml");
        Files.writeString(
                rules,
                """
                home: KZ
                legal-basis: {type: prosecutor-order, document: Order 17, date: 2026-10-30, office: Astana}
                lists: {fraud: {file: fraud.csv}}
                rules:
                  - {id: ORDER-17, title: Order 17, priority: 10, when: {caller: {list: fraud}}, then: divert}
                """);
        Files.writeString(directory.resolve("fraud.csv"), "+447700900123\n");
    }

    @Test
    void lintTellsWhatDeservesASecondLook() throws IOException {
        Path rules = Files.writeString(
                directory.resolve("broad.yaml"),
                """
                home: KZ
                revision: 3
                legal-basis: {type: law, document: the act, date: 2026-01-02, office: the office}
                rules:
                  - id: BROAD
                    title: a country
                    priority: 10
                    when: {caller: {number: "+44*"}}
                    then: reject
                """);

        Ran ran = Ran.of("rules", "lint", rules.toString());

        assertEquals(0, ran.status());
        assertTrue(ran.out().contains("worth a second look: "), ran.out());
        assertTrue(ran.out().contains("BROAD") || ran.out().contains("broad.yaml:"), ran.out());
        assertEquals(1, Ran.of("rules", "lint", "--strict", rules).status());
    }

    @Test
    void aFileThatNothingIsToBeSaidOfIsWellForTheStrictToo() {
        Ran ran = Ran.of("rules", "lint", "--strict", rules);

        assertEquals(0, ran.status(), ran.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "BY"})
    void thePoliciesThatShipAreWellForTheStrict(String home) {
        Path shipped = Path.of("../rules/src/main/resources/org/anticall/rules/reference", home, "rules.yaml");

        Ran ran = Ran.of("rules", "lint", "--strict", shipped);

        assertEquals(0, ran.status(), ran.out() + ran.err());
        assertTrue(ran.out().startsWith(shipped + ": no problems, "), ran.out());
        assertEquals(1, ran.out().lines().count(), ran.out());
    }

    @Test
    void aBrokenLineOfAListIsNamedAndTheFileIsRefusedWithIt() throws IOException {
        Path list = directory.resolve("fraud.csv");
        for (String broken :
                List.of("+44x7700900123", "+447700900123;31.12.2026", "+447700900123", "12345678901234567")) {
            Files.writeString(list, "# known from cases\n+447700900123\n" + broken + "\n");

            Ran lint = Ran.of("rules", "lint", rules);
            Ran explain = Ran.of("explain", "--rules", rules, "--from", "+447700900123", "--to", "+77172555555");

            assertEquals(1, lint.status(), lint.out());
            assertTrue(lint.out().contains("fraud.csv:3"), lint.out());
            assertEquals(1, lint.out().lines().count(), lint.out());
            assertEquals(2, explain.status(), explain.out());
            assertTrue(explain.err().contains("fraud.csv:3"), explain.err());
        }
    }

    @Test
    void aListThatIsNotThereIsNamed() throws IOException {
        Files.delete(directory.resolve("fraud.csv"));

        Ran lint = Ran.of("rules", "lint", rules);

        assertEquals(1, lint.status());
        assertTrue(lint.out().contains("fraud.csv"), lint.out());
    }

    @Test
    void aRuleSetThatWouldStopCallsToProtectedNumbersIsRefused() throws IOException {
        Files.writeString(
                rules,
                """
                home: KZ
                legal-basis: {type: law, document: the act, date: 2026-01-02, office: the office}
                lists: {never-touch: ["+77172000103"]}
                rules:
                  - {id: STOP, title: s, priority: 10, when: {callee: {number: ["+77172000103"]}}, then: reject}
                """);

        Ran lint = Ran.of("rules", "lint", rules);

        assertEquals(1, lint.status(), lint.out());
        assertTrue(lint.out().contains("rules.yaml:5"), lint.out());
        assertTrue(lint.out().contains("STOP"), lint.out());
    }

    @Test
    void aFileIsReadForTheCountryItNamesUnlessAnotherIsWanted() throws IOException {
        Files.writeString(rules, Files.readString(rules).replace("home: KZ", "home: BY"));

        assertEquals(0, Ran.of("rules", "lint", rules).status());
        assertEquals(1, Ran.of("rules", "lint", rules, "--home", "KZ").status());
        Ran explain = Ran.of("explain", "--rules", rules, "--from", "+447700900123", "--to", "+375172555555");
        assertEquals(0, explain.status(), explain.err());
        assertTrue(explain.out().contains("ORDER-17"), explain.out());
    }
}
