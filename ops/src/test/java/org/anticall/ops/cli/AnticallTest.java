package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnticallTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private record Ran(int status, String out, String err) {
        JsonNode json() throws IOException {
            return JSON.readTree(out);
        }
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Anticall.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ran(status, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "+4930901820123, +77172345678, home, pass,",
        "+77172700000, +77011234567, home, reject, D10",
        "87172700000, +77011234567, home, reject, D10",
        "sip:+77172700000@carrier.example;user=phone, tel:+77011234567, home, reject, D10",
        "+77011234567, +77172345678, home, reject, D11",
        "+77011234567, +77172345678, roaming:TR, pass,",
        "+77011234567, +77172345678, timeout, withhold, D11",
        "1414, +77172345678, unknown, reject, D09",
        "MICROSOFT, +77172345678, unknown, reject, D05",
        "+77172700000, 112, home, pass, N01",
    })
    void explainJudgesACallAsTheGatewayDoes(String from, String to, String roaming, String verdict, String rule)
            throws IOException {
        Ran ran = run("explain", "--from", from, "--to", to, "--roaming", roaming, "-o", "json");

        assertEquals(0, ran.status(), ran.err());
        assertEquals(verdict, ran.json().get("verdict").asText(), ran.out());
        assertEquals(
                rule,
                ran.json().get("rule").isNull() ? null : ran.json().get("rule").asText());
    }

    @Test
    void explainPrintsOneJsonObjectWithAllThatProgramsRelyOn() throws IOException {
        Ran ran = run("explain", "--from", "+77172700000", "--to", "+77011234567", "-o", "json");

        assertEquals(1, ran.out().strip().lines().count());
        JsonNode answer = ran.json();
        assertFalse(answer.get("reason").asText().isEmpty());
        assertTrue(answer.get("revision").isIntegralNumber());
        assertTrue(answer.get("nanos").asLong() > 0);
        assertTrue(answer.get("tried").size() > 3);
        for (JsonNode tried : answer.get("tried")) {
            assertTrue(tried.get("rule").isTextual());
            assertTrue(tried.get("hit").isBoolean());
            assertFalse(tried.get("why").asText().isEmpty());
        }
        assertEquals(603, answer.get("status").asInt());
        assertEquals("", ran.err());
    }

    @Test
    void explainTellsPeopleTheVerdictFirst() {
        Ran ran = run("explain", "--home", "by", "--from", "+375172000111", "--to", "+375291234567");

        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().matches("(?s)[A-Z]+ by D10: .*hit +D10.*"), ran.out());
    }

    @Test
    void aBrokenRuleFileIsOneSentenceForExplainAndAListForLint() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "rules:\n  - {id: X1, ttile: none}\n");

        Ran explain = run("explain", "--rules", rules.toString(), "--from", "+44", "--to", "112");
        Ran lint = run("rules", "lint", rules.toString());

        assertEquals(2, explain.status());
        assertEquals(1, explain.err().strip().lines().count(), explain.err());
        assertEquals("", explain.out());
        assertEquals(1, lint.status());
        assertTrue(lint.out().contains("rules.yaml:2"), lint.out());
    }

    @Test
    void lintOfAGoodFileSaysSo() throws IOException {
        Path rules = Path.of("../rules/src/main/resources/org/anticall/rules/reference/KZ/rules.yaml");

        Ran ran = run("rules", "lint", rules.toString(), "-o", "json");

        assertEquals(0, ran.status(), ran.out());
        assertEquals(0, ran.json().get("problems").size());
        assertTrue(ran.json().get("rules").asInt() > 5);
    }

    @ParameterizedTest
    @CsvSource({
        "explain --from +44, Missing required option: '--to",
        "explain --from 1 --to 2 --roaming mars, 'mars' is no roaming state",
        "explain --from 1 --to 2 --privacy never, 'never' is no privacy value",
        "explain --from 1 --to 2 --home XX, XX",
        "explain --from 1 --to 2 --rules nowhere.yaml, nowhere.yaml: there is no such file",
        "rules, What to do with the rules is missing",
        "config check nowhere.yaml, nowhere.yaml: there is no such file",
        "frobnicate, frobnicate",
    })
    void wrongUseIsStatus2AndNoStackTrace(String line, String said) {
        Ran ran = run(line.split(" ", -1));

        assertEquals(2, ran.status());
        assertTrue(ran.err().contains(said), ran.err());
        assertFalse(ran.err().contains("\tat "), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void configCheckListsAllProblems() throws IOException {
        Path file = Files.writeString(directory.resolve("ops.yaml"), "http: 1\nstate: s\n");

        Ran ran = run("config", "check", file.toString(), "-o", "json");

        assertEquals(1, ran.status());
        assertEquals(2, ran.json().get("problems").size());
        assertEquals("http", ran.json().get("problems").get(0).get("path").asText());
    }

    @Test
    void aPortThatIsTakenIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(directory.resolve("token"), "t");
            Path file = Files.writeString(
                    directory.resolve("ops.yaml"),
                    "http: 127.0.0.1:" + taken.getLocalPort() + "\nstate: state\nrecords: {token-file: token}\n");

            Ran ran = run("ops", "--config", file.toString());

            assertEquals(2, ran.status());
            assertEquals(
                    "anticall: Cannot listen for HTTP on 127.0.0.1:" + taken.getLocalPort() + ": the port is taken.",
                    ran.err().strip());
        }
    }

    @Test
    void everyCommandTellsHowItIsCalled() {
        for (String command : new String[] {"explain", "rules", "config", "ops"}) {
            Ran ran = run(command, "--help");

            assertEquals(0, ran.status());
            assertTrue(ran.out().startsWith("Usage: anticall " + command), ran.out());
        }
    }
}
