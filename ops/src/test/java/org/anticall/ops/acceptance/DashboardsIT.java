package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and alerts ask for nothing that a gateway and a centre that have had calls do not tell. */
class DashboardsIT {

    private static final Path DOCKER = Path.of("").toAbsolutePath().getParent().resolve("docker");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SELECTOR = Pattern.compile("(anticall_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)[^a]*(anticall_[a-z_]+)");

    /** Given by Prometheus itself, or to a histogram's buckets. */
    private static final Set<String> GIVEN_LABELS = Set.of("instance", "job", "le");

    /** Told from the first time on that it happens: no rule of this policy is in shadow. */
    private static final Set<String> LATER = Set.of("anticall_rule_shadow_hits_total");

    @TempDir
    Path directory;

    private final int http = free();
    private final int centreAdmin = free();
    private final int desk = free();
    private final int sip = free();
    private final int admin = free();
    private final int core = free();

    @Test
    void everyPanelAndAlertAsksForWhatIsTold() throws Exception {
        List<String> asked = new ArrayList<>(panels());
        asked.addAll(alerts());
        assertTrue(asked.size() > 40, asked::toString);
        writeConfigurations();
        try (Launched ops = anticall("ops");
                Launched gateway = anticall("gateway")) {
            Await.until("the centre is up", PATIENCE, () -> Http.status(page(centreAdmin, "/readyz")) == 200);
            Await.until("the gateway is up", PATIENCE, () -> Http.status(page(admin, "/healthz")) == 200);
            Await.until("the gateway has the centre's rules", PATIENCE, () -> told().contains(
                            "anticall_centre_gateways{state=\"current\"} 1\n"));
            try (Sipp callee = Sipp.callee(directory, core, 1, Map.of("from", ".", "identity", "."));
                    Sipp good = carrier("carrier.xml", 74951234000L);
                    Sipp spoofed = carrier("carrier-declined.xml", 77172700000L)) {
                good.mustSucceed();
                callee.mustSucceed();
                spoofed.mustSucceed();
            }
            String told = told();
            List<String> wrong = asked.stream()
                    .flatMap(query -> problems(query, told).stream())
                    .distinct()
                    .toList();
            assertEquals(List.of(), wrong, () -> told);
        }
    }

    /** What in a query is told by nobody. */
    private static List<String> problems(String query, String told) {
        List<String> problems = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(query);
        while (selector.find()) {
            String metric = selector.group(1);
            List<String> samples = told.lines()
                    .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                    .toList();
            if (samples.isEmpty()) {
                if (!LATER.contains(metric)) {
                    problems.add(metric + " is told by nobody: " + query);
                }
                continue;
            }
            Matcher label = LABEL.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (label.find()) {
                for (String value : label.group(2).split("\\|", -1)) {
                    String wanted = label.group(1) + "=\"" + value + "\"";
                    if (samples.stream().noneMatch(sample -> sample.contains(wanted))) {
                        problems.add(metric + " is never told with " + wanted + ": " + query);
                    }
                }
            }
        }
        Matcher grouped = GROUPED.matcher(query);
        while (grouped.find()) {
            for (String label : grouped.group(1).split(",\\s*", -1)) {
                String metric = grouped.group(2);
                boolean isThere =
                        told.lines().anyMatch(line -> line.startsWith(metric + "{") && line.contains(label + "=\""));
                if (!isThere && !GIVEN_LABELS.contains(label) && !LATER.contains(metric)) {
                    problems.add(metric + " has no label " + label + ": " + query);
                }
            }
        }
        return problems;
    }

    private static List<String> panels() throws IOException {
        List<String> queries = new ArrayList<>();
        try (Stream<Path> dashboards = Files.list(DOCKER.resolve("grafana/dashboards"))) {
            for (Path dashboard : dashboards.toList()) {
                JsonNode root = new ObjectMapper().readTree(dashboard.toFile());
                Set<String> places = new TreeSet<>();
                for (JsonNode panel : root.path("panels")) {
                    JsonNode place = panel.path("gridPos");
                    assertTrue(places.add(place.path("x") + "," + place.path("y")), () -> dashboard + ": " + place);
                    assertTrue(place.path("x").asInt() + place.path("w").asInt() <= 24, () -> dashboard + ": " + place);
                    panel.path("targets")
                            .forEach(target -> queries.add(target.path("expr").asText()));
                }
            }
        }
        return queries;
    }

    private static List<String> alerts() throws IOException {
        List<String> queries = new ArrayList<>();
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        JsonNode root = yaml.readTree(DOCKER.resolve("prometheus/alerts.yml").toFile());
        for (JsonNode group : root.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                String severity = rule.path("labels").path("severity").asText();
                assertTrue(Set.of("page", "ticket").contains(severity), rule::toString);
                assertTrue(rule.path("annotations").path("summary").asText().length() > 20, rule::toString);
                queries.add(rule.path("expr").asText());
            }
        }
        return queries;
    }

    private void writeConfigurations() throws IOException {
        Files.writeString(directory.resolve("token"), "records-token\n");
        Files.writeString(directory.resolve("roamers.csv"), "+77015550001;TR\n");
        Files.writeString(
                directory.resolve("ops.yaml"),
                """
                http: 127.0.0.1:%d
                admin: 127.0.0.1:%d
                state: state/ops
                records: {token-file: token}
                desk: {listen: "sip:127.0.0.1:%d;transport=udp", gateways: [127.0.0.0/8]}
                """
                        .formatted(http, centreAdmin, desk));
        Files.writeString(
                directory.resolve("gateway.yaml"),
                """
                node: gw-1
                home: KZ
                listen: ["sip:127.0.0.1:%d;transport=udp"]
                admin: 127.0.0.1:%d
                trunks:
                  - {name: transit-a, class: international, peers: [127.0.0.0/8], route: core}
                hops:
                  core: ["sip:127.0.0.1:%d"]
                  desk: ["sip:127.0.0.1:%d"]
                rules: http://127.0.0.1:%d/bundles
                rules-keys: [state/ops/keys/bundle.pem]
                rules-token-file: token
                ops: {records: "http://127.0.0.1:%d/records", token-file: token}
                roaming: {out-roamers: "file:roamers.csv"}
                journal: {segment: 1MiB, keep-free: 1MiB}
                state: state/gw
                """
                        .formatted(sip, admin, core, desk, http, http));
    }

    private Sipp carrier(String scenario, long caller) throws Exception {
        return Sipp.carrier(
                directory,
                scenario,
                Ports.free(),
                "127.0.0.1:" + sip,
                10,
                Installation.calls(caller, "+77172555555", 1));
    }

    private Launched anticall(String part) throws Exception {
        Launched launched = Launched.anticall(
                directory.resolve(part + ".log"),
                part,
                "--config",
                directory.resolve(part + ".yaml").toString());
        Await.until(part + " has its keys", PATIENCE, () -> {
            assertTrue(launched.process().isAlive(), launched.output());
            return part.equals("gateway") || Files.exists(directory.resolve("state/ops/keys/bundle.pem"));
        });
        return launched;
    }

    private String told() throws Exception {
        return Http.body(page(admin, "/metrics")) + Http.body(page(centreAdmin, "/metrics"));
    }

    private static String page(int port, String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private static int free() {
        try {
            return Ports.free();
        } catch (IOException none) {
            throw new java.io.UncheckedIOException(none);
        }
    }
}
