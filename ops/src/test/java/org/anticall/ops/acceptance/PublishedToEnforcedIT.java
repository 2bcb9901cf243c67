package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.publish.ManyOrders;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real gateways and a centre: what is published is enforced everywhere, and the roster tells how long it took. */
class PublishedToEnforcedIT {

    private static final int GATEWAYS = 3;

    /** {@code -Drevisions=200} measures; the usual few show that it works. */
    private static final int REVISIONS = Integer.getInteger("revisions", 20);

    /** {@code -Dorders=100000} measures; each revision changes one of them. */
    private static final int ORDERS = Integer.getInteger("orders", 1_200);

    private static final Pattern BYTES = Pattern.compile("bundle is in force .*bytes=\"(\\d+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private String cookie = "";
    private String csrf = "";

    @Test
    void whatIsPublishedIsEnforcedByEveryGatewayAndTakenBackByOneCommand() throws Exception {
        List<Launched> gateways = new ArrayList<>();
        try (RunningCentre centre = new RunningCentre(directory.resolve("centre"));
                Database database = Database.open(directory.resolve("centre"), null)) {
            long person = database.people().all().get(0).id();
            ManyOrders.approve(database, ORDERS, person);
            signIn(centre, "approver");
            ask(centre, "POST", "/api/revisions", "{\"revision\":2,\"why\":\"all orders\"}");
            for (int i = 1; i <= GATEWAYS; i++) {
                gateways.add(gateway(centre, i));
            }
            awaitEnforced(centre, 2);
            List<Long> millis = new ArrayList<>();
            for (int revision = 3; revision <= REVISIONS; revision++) {
                ManyOrders.change(database, ORDERS / 2, person);
                ask(centre, "POST", "/api/revisions", "{\"revision\":" + revision + ",\"why\":\"measured\"}");
                millis.addAll(awaitEnforced(centre, revision));
            }
            ask(centre, "POST", "/api/revisions/rollback", "{\"to\":2,\"why\":\"back again\"}");
            awaitEnforced(centre, REVISIONS + 1);

            for (Launched gateway : gateways) {
                String log = gateway.output();
                List<Integer> sizes = BYTES.matcher(log)
                        .results()
                        .map(size -> Integer.valueOf(size.group(1)))
                        .toList();
                assertTrue(sizes.size() >= REVISIONS, log);
                int whole = sizes.get(0);
                assertTrue(sizes.stream().skip(1).allMatch(change -> change < whole / 2), sizes::toString);
            }
            Collections.sort(millis);
            System.out.printf(
                    "published to enforced, %d gateways, %d orders, %d revisions: median %d ms, p99 %d ms, most %d ms%n",
                    GATEWAYS,
                    ORDERS,
                    REVISIONS - 2,
                    millis.get(millis.size() / 2),
                    millis.get((millis.size() * 99 + 99) / 100 - 1),
                    millis.get(millis.size() - 1));
            assertEquals(GATEWAYS * (REVISIONS - 2), millis.size());
        } finally {
            gateways.forEach(Launched::close);
        }
    }

    /** Waits until every gateway enforces the revision, and tells how long each took by the centre's clock. */
    private List<Long> awaitEnforced(RunningCentre centre, long revision) throws Exception {
        signIn(centre, "approver");
        List<Long> millis = new ArrayList<>();
        Await.until("revision " + revision + " enforced", Duration.ofSeconds(40), () -> {
            millis.clear();
            for (JsonNode each : ask(centre, "GET", "/api/gateways", "").path("gateways")) {
                if (each.path("revision").asLong() == revision) {
                    millis.add(each.path("afterMillis").asLong());
                }
            }
            return millis.size() == GATEWAYS;
        });
        return millis;
    }

    private Launched gateway(RunningCentre centre, int number) throws Exception {
        Path home = Files.createDirectories(directory.resolve("gw-" + number));
        Files.writeString(home.resolve("token"), RunningCentre.TOKEN + "\n");
        Files.writeString(
                home.resolve("gateway.yaml"),
                """
                node: gw-%d
                home: KZ
                listen: ["sip:127.0.0.1:%d;transport=udp"]
                admin: 127.0.0.1:%d
                trunks:
                  - {name: transit-a, class: international, peers: [127.0.0.0/8], route: core}
                hops:
                  core: ["sip:127.0.0.1:%d"]
                  desk: ["sip:127.0.0.1:%d"]
                rules: %s
                rules-keys: ["%s"]
                rules-token-file: token
                journal: {segment: 1MiB, keep-free: 1MiB}
                state: state
                """
                        .formatted(
                                number,
                                Ports.free(),
                                Ports.free(),
                                Ports.free(),
                                Ports.free(),
                                centre.uri("/bundles"),
                                directory.resolve("centre/keys/bundle.pem")));
        return Launched.anticall(
                home.resolve("log"),
                "gateway",
                "--config",
                home.resolve("gateway.yaml").toString());
    }

    private void signIn(RunningCentre centre, String account) throws IOException, InterruptedException {
        if (cookie.isEmpty()) {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(centre.uri("/api/session"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + account + "\",\"password\":\""
                                    + centre.passwordOf(account) + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            csrf = JSON.readTree(answer.body()).path("csrf").asText();
        }
    }

    private JsonNode ask(RunningCentre centre, String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = centre.uri(path);
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("Cookie", cookie)
                        .header("X-CSRF-Token", csrf)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, uri + ": " + answer.body());
        return JSON.readTree(answer.body());
    }
}
