package org.anticall.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopReadingTest {

    private static final String REST =
            """
            node: gw-1
            home: KZ
            listen: ["sip:127.0.0.1:5060;transport=udp"]
            rules: reference
            state: state/gw-1
            trunks: [{name: a, class: international, peers: [127.0.0.0/8], route: core}]
            """;

    @TempDir
    Path directory;

    private ConfigOutcome read(String hops, String more) throws IOException {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), REST + "hops:\n" + hops + more);
        return ConfigFile.read(file, Map.of());
    }

    private GatewayConfig valid(String hops, String more) throws IOException {
        ConfigOutcome outcome = read(hops, more);
        return assertInstanceOf(ConfigOutcome.Valid.class, outcome, outcome::toString)
                .config();
    }

    private Hop core(String hop) throws IOException {
        return Objects.requireNonNull(
                        valid("  core: [" + hop + "]\n", "").hops().get("core"))
                .hops()
                .get(0);
    }

    private String problem(String hops, String more) throws IOException {
        ConfigOutcome.Invalid invalid = assertInstanceOf(ConfigOutcome.Invalid.class, read(hops, more));
        assertEquals(1, invalid.problems().size(), invalid::toString);
        return invalid.problems().get(0).text();
    }

    @Test
    void theShortFormTakesItsPriorityFromItsPlace() throws IOException {
        Hop hop = core("\"sip:192.0.2.1:5080\"");
        assertEquals(Hop.BY_PLACE, hop.priority());
        assertEquals(Hop.ORDINARY_WEIGHT, hop.weight());
        assertEquals("192.0.2.1:5080/udp", hop.text());
    }

    @Test
    void theLongFormSaysPriorityAndWeight() throws IOException {
        Hop hop = core("{to: \"sip:192.0.2.1:5080\", priority: 1000, weight: 65535}");
        assertEquals(1000, hop.priority());
        assertEquals(65_535, hop.weight());
        assertEquals(0, core("{to: \"sip:192.0.2.1\", weight: 0}").weight());
    }

    @ParameterizedTest
    @CsvSource({
        "sip:core.example, core.example, 0, true",
        "sip:core.example:5080, core.example, 5080, false",
        "sip:core.example;transport=udp, core.example, 0, false",
        "sip:localhost, localhost, 0, true",
    })
    void aHopMayBeAName(String uri, String host, int port, boolean anyTransport) throws IOException {
        Hop hop = core("\"" + uri + "\"");
        assertTrue(hop.address().isUnresolved());
        assertEquals(host, hop.host());
        assertEquals(port, hop.address().getPort());
        assertEquals(anyTransport, hop.anyTransport());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:0.0.0.0:5060",
                "sip:192.0.2.256",
                "sip:core.example:0",
                "sip:core.example:65536",
                "sip:-core.example",
                "sip:user@core.example",
                "http://core.example",
                "sip:core..example"
            })
    void whatIsNeitherAddressNorNameIsRefused(String uri) throws IOException {
        assertTrue(
                problem("  core: [\"" + uri + "\"]\n", "").contains("expected a SIP URI with an IP address or a name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority: 0", "priority: 1001", "weight: 65536", "wait: 3"})
    void whatIsWrongInTheLongFormIsSaidWithItsPlace(String wrong) throws IOException {
        String text = problem("  core: [{to: \"sip:192.0.2.1\", " + wrong + "}]\n", "");
        assertTrue(text.contains("hops.core[0]." + wrong.substring(0, wrong.indexOf(':'))), text);
    }

    @Test
    void probingIsOffUnlessAskedFor() throws IOException {
        assertNull(valid("  core: [\"sip:192.0.2.1\"]\n", "").care().probing());
        assertEquals(
                new Probing(Set.of("core"), Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2),
                valid("  core: [\"sip:192.0.2.1\"]\n", "probe: {interval: 5s}\n")
                        .care()
                        .probing());
        assertEquals(
                new Probing(Set.of("core"), Duration.ofSeconds(2), Duration.ofSeconds(2), 1, 20),
                valid(
                                "  core: [\"sip:192.0.2.1\"]\n  desk: [\"sip:192.0.2.2\"]\n",
                                "probe: {groups: [core], interval: 2s, timeout: 2s, down-after: 1, up-after: 20}\n")
                        .care()
                        .probing());
    }

    @Test
    void aProbeMustBeOverBeforeTheNextOne() throws IOException {
        String text = problem("  core: [\"sip:192.0.2.1\"]\n", "probe: {interval: 1s, timeout: 1001ms}\n");
        assertTrue(text.contains("probe.timeout: '1001ms': expected at most the interval"), text);
    }

    @Test
    void nameServersAreAddresses() throws IOException {
        assertEquals(
                1,
                valid("  core: [\"sip:192.0.2.1\"]\n", "name-servers: [\"192.0.2.53:53\"]\n")
                        .care()
                        .nameServers()
                        .size());
    }

    @Test
    void callsOfTheDeskNeedAKeyAndARoute() throws IOException {
        Files.writeString(directory.resolve("bypass.key"), "0123456789abcdef");
        String desk = "desk-calls: {bypass-key: bypass.key, route: core}\n";
        assertEquals(
                new DeskCalls(directory.resolve("bypass.key"), "core"),
                valid("  core: [\"sip:192.0.2.1\"]\n", desk).deskCalls());
        assertTrue(problem("  core: [\"sip:192.0.2.1\"]\n", desk.replace("route: core", "route: nowhere"))
                .contains("desk-calls.route"));
    }
}
