package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.anticall.gateway.config.ConfigFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people and machines see of real calls: metrics, call detail records, the mirror to Homer. */
@Timeout(90)
class CallObservationTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TRUNK = "{trunk=\"transit-a\"}";

    @TempDir
    Path directory;

    private final CallLoad calls = new CallLoad();
    private DatagramSocket homer;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        homer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        homer.setSoTimeout(20_000);
        Path file = TrialConfig.write(directory);
        Files.writeString(
                directory.resolve("rules.yaml"),
                TrialConfig.rules(3).replace("caller: {kind: e164}", "caller: {number: [\"+7*\"]}"));
        Files.writeString(
                file,
                Files.readString(file).replace("core: [\"sip:127.0.0.1:9\"]", "core: [\"" + calls.coreUri() + "\"]")
                        + "cdr: {directory: cdr, formats: [json, csv], numbers: masked}\nhep: {collector: \"127.0.0.1:"
                        + homer.getLocalPort() + "\", capture-id: 2001}\n");
        gateway = GatewayProcess.start(TrialConfig.read(file, Map.of()), () -> ConfigFile.read(file, Map.of()));
        calls.through(gateway.sipAddresses().get(0));
    }

    @AfterEach
    void end() {
        calls.close();
        gateway.hurry();
        gateway.close();
        homer.close();
    }

    @Test
    void metricsCountCallsByTrunkOutcomeAndRule() throws Exception {
        for (int i = 0; i < 3; i++) {
            calls.call("answered" + i);
        }
        calls.callFrom("+77011234567", "rejected");
        CallLoad.until("three calls end", () -> calls.completed() == 3);
        CallLoad.until("one is rejected", () -> "603 Decline".equals(calls.latest("rejected", "1 INVITE")));

        PrometheusText metrics = scrape();
        assertEquals(3, metrics.value("anticall_trunk_calls_total{outcome=\"answered\",trunk=\"transit-a\"}"));
        assertEquals(1, metrics.value("anticall_trunk_calls_total{outcome=\"declined\",trunk=\"transit-a\"}"));
        assertEquals(1, metrics.value("anticall_trunk_verdicts_total{trunk=\"transit-a\",verdict=\"reject\"}"));
        assertEquals(1, metrics.value("anticall_trunk_rule_verdicts_total{rule=\"D10\",trunk=\"transit-a\"}"));
        assertEquals(0.75, metrics.value("anticall_trunk_ser_ratio" + TRUNK));
        assertEquals(1, metrics.value("anticall_trunk_seer_ratio" + TRUNK));
        assertEquals(0.75, metrics.value("anticall_trunk_asr_ratio" + TRUNK));
        assertEquals(1, metrics.value("anticall_trunk_ner_ratio" + TRUNK));
        assertEquals(0, metrics.value("anticall_trunk_isa_ratio" + TRUNK));
        assertEquals(3, metrics.value("anticall_trunk_calls_ended_total" + TRUNK));
        assertTrue(metrics.value("anticall_trunk_acd_seconds" + TRUNK) < 20);
        String srd = "anticall_trunk_srd_seconds_count{result=\"%s\",trunk=\"transit-a\"}";
        assertEquals(3, metrics.value(srd.formatted("successful")));
        assertEquals(1, metrics.value(srd.formatted("failed")));
        assertEquals(4, metrics.value("anticall_stage_seconds_count{stage=\"screening\",trunk=\"transit-a\"}"));
        assertEquals(0, metrics.value("anticall_calls_answered"));
        assertTrue(metrics.value("anticall_loop_longest_turn_seconds") >= 0);
        assertEquals(0, metrics.value("anticall_cdr_dropped_total"));
        assertEquals(0, metrics.value("anticall_hep_dropped_total"));
    }

    @Test
    void whateverComesFromTheWireNoLabelGrowsAndWhatIsRepeatedIsNoCall() throws Exception {
        calls.call("first");
        calls.callFrom("+77011234567", "rejected");
        CallLoad.until("the call ends", () -> calls.completed() == 1);
        CallLoad.until("one is rejected", () -> "603 Decline".equals(calls.latest("rejected", "1 INVITE")));
        Set<String> before = scrape().series();

        for (int i = 0; i < 3; i++) {
            calls.callFrom("+77011234567", "rejected");
        }
        for (int i = 0; i < 5; i++) {
            calls.callFrom("+4420712345" + i + i, "odd" + i);
        }
        try (DatagramSocket odd = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            for (String text : List.of(
                    "FETCH%d sip:a@b SIP/2.0\r\n\r\n",
                    "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x%d\r\n\r\n",
                    "SIP/2.0 2%d0 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKb\r\n\r\n")) {
                byte[] bytes = text.formatted(7).getBytes(StandardCharsets.UTF_8);
                odd.send(new DatagramPacket(
                        bytes, bytes.length, gateway.sipAddresses().get(0)));
            }
        }
        CallLoad.until("the calls end", () -> calls.completed() == 6);
        CallLoad.until("everything was read", () -> malformed(scrape()) >= 3);

        PrometheusText after = scrape();
        assertEquals(before, after.series());
        assertEquals(6, after.value("anticall_trunk_calls_total{outcome=\"answered\",trunk=\"transit-a\"}"));
        assertEquals(1, after.value("anticall_trunk_calls_total{outcome=\"declined\",trunk=\"transit-a\"}"));
        assertEquals(1, after.value("anticall_trunk_rule_verdicts_total{rule=\"D10\",trunk=\"transit-a\"}"));
        assertEquals(7, after.value("anticall_calls_total"));
        assertEquals(3, after.value("anticall_sip_retransmissions_total{direction=\"absorbed\"}"));
        for (String series : after.series()) {
            assertTrue(series.matches("(anticall|jvm|process)_[a-z0-9_]+(\\{.*})?"), series);
            assertFalse(series.matches("[a-z_]*_(ms|millis|nanos|micros|minutes|kb|mb|percent)(_.*|\\{.*)?"), series);
            assertFalse(series.contains("odd") || series.contains("+44") || series.contains("FETCH"), series);
        }
    }

    private static double malformed(PrometheusText metrics) {
        return metrics.series().stream()
                .filter(series -> series.startsWith("anticall_sip_malformed_total"))
                .mapToDouble(metrics::value)
                .sum();
    }

    @Test
    void everyEndedCallIsOneLineInEachFormat() throws Exception {
        calls.call("answered");
        CallLoad.until("the call ends", () -> calls.completed() == 1);
        calls.callFrom("+77011234567", "rejected");
        CallLoad.until("one is rejected", () -> "603 Decline".equals(calls.latest("rejected", "1 INVITE")));
        gateway.hurry();
        gateway.close();

        Map<String, JsonNode> lines = new HashMap<>();
        for (String line : lines(".json")) {
            JsonNode detail = new ObjectMapper().readTree(line);
            lines.put(detail.path("callId").asText(), detail);
        }
        assertEquals(2, lines.size());
        JsonNode answered = lines.get("answered");
        assertEquals("pass", answered.path("verdict").asText());
        assertEquals(200, answered.path("status").asInt());
        assertEquals("callee", answered.path("answeredBy").asText());
        assertTrue(answered.path("settle").asBoolean());
        assertEquals("+4420******67", answered.path("caller").asText());
        assertEquals("+7717*****55", answered.path("callee").asText());
        assertFalse(answered.path("ended").isNull());
        JsonNode rejected = lines.get("rejected");
        assertEquals("reject", rejected.path("verdict").asText());
        assertEquals("D10", rejected.path("rule").asText());
        assertEquals("17/2026", rejected.path("order").asText());
        assertEquals("gateway", rejected.path("endedBy").asText());
        assertFalse(rejected.path("settle").asBoolean());
        assertFalse(rejected.path("record").asText().isEmpty());
        assertTrue(rejected.path("answered").isNull());

        List<String> csv = lines(".csv");
        assertEquals(3, csv.size());
        assertTrue(csv.get(0).startsWith("node,callId,trunk,source,setup,"), csv.get(0));
        assertEquals(csv.get(0).split(",", -1).length, csv.get(2).split(",", -1).length);
    }

    @Test
    void theMirrorShowsEveryPacketAndTheVerdictUnderTheCallId() throws Exception {
        calls.call("seen");
        CallLoad.until("the call ends", () -> calls.completed() == 1);
        List<String> starts = new ArrayList<>();
        JsonNode verdict = null;
        while (starts.size() < 10 || verdict == null) {
            HepText packet = receive();
            assertEquals("seen", packet.text(17));
            assertEquals(2001, packet.number(12));
            assertEquals("gw-1", packet.text(19));
            if (packet.number(11) == 100) {
                verdict = new ObjectMapper().readTree(packet.chunks.get(15));
            } else {
                assertEquals(1, packet.number(11));
                assertEquals(17, packet.number(2));
                String sip = packet.text(15);
                starts.add(sip.substring(0, sip.indexOf(' ', 8)));
                assertTrue(packet.number(7) == gatewayPort() || packet.number(8) == gatewayPort());
            }
        }
        assertEquals("pass", verdict.path("verdict").asText());
        assertEquals("transit-a", verdict.path("trunk").asText());
        // INVITE, 200, ACK, BYE, 200 as they come and as they leave, and the 100.
        assertEquals(
                2, starts.stream().filter(start -> start.startsWith("INVITE")).count());
    }

    private int gatewayPort() {
        return gateway.sipAddresses().get(0).getPort();
    }

    private HepText receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        homer.receive(packet);
        return new HepText(packet.getData(), packet.getLength());
    }

    private List<String> lines(String suffix) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("cdr"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(suffix)).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private PrometheusText scrape() {
        try {
            return scraped();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private PrometheusText scraped() throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + gateway.adminAddress().getPort() + "/metrics"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        return new PrometheusText(response.body());
    }
}
