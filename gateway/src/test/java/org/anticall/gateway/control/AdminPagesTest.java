package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anticall.gateway.TrialConfig;
import org.anticall.gateway.config.ConfigFile;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.ConfigProblem;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.JournalSettings;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPagesTest {

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Lifecycle lifecycle = new Lifecycle();
    private RuleFeed feed;
    private GatewayPath path;
    private BehaviourKeeper behaviour;
    private DecisionJournal journal;
    private AdminServer server;
    private Supplier<ConfigOutcome> source;

    @BeforeEach
    void start() throws IOException {
        RuleBook book = RuleBook.forHome("KZ");
        feed = new RuleFeed(book, new RulesLocation.Reference(), "KZ");
        feed.load();
        journal = DecisionJournal.open(directory.resolve("journal"), JournalSettings.DEFAULT);
        Map<String, String> trial =
                Map.of("ANTICALL_LISTEN", "sip:127.0.0.1:0", "ANTICALL_STATE", directory.toString());
        GatewayConfig config =
                ((ConfigOutcome.Valid) ConfigFile.read(Path.of("src/main/config/gateway.yaml"), trial)).config();
        path = GatewayPath.start(config, GatewayPath.Needs.of(book, RoamingOracle.NOBODY, journal::append));
        server = AdminServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Whereabouts whereabouts = Whereabouts.of(null, System::nanoTime);
        Bypass bypass = new Bypass(book::decide, Set.of("transit-a"));
        source = () -> new ConfigOutcome.Valid(config, List.of());
        behaviour = BehaviourKeeper.start(book.counters(), directory.resolve("behaviour"), BehaviourKeeper.EVERY);
        server.start(AdminPages.of(new GatewayParts(
                config,
                new LiveConfig(config, () -> source.get(), feed, whereabouts, bypass, path, new FileWatch()),
                "1.2.3",
                lifecycle,
                feed,
                null,
                bypass,
                journal,
                behaviour,
                null,
                path,
                whereabouts,
                new CallStatistics(),
                null,
                null)));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        path.stop();
        behaviour.close();
        journal.close();
    }

    @Test
    void whatWasCountedOfANumberIsForgotten() throws Exception {
        assertEquals(
                "what was counted of +442071234567 is forgotten\n",
                post("/counters?number=%2B442071234567&trunk=transit-a").body());
        HttpResponse<String> refused = post("/counters?number=44x");
        assertEquals(400, refused.statusCode());
        assertEquals("number: '44x': expected a number such as 77011234567\n", refused.body());
    }

    @Test
    void aMessageOfTheStateIsNotedForTheCallsThatFollow() throws Exception {
        RuleBook book = feed.book();
        book.activate(
                RuleSource.text(
                        "messages",
                        """
                        home: KZ
                        revision: 1000
                        rules:
                          - id: V11
                            title: After a message
                            priority: 1
                            when: {behaviour: {state-messages: {within: 30m, at-least: 1}}}
                            then: {label: x}
                        """));
        CallFacts call = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, System.currentTimeMillis())
                .asserted(book.numbers().caller("+442071234567"))
                .callee(book.numbers().callee("+77172555555"))
                .build();
        assertNull(((Decision) book.decide(book.observe(call))).rule());

        assertEquals("noted\n", post("/state-messages?number=77172555555").body());

        assertEquals("V11", ((Decision) book.decide(book.observe(call))).rule());
        HttpResponse<String> refused = post("/state-messages?number=1414x");
        assertEquals(400, refused.statusCode());
        assertEquals("number: '1414x': expected a number such as 77011234567\n", refused.body());
    }

    @Test
    void metricsAreInThePrometheusFormatWithBaseUnitsAndBoundedLabels() throws Exception {
        journal.append(new byte[100]);
        HttpResponse<String> response = get("/metrics");
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain; version=0.0.4"));
        List<String> lines = response.body().lines().toList();
        for (String expected : List.of(
                "anticall_verdicts_total{verdict=\"divert\"} 0.0",
                "anticall_fail_open_total{reason=\"record\"} 0.0",
                "anticall_journal_records_accepted_total 1.0",
                "anticall_journal_accepted_bytes_total 100.0",
                "anticall_journal_records_refused_total 0.0",
                "anticall_datagrams_dropped_total{reason=\"stranger\"} 0.0",
                "anticall_decision_seconds_count 0",
                "anticall_decision_seconds{quantile=\"0.5\"} NaN",
                "anticall_bypass{trunk=\"transit-a\"} 0.0",
                "anticall_transactions_open 0.0")) {
            assertTrue(lines.contains(expected), expected + " in\n" + response.body());
        }
        assertTrue(
                response.body()
                        .contains("anticall_bundle_active_info{hash=\""
                                + feed.book().hash() + "\",revision=\""
                                + feed.book().revision() + "\"} 1"),
                response.body());
        assertTrue(response.body().contains("anticall_build_info{"), response.body());
    }

    @Test
    void revisionAndAgeOfTheRulesAreToldWhereverTheyComeFrom() throws Exception {
        assertEquals((double) feed.book().revision(), metric("anticall_bundle_revision"));
        double age = metric("anticall_bundle_age_seconds");
        assertTrue(age >= 0 && age < 3600, age + " s since the reference policy went live");

        Path file = Files.writeString(directory.resolve("rules.yaml"), TrialConfig.rules(41));
        Instant written = Instant.now().minus(Duration.ofDays(3));
        Files.setLastModifiedTime(file, FileTime.from(written));
        assertEquals(List.of(), feed.reload(new RulesLocation.File(file)));
        assertEquals(41, metric("anticall_bundle_revision"));
        age = metric("anticall_bundle_age_seconds");
        assertTrue(age >= 3 * 86_400 && age < 3 * 86_400 + 3600, age + " s since the file was changed");
        assertEquals(
                written.getEpochSecond(),
                Instant.parse(status().path("rules").path("written").asText()).getEpochSecond());

        Files.writeString(file, "rules: [");
        assertNotEquals(List.of(), feed.reload(new RulesLocation.File(file)));
        assertTrue(metric("anticall_bundle_age_seconds") >= 3 * 86_400, "the old rules stay and go on ageing");
        assertEquals(1, metric("anticall_bundle_refused"));
        Files.writeString(file, TrialConfig.rules(42));
        assertEquals(List.of(), feed.reload(new RulesLocation.File(file)));
        assertTrue(metric("anticall_bundle_age_seconds") < 3600);
        assertEquals(0, metric("anticall_bundle_refused"));
    }

    private double metric(String name) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not there"));
    }

    @Test
    void readinessFollowsTheLifeOfTheProcess() throws Exception {
        assertEquals(503, get("/readyz").statusCode());
        lifecycle.ready();
        assertEquals(200, get("/readyz").statusCode());
        assertEquals(200, post("/drain").statusCode());
        assertEquals(503, get("/readyz").statusCode());
        assertEquals(200, get("/healthz").statusCode());
    }

    @Test
    void bypassIsSwitchedPerTrunkAndSaidAsAnAlarm() throws Exception {
        assertEquals(200, post("/bypass?trunk=transit-a&state=on").statusCode());
        JsonNode status = status();
        assertEquals("transit-a", status.path("bypass").path("trunks").path(0).asText());
        assertEquals(
                "bypass: calls of trunk transit-a pass unjudged",
                status.path("alarms").path(0).asText());
        assertTrue(get("/healthz").body().contains("bypass"));
        assertEquals(
                200,
                post("/bypass?trunk=transit-a&state=on&until=2096-01-01T00:00:00Z")
                        .statusCode());
        assertTrue(get("/healthz")
                .body()
                .contains("bypass: calls of trunk transit-a pass unjudged until 2096-01-01T00:00:00Z"));
        assertEquals(200, post("/bypass?state=off").statusCode());
        assertEquals(0, status().path("alarms").size());
    }

    @Test
    void whatCannotBeSwitchedIsSaidPrecisely() throws Exception {
        assertEquals(
                "state: 'maybe': expected on or off\n",
                post("/bypass?state=maybe").body());
        HttpResponse<String> unknown = post("/bypass?state=on&trunk=transit-z");
        assertEquals(404, unknown.statusCode());
        assertEquals("trunk: 'transit-z': expected one of transit-a\n", unknown.body());
        assertEquals(
                "until: 'noon': expected an instant such as 2026-11-27T22:00:00Z\n",
                post("/bypass?state=on&until=noon").body());
        assertEquals(400, post("/bypass?state=on&until=2020-01-01T00:00:00Z").statusCode());
        assertEquals(400, post("/bypass?state=off&until=2096-01-01T00:00:00Z").statusCode());
        assertEquals(405, get("/bypass?state=on").statusCode());
        assertEquals(404, get("/nothing").statusCode());
    }

    @Test
    void theFirstPageListsAllOthers() throws Exception {
        String help = get("/").body();
        for (String page : List.of("/metrics", "/healthz", "/readyz", "/status", "/bypass", "/drain", "/reload")) {
            assertTrue(help.contains(page), help);
        }
        assertTrue(get("/drain").body().contains("GET: expected POST"));
        assertEquals(503, get("/readyz").statusCode());
    }

    @Test
    void clientsThatDawdleKeepNobodyFromBeingAnswered() throws Exception {
        List<Socket> dawdlers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                dawdlers.add(dawdler("GET /metr"));
            }
            assertEquals(200, get("/healthz").statusCode());
            assertEquals(200, get("/metrics").statusCode());
        } finally {
            for (Socket dawdler : dawdlers) {
                dawdler.close();
            }
        }
    }

    @Test
    void oneConnectionTooManyEndsTheOldest() throws Exception {
        List<Socket> all = new ArrayList<>();
        try {
            for (int i = 0; i < AdminServer.MAX_CONNECTIONS; i++) {
                all.add(dawdler("GET /healthz HTTP/1.1\r\nHost: x\r\n"));
            }
            finish(all.get(all.size() - 1));
            all.add(dawdler("GET /healthz HTTP/1.1\r\nHost: x\r\n"));
            finish(all.get(all.size() - 1));
            assertEquals(-1, all.get(0).getInputStream().read(), "the oldest is closed");
            finish(all.get(1));
        } finally {
            for (Socket each : all) {
                each.close();
            }
        }
    }

    @Test
    void whatIsNoRequestIsRefusedAndManyOnOneConnectionAreAnsweredInTurn() throws Exception {
        try (Socket client = dawdler("\u0000\u0001 nonsense\r\n\r\n")) {
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        }
        String pair = "GET /status HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
        String last = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        try (Socket client = dawdler(pair.repeat(20) + last + pair)) {
            String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(
                    "200 404 ".repeat(20) + "200",
                    Pattern.compile("HTTP/1\\.1 (\\d+)")
                            .matcher(answers)
                            .results()
                            .map(status -> status.group(1))
                            .collect(Collectors.joining(" ")),
                    answers);
        }
    }

    private Socket dawdler(String beginning) throws IOException {
        Socket dawdler =
                new Socket(server.address().getAddress(), server.address().getPort());
        dawdler.setSoTimeout(20_000);
        dawdler.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
        return dawdler;
    }

    private static void finish(Socket dawdler) throws IOException {
        dawdler.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] start = dawdler.getInputStream().readNBytes("HTTP/1.1 200".length());
        assertEquals("HTTP/1.1 200", new String(start, StandardCharsets.US_ASCII));
    }

    @Test
    void aReloadSaysWhatChangedWhatNeedsARestartAndWhatIsWrong() throws Exception {
        assertEquals(
                "revision " + feed.book().revision() + "\n", post("/reload").body());
        Map<String, String> other = Map.of(
                "ANTICALL_LISTEN", "sip:127.0.0.1:5999",
                "ANTICALL_STATE", directory.toString(),
                "ANTICALL_TRUNKS_0_PEERS", "192.0.2.0/24");
        source = () -> ConfigFile.read(Path.of("src/main/config/gateway.yaml"), other);
        String answer = post("/reload").body();
        assertTrue(answer.contains("changed: trunks"), answer);
        assertTrue(answer.contains("warning: listen: changed in the file, takes effect after a restart"), answer);
        source = () -> new ConfigOutcome.Invalid(List.of(new ConfigProblem("hops", 7, "", "expected hops")));
        HttpResponse<String> refused = post("/reload");
        assertEquals(422, refused.statusCode());
        assertEquals("nothing changed\nline 7: hops: expected hops\n", refused.body());
    }

    @Test
    void nextHopsAreShownAndSwitched() throws Exception {
        String hop = status().path("hops").path(0).path("hop").asText();
        assertEquals("up", status().path("hops").path(0).path("state").asText());
        assertEquals(200, post("/hops?state=drain&hop=" + hop).statusCode());
        assertEquals("drain", status().path("hops").path(0).path("state").asText());
        assertEquals(
                "next hop " + hop + ": drain", status().path("alarms").path(0).asText());
        assertTrue(get("/metrics").body().contains("anticall_hop_up{hop=\"" + hop + "\"} 0.0"));
        String group = hop.substring(0, hop.indexOf('/'));
        assertEquals(200, post("/hops?state=up&hop=" + group).statusCode());
        assertEquals(0, status().path("alarms").size());
        assertEquals(404, post("/hops?state=up&hop=nowhere").statusCode());
        assertEquals(
                "state: 'off': expected up, drain or down\n",
                post("/hops?state=off&hop=" + group).body());
    }

    @Test
    void aTakenAdminPortIsOneClearSentence() {
        IOException taken = assertThrows(IOException.class, () -> AdminServer.bind(server.address()));
        String port = "127.0.0.1:" + server.address().getPort() + "/tcp (admin)";
        assertTrue(taken.getMessage().contains(port), taken.getMessage());
        assertTrue(taken.getMessage().contains("another address"), taken.getMessage());
    }

    private JsonNode status() throws Exception {
        return new ObjectMapper().readTree(get("/status").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private HttpResponse<String> post(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
