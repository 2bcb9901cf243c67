package org.anticall.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannersReadingTest {

    private static final String HEAD =
            """
            node: gw-1
            home: KZ
            listen: ["sip:127.0.0.1:5060;transport=udp"]
            hops: {core: ["sip:127.0.0.1:5080"], desk: ["sip:127.0.0.1:5090"]}
            rules: reference
            state: state/gw-1
            trunks:
              - name: a
                class: international
                peers: [127.0.0.0/8]
                route: core
            """;

    @TempDir
    Path directory;

    private ConfigOutcome read(String... lines) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        for (String line : lines) {
            text.append("    ").append(line).append('\n');
        }
        return ConfigFile.read(Files.writeString(directory.resolve("gateway.yaml"), text), Map.of());
    }

    private Manners manners(String... lines) throws IOException {
        ConfigOutcome outcome = read(lines);
        return assertInstanceOf(ConfigOutcome.Valid.class, outcome, outcome::toString)
                .config()
                .trunks()
                .get(0)
                .manners();
    }

    private List<ConfigProblem> problems(String... lines) throws IOException {
        return assertInstanceOf(ConfigOutcome.Invalid.class, read(lines)).problems();
    }

    @Test
    void aTrunkThatSaysNothingHasTheUsualManners() throws IOException {
        assertEquals(Manners.DEFAULT, manners());
        assertEquals(Manners.DEFAULT, manners("mode: inline", "answers: {}", "labels: {name: yes}"));
    }

    @Test
    void answersAreGivenShortOrInFull() throws IOException {
        Answers answers = manners(
                        "answers:",
                        "  433: 403",
                        "  any: 607",
                        "  603: {as: 603+, redress: \"https://r.example/\"}",
                        "  608: {as: 608, phrase: Refused, reason: \"SIP;cause=608\", call-info: \"<https://c>;purpose=jwscard\"}")
                .answers();
        assertEquals(Answer.usual(403), answers.of(433));
        assertEquals(Answer.usual(607), answers.of(404), "any");
        assertEquals(Answer.networkBlocked("https://r.example/"), answers.of(603));
        assertEquals(new Answer(608, "Refused", "SIP;cause=608", "<https://c>;purpose=jwscard"), answers.of(608));
        assertEquals(Answer.usual(484), Answers.DEFAULT.of(484));
    }

    @ParameterizedTest
    @CsvSource({
        "'603: 503', answers.603",
        "'603: 486', answers.603",
        "'399: 603', answers.399",
        "'700: 603', answers.700",
        "'603: {as: 603+}', answers.603.redress",
        "'603: {as: 603, code: 1}', answers.603.code",
    })
    void anAnswerThatDoesNotEndACallIsRefusedWithItsPlace(String answer, String path) throws IOException {
        List<ConfigProblem> problems = problems("answers: {" + answer + "}");
        assertTrue(
                problems.stream().anyMatch(problem -> problem.path().equals("trunks[0]." + path)), problems::toString);
    }

    @Test
    void labelsAreAsTheNetworkUnderstandsThem() throws IOException {
        assertEquals(
                new Labels(false, "", "<https://c>;purpose=info", "<urn:alert:category:normal>"),
                manners("labels: {name: no, verstat: none, call-info: \"<https://c>;purpose=info\","
                                + " alert-info: \"<urn:alert:category:normal>\"}")
                        .labels());
        assertEquals(
                "trunks[0].labels.verstat",
                problems("labels: {verstat: TN-Validation-Passed}").get(0).path());
    }

    @Test
    void aHeaderCannotBeSmuggledIntoALabel() throws IOException {
        assertEquals(
                "trunks[0].labels.call-info",
                problems("labels: {call-info: \"<https://c>\\r\\nX: y\"}")
                        .get(0)
                        .path());
    }

    @Test
    void aRedirectedTrunkSaysHowItKnowsCleanCalls() throws IOException {
        assertEquals(new Redirect(404), manners("mode: redirect").redirect());
        assertEquals(new Redirect(503), manners("mode: redirect", "clean: 503").redirect());
        assertEquals(
                "trunks[0].clean",
                problems("mode: redirect", "clean: 299").get(0).path());
        assertEquals("trunks[0].clean", problems("clean: 404").get(0).path());
    }
}
