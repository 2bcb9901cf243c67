package org.anticall.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.TrunkClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    private static final String MINIMAL =
            """
            node: gw-1
            home: KZ
            listen: ["sip:127.0.0.1:5060;transport=udp"]
            trunks:
              - name: transit-a
                class: international
                peers: [127.0.0.0/8]
                route: core
            hops:
              core: ["sip:127.0.0.1:5080"]
              desk: ["sip:127.0.0.1:5090"]
            rules: reference
            state: state/gw-1
            """;

    @TempDir
    Path directory;

    @Test
    void theExampleFileIsValidAndShowsTheDefaultsAndWarnsOfItsSecrets() {
        ConfigOutcome outcome = ConfigFile.read(Path.of("src/main/config/gateway.yaml"), Map.of());
        ConfigOutcome.Valid valid = assertInstanceOf(ConfigOutcome.Valid.class, outcome);
        assertEquals(
                List.of("ops.token-file", "desk-calls.bypass-key"),
                valid.warnings().stream().map(ConfigProblem::path).toList());
        assertEquals(Timers.DEFAULT, valid.config().timers());
        assertEquals(JournalSettings.DEFAULT, valid.config().journal());
        assertEquals(OverloadSettings.DEFAULT, valid.config().overload());
        assertEquals(100, valid.config().passSample());
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws IOException {
        GatewayConfig config = valid(MINIMAL, Map.of()).config();
        assertEquals("gw-1", config.node());
        assertEquals(
                List.of("127.0.0.1:5060/udp"),
                config.listen().stream().map(Listen::text).toList());
        assertEquals("127.0.0.1:9100", Addresses.format(config.admin()));
        Trunk trunk = config.trunks().get(0);
        assertEquals(TrunkClass.INTERNATIONAL, trunk.trunkClass());
        assertEquals(Trunk.OnOverload.PASS, trunk.onOverload());
        assertEquals(List.of(Peer.parse("127.0.0.0/8")), trunk.peers());
        assertEquals(new RulesLocation.Reference(), config.rules());
        assertNull(config.roaming());
        assertNull(config.ops());
        assertEquals(Timers.DEFAULT, config.timers());
    }

    @Test
    void pathsAreRelativeToTheFile() throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), "");
        GatewayConfig config =
                valid(MINIMAL.replace("reference", "file:mine.yaml"), Map.of()).config();
        assertEquals(new RulesLocation.File(directory.resolve("mine.yaml")), config.rules());
        assertEquals(directory.resolve("state/gw-1"), config.state());
    }

    @Test
    void everyProblemIsReportedAtOnceWithPlaceValueAndExpectation() throws IOException {
        String broken = MINIMAL.replace("127.0.0.0/8", "127.0.0.1/8, 10.0.0.300")
                .replace("route: core", "route: kernel")
                .replace("home: KZ", "home: Kazakhstan")
                .replace("rules: reference", "rules: file:absent.yaml")
                .concat("admin: 9100\ntimers: {t1: 500}\ncolour: red\n");
        List<String> problems = invalid(broken, Map.of());
        assertEquals(
                List.of(
                        "line 2: home: 'Kazakhstan': expected a country with a numbering profile: BY, KZ",
                        "line 7: trunks[0].peers[0]: '127.0.0.1/8': expected an IP address, address:port, or"
                                + " address/bits with no bit set behind the prefix",
                        "line 7: trunks[0].peers[1]: '10.0.0.300': expected an IP address, address:port, or"
                                + " address/bits with no bit set behind the prefix",
                        "line 8: trunks[0].route: 'kernel': expected one of the groups under hops: core, desk",
                        "line 12: rules: 'file:absent.yaml': expected reference, or file: and the path of a rule file that"
                                + " exists, or the https address of the centre's bundles (http only on this machine)",
                        "line 14: admin: '9100': expected an IP address and port such as 127.0.0.1:9100",
                        "line 15: timers.t1: '500': expected a time from 50ms to 5000ms, such as 500ms or 4s",
                        "line 16: colour: unknown key; here are known: node, home, listen, admin, hops, name-servers,"
                                + " probe, trunks, trust, rules, rules-keys, rules-token-file, state, roaming, ops, pass-sample,"
                                + " timers, journal, overload, loops, streams, tls, drain-for, cdr, hep, desk-calls"),
                problems);
    }

    @Test
    void anEmptyFileNamesEveryKeyThatIsMissing() throws IOException {
        List<String> problems = invalid("", Map.of());
        for (String key : List.of("node", "home", "listen", "hops", "trunks", "rules", "state")) {
            assertTrue(problems.stream().anyMatch(text -> text.startsWith(key + ": missing")), key + " in " + problems);
        }
    }

    @Test
    void textThatIsNotYamlIsOneProblemWithItsLine() throws IOException {
        List<String> problems = invalid("node: gw-1\nhome: [KZ\nlisten: x\n", Map.of());
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("line 3: not YAML"), problems.get(0));
    }

    @Test
    void aMissingFileIsOneProblem() {
        ConfigOutcome outcome = ConfigFile.read(directory.resolve("absent.yaml"), Map.of());
        ConfigOutcome.Invalid invalid = assertInstanceOf(ConfigOutcome.Invalid.class, outcome);
        assertEquals("no such file", invalid.problems().get(0).text());
    }

    @Test
    void aKeyThatStandsTwiceIsAProblem() throws IOException {
        assertEquals(List.of("line 14: node: this key stands here twice"), invalid(MINIMAL + "node: gw-2\n", Map.of()));
    }

    @Test
    void theEnvironmentOverridesTheFile() throws IOException {
        GatewayConfig config = valid(
                        MINIMAL,
                        Map.of(
                                "ANTICALL_NODE", "gw-7",
                                "ANTICALL_HOME_PROFILE", "BY",
                                "ANTICALL_ADMIN", "127.0.0.1:0",
                                "ANTICALL_TRUNKS_0_PEERS", "192.0.2.1:5060, 192.0.2.128/25",
                                "ANTICALL_TRUNKS_0_ON_OVERLOAD", "reject",
                                "ANTICALL_HOPS_CORE", "sip:127.0.0.1:6080,sip:127.0.0.1:6081",
                                "ANTICALL_TIMERS_T1", "100ms",
                                "ANTICALL_OPS_RECORDS", "http://127.0.0.1:8080/records"))
                .config();
        assertEquals("gw-7", config.node());
        assertEquals("BY", config.home());
        assertEquals(0, config.admin().getPort());
        assertEquals(
                List.of(Peer.parse("192.0.2.1:5060"), Peer.parse("192.0.2.128/25")),
                config.trunks().get(0).peers());
        assertEquals(Trunk.OnOverload.REJECT, config.trunks().get(0).onOverload());
        assertEquals(2, config.hops().get("core").hops().size());
        assertEquals(Duration.ofMillis(100), config.timers().t1());
        assertEquals("/records", config.ops().records().getPath());
    }

    @Test
    void aBadVariableIsNamed() throws IOException {
        assertEquals(
                List.of("admin (ANTICALL_ADMIN): 'here': expected an IP address and port such as 127.0.0.1:9100"),
                invalid(MINIMAL, Map.of("ANTICALL_ADMIN", "here")));
    }

    @Test
    void theInstallationDirectoryIsNotTheHomeCountry() throws IOException {
        ConfigOutcome.Valid valid = valid(MINIMAL, Map.of("ANTICALL_HOME", "/opt/anticall", "ANTICALL_COLOUR", "red"));
        assertEquals("KZ", valid.config().home());
        assertEquals(
                List.of("ANTICALL_COLOUR: this environment variable overrides no key of a gateway"),
                valid.warnings().stream().map(ConfigProblem::text).toList());
    }

    @Test
    void tlsNeedsACertificate() throws IOException {
        String contract =
                MINIMAL.replace("sip:127.0.0.1:5060;transport=udp", "sip:127.0.0.1:5060\", \"sips:127.0.0.1:5061");
        assertEquals(
                List.of("tls: missing; a listen address with TLS needs certificate and key"),
                invalid(contract, Map.of()));
    }

    @Test
    void aHopThatNoListenAddressReachesIsAProblem() throws IOException {
        assertEquals(
                List.of("line 10: hops: '127.0.0.1:5080/udp': hop of group core; expected a listen address of the same"
                        + " transport and family, to which it can answer"),
                invalid(MINIMAL.replace("transport=udp", "transport=tcp"), Map.of())
                        .subList(0, 1));
        assertEquals(
                1,
                invalid(MINIMAL.replace("127.0.0.1:5060;transport=udp", "[::1]:5060"), Map.of()).stream()
                        .filter(problem -> problem.contains("127.0.0.1:5080/udp"))
                        .count());
    }

    @Test
    void peersNamedByCertificateNeedTls() throws IOException {
        assertEquals(
                List.of("tls: peers named by certificate need a listen address with TLS, and tls.ca"),
                invalid(MINIMAL.replace("127.0.0.0/8", "tls:sbc.carrier.example"), Map.of()));
    }

    @Test
    void aPeerOfTwoTrunksIsAProblem() throws IOException {
        String twice = MINIMAL.replace(
                "hops:", "  - {name: transit-b, class: international, peers: [127.0.0.0/8], route: core}\nhops:");
        assertEquals(
                List.of("line 9: trunks[1].peers: trunk transit-a has the same peer; expected each peer once"),
                invalid(twice, Map.of()));
    }

    private ConfigOutcome.Valid valid(String yaml, Map<String, String> environment) throws IOException {
        ConfigOutcome outcome = read(yaml, environment);
        return assertInstanceOf(ConfigOutcome.Valid.class, outcome, outcome::toString);
    }

    private List<String> invalid(String yaml, Map<String, String> environment) throws IOException {
        ConfigOutcome outcome = read(yaml, environment);
        return assertInstanceOf(ConfigOutcome.Invalid.class, outcome, outcome::toString).problems().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    private ConfigOutcome read(String yaml, Map<String, String> environment) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve("gateway.yaml"), yaml), environment);
    }
}
