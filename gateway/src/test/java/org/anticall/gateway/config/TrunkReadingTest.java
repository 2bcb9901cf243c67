package org.anticall.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.TrunkTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkReadingTest {

    private static final String HEAD =
            """
            node: gw-1
            home: KZ
            listen: ["sip:127.0.0.1:5060;transport=udp"]
            hops:
              core: ["sip:127.0.0.1:5080"]
              desk: ["sip:127.0.0.1:5090"]
            rules: reference
            state: state/gw-1
            trunks:
              - name: transit-a
                class: international
                peers: [127.0.0.0/8]
                route: core
            """;

    @TempDir
    Path directory;

    @Test
    void aTrunkThatSaysNothingIsATrustedHubWithoutLimits() throws IOException {
        Trunk trunk = trunk("");
        assertEquals(Contract.DEFAULT, trunk.contract());
        assertTrue(trunk.contract().terms().hub());
        assertEquals(TrunkLimits.NONE, trunk.limits());
    }

    @Test
    void theExampleShowsTheDefaults() {
        ConfigOutcome.Valid example = assertInstanceOf(
                ConfigOutcome.Valid.class, ConfigFile.read(Path.of("src/main/config/gateway.yaml"), Map.of()));
        assertEquals(Contract.DEFAULT, example.config().trunks().get(0).contract());
        assertEquals(TrunkLimits.NONE, example.config().trunks().get(0).limits());
    }

    @Test
    void aThousandBlocksAreReadAndOneThatStandsTwiceIsFound() throws IOException {
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            blocks.append(", 10.").append(i / 250).append('.').append(i % 250).append(".0/24");
        }
        String thousand = HEAD.replace("127.0.0.0/8", "127.0.0.0/8" + blocks);
        Path file = Files.writeString(directory.resolve("many.yaml"), thousand);
        ConfigOutcome.Valid read = assertInstanceOf(ConfigOutcome.Valid.class, ConfigFile.read(file, Map.of()));
        assertEquals(1001, read.config().trunks().get(0).peers().size());
        String twice = thousand + "  - {name: b, class: international, peers: [10.3.249.0/24], route: core}\n";
        ConfigOutcome.Invalid refused = assertInstanceOf(
                ConfigOutcome.Invalid.class,
                ConfigFile.read(Files.writeString(directory.resolve("twice.yaml"), twice), Map.of()));
        assertTrue(refused.problems().get(0).toString().contains("same peer"), refused::toString);
    }

    @Test
    void whatIsBelievedIsListed() throws IOException {
        assertEquals(new Trust(false, false, false, false, false), trust("believe: []"));
        assertEquals(new Trust(true, false, false, false, false), trust("believe: [asserted]"));
        assertEquals(
                new Trust(false, true, true, true, true),
                trust("believe: [remote-party, preferred, forwarding, privacy]"));
    }

    @Test
    void originsAreCountriesOrAny() throws IOException {
        TrunkTerms terms = trunk("origins: [TR, GE]").contract().terms();
        assertEquals(new TrunkTerms(CountryCodeSet.of(List.of(90, 995)), false, false), terms);
        assertTrue(trunk("trombone: yes").contract().terms().trombone());
        assertTrue(trunk("origins: [TR, \"*\"]").contract().terms().hub());
        assertEquals(
                List.of(
                        "line 14: trunks[0].origins[0]: 'tr': expected a country such as TR, or * for any",
                        "line 14: trunks[0].origins[1]: 'XX': expected a country such as TR, or * for any"),
                problems("origins: [tr, XX]"));
        assertEquals(
                List.of("line 14: trunks[0].origins: expected at least one country, or * for any"),
                problems("origins: []"));
    }

    @Test
    void limitsHaveTheirOwnPolicyElseThatOfOverload() throws IOException {
        assertEquals(
                new TrunkLimits(500, 3000, Trunk.OnOverload.REJECT),
                trunk("on-overload: reject\n    limits: {calls-per-second: 500, calls: 3000}")
                        .limits());
        assertEquals(
                new TrunkLimits(0, 1, Trunk.OnOverload.REJECT),
                trunk("limits: {calls: 1, beyond: reject}").limits());
    }

    @Test
    void limitsAreHeldToTheirRanges() throws IOException {
        assertEquals(
                100_000, trunk("limits: {calls-per-second: 100000}").limits().callsPerSecond());
        assertEquals(999_999, trunk("limits: {calls: 999999}").limits().calls());
        assertEquals(
                List.of(
                        "line 14: trunks[0].limits.calls-per-second: '100001': expected a whole number from 0 to 100000",
                        "line 14: trunks[0].limits.calls: '1000000': expected a whole number from 0 to 999999",
                        "line 14: trunks[0].limits.beyond: 'queue': expected pass or reject",
                        "line 14: trunks[0].limits.burst: unknown key; here are known: calls-per-second, calls, beyond"),
                problems("limits: {calls-per-second: 100001, calls: 1000000, beyond: queue, burst: 3}"));
    }

    @Test
    void wordsThatMeanNothingAreProblemsWithTheirPlace() throws IOException {
        assertEquals(
                List.of(
                        "line 14: trunks[0].believe[0]: 'pai': expected asserted, remote-party, preferred, forwarding or"
                                + " privacy",
                        "line 15: trunks[0].trombone: 'maybe': expected yes or no"),
                problems("believe: [pai]\n    trombone: maybe"));
    }

    private Trust trust(String line) throws IOException {
        return trunk(line).contract().trust();
    }

    private Trunk trunk(String line) throws IOException {
        ConfigOutcome outcome = read(line);
        return assertInstanceOf(ConfigOutcome.Valid.class, outcome, outcome::toString)
                .config()
                .trunks()
                .get(0);
    }

    private List<String> problems(String line) throws IOException {
        ConfigOutcome outcome = read(line);
        return assertInstanceOf(ConfigOutcome.Invalid.class, outcome, outcome::toString).problems().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    private ConfigOutcome read(String line) throws IOException {
        String text = line.isEmpty() ? HEAD : HEAD + "    " + line + "\n";
        return ConfigFile.read(Files.writeString(directory.resolve("gateway.yaml"), text), Map.of());
    }
}
