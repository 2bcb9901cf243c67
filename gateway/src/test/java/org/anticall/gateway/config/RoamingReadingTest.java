package org.anticall.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoamingReadingTest {

    private static final String REST =
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
              - {name: transit-a, class: international, peers: [127.0.0.0/8], route: core}
            roaming:
            """;

    @TempDir
    Path directory;

    @Test
    void aListNeedsOnlyItsFile() throws IOException {
        Path list = Files.writeString(directory.resolve("roamers.csv"), "");
        assertEquals(
                new Roaming(new RoamingSource.OutRoamerList(list), RoamingMemory.DEFAULT),
                roaming("out-roamers: file:roamers.csv"));
    }

    @Test
    void aLookupNeedsOnlyItsAddress() throws IOException {
        RoamingLookup standard = new RoamingLookup(
                URI.create("https://hlr.example/v1"),
                null,
                null,
                500,
                Duration.ofSeconds(1),
                20,
                Duration.ofSeconds(5));
        assertEquals(new Roaming(standard, RoamingMemory.DEFAULT), roaming("lookup: {url: https://hlr.example/v1}"));
    }

    @Test
    void everythingOfALookupCanBeSet() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "x");
        Path trust = Files.writeString(directory.resolve("ca.pem"), "x");
        Roaming roaming = roaming(
                """
                lookup:
                    url: http://127.0.0.1:9/v1
                    token-file: token
                    trust: ca.pem
                    pending: 10000
                    give-up: 10s
                    failures: 1
                    rest: 100ms
                  keep: {roaming: 1h, home: 0s, unallocated: 1s, unknown: 2s, timeout: 3s, numbers: 1}
                """
                        .replace("1h", "60min"));
        assertEquals(
                new Roaming(
                        new RoamingLookup(
                                URI.create("http://127.0.0.1:9/v1"),
                                token,
                                trust,
                                10_000,
                                Duration.ofSeconds(10),
                                1,
                                Duration.ofMillis(100)),
                        new RoamingMemory(
                                Duration.ofHours(1),
                                Duration.ZERO,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                1)),
                roaming);
    }

    @Test
    void aSimulatorIsToldAsAWarning() throws IOException {
        ConfigOutcome.Valid valid = assertInstanceOf(ConfigOutcome.Valid.class, read("simulator: 20ms"));
        assertEquals(
                new RoamingSource.Simulator(Duration.ofMillis(20)),
                valid.config().roaming().source());
        assertEquals(
                List.of("line 12: roaming.simulator: roaming answers are made up: for trials only"),
                valid.warnings().stream().map(ConfigProblem::text).toList());
    }

    @Test
    void thereIsExactlyOneSource() throws IOException {
        assertEquals(
                List.of("line 12: roaming: expected exactly one of out-roamers, lookup, simulator"),
                problems("keep: {home: 1s}"));
        assertEquals(
                List.of("line 12: roaming: expected exactly one of out-roamers, lookup, simulator"),
                problems("simulator: 0s\n  lookup: {url: http://127.0.0.1:9}"));
    }

    @Test
    void whatIsOutOfRangeIsNamed() throws IOException {
        assertEquals(
                List.of(
                        "line 12: roaming.lookup.url: 'ftp://x': expected an http or https address",
                        "line 12: roaming.lookup.pending: '10001': expected a whole number from 1 to 10000",
                        "line 12: roaming.lookup.failures: '0': expected a whole number from 1 to 10000"),
                problems("lookup: {url: ftp://x, pending: 10001, failures: 0}"));
    }

    private Roaming roaming(String text) throws IOException {
        ConfigOutcome outcome = read(text);
        return assertInstanceOf(ConfigOutcome.Valid.class, outcome, outcome::toString)
                .config()
                .roaming();
    }

    private List<String> problems(String text) throws IOException {
        ConfigOutcome outcome = read(text);
        return assertInstanceOf(ConfigOutcome.Invalid.class, outcome, outcome::toString).problems().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    private ConfigOutcome read(String text) throws IOException {
        return ConfigFile.read(
                Files.writeString(directory.resolve("gateway.yaml"), REST + "  " + text + "\n"), Map.of());
    }
}
