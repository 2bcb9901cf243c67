package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust between gateway and centre as a carrier sets it up: invite, enrol, run; and what happens to those who did not. */
class EnrolmentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String RECORDS_TOKEN = "token-that-nobody-may-see";

    @TempDir
    Path directory;

    private final int console = free();
    private final int centreAdmin = free();
    private final int door = free();
    private final int gatewayAdmin = free();

    @Test
    void aGatewayEnrolsOnceAndIsBelievedByItsCertificateFromThenOn() throws Exception {
        writeConfigurations();
        try (Launched ops = anticall("ops.log", "ops", "--config", file("ops.yaml"))) {
            Await.until("the centre is up", PATIENCE, () -> Http.status(centre("/readyz")) == 200);
            String token = invite("gw-1");

            assertEquals(0, enrol("enrol.log", "gw-1", token), () -> read("enrol.log"));
            assertEquals(1, enrol("again.log", "gw-1", token), "a token is good once");
            assertTrue(read("again.log").contains("used"), () -> read("again.log"));
            assertEquals(1, enrol("other.log", "gw-2", invite("gw-1")), "a token is good for one gateway");

            try (Launched gateway = anticall("gateway.log", "gateway", "--config", file("gateway.yaml"))) {
                Await.until("the gateway enforces the centre's revision", PATIENCE, () -> Http.body(centre("/metrics"))
                        .contains("anticall_centre_gateways{state=\"current\"} 1"));
                assertEquals(0, enrol("next.log", "gw-1", invite("gw-1")), "another key while it runs");
                double polls = Http.metric(admin("/metrics"), "anticall_bundle_poll_failures_total");
                Await.until("it is heard with the new key", PATIENCE, () -> Http.body(centre("/metrics"))
                        .contains("anticall_centre_gateways{state=\"current\"} 1"));
                assertEquals(polls, Http.metric(admin("/metrics"), "anticall_bundle_poll_failures_total"));

                strangersAreKeptOut();
                secretsStaySecret(token, List.of(ops.process(), gateway.process()));
            }
        }
        keysAreForTheirOwnerOnly();
    }

    private void strangersAreKeptOut() throws Exception {
        HttpClient stranger = believing(directory.resolve("trust/authority.pem"));
        HttpRequest bundles = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + door + "/bundles"))
                .header("Authorization", "Bearer " + RECORDS_TOKEN)
                .build();
        assertEquals(
                403,
                stranger.send(bundles, HttpResponse.BodyHandlers.discarding()).statusCode());
        HttpResponse<String> page = stranger.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + console + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, page.statusCode());
        assertEquals(
                "max-age=31536000",
                page.headers().firstValue("Strict-Transport-Security").orElse("none"));
        HttpRequest there = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + console + "/bundles"))
                .header("Authorization", "Bearer " + RECORDS_TOKEN)
                .build();
        assertEquals(
                404,
                stranger.send(there, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    /** The one-time token, the token for records and every key of either side stand in no log, process list or page of a part. */
    private void secretsStaySecret(String token, List<Process> processes) throws Exception {
        List<String> secrets =
                new ArrayList<>(List.of(token.substring(0, token.indexOf('.')), RECORDS_TOKEN, "PRIVATE KEY"));
        for (Path key : keys()) {
            Files.readAllLines(key).stream().filter(line -> line.length() >= 24).forEach(secrets::add);
        }
        Map<String, String> told = new TreeMap<>();
        for (Process process : processes) {
            for (String about : List.of("cmdline", "environ")) {
                Path file = Path.of("/proc/" + process.pid() + "/" + about);
                told.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        for (String log : List.of("ops.log", "gateway.log", "enrol.log", "again.log", "other.log", "next.log")) {
            told.put(log, read(log));
        }
        for (String page : List.of(centre("/metrics"), centre("/healthz"), admin("/metrics"), admin("/status"))) {
            told.put(page, Http.body(page));
        }
        assertTrue(secrets.size() > 20, "keys were found");
        told.forEach((where, text) -> {
            assertFalse(text.isEmpty(), where);
            assertTrue(secrets.stream().noneMatch(text::contains), () -> where + " tells a secret:\n" + text);
        });
    }

    /** Files with keys of centre and gateway, all but the public half of the bundles' key. */
    private List<Path> keys() throws IOException {
        List<Path> keys = new ArrayList<>();
        for (Path place : List.of(directory.resolve("state/ops/keys"), directory.resolve("trust"))) {
            try (Stream<Path> files = Files.walk(place)) {
                files.filter(Files::isRegularFile)
                        .filter(each -> !each.endsWith("bundle.pem"))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private void keysAreForTheirOwnerOnly() throws IOException {
        for (Path file : keys()) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file::toString);
            Path place = file.getParent();
            assertEquals(
                    "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place)), place::toString);
        }
    }

    private void writeConfigurations() throws IOException {
        Files.writeString(directory.resolve("records.token"), RECORDS_TOKEN + "\n");
        Files.writeString(
                directory.resolve("ops.yaml"),
                """
                http: 127.0.0.1:%d
                admin: 127.0.0.1:%d
                state: state/ops
                tls: {generated-for: ["127.0.0.1"]}
                gateways: {listen: "127.0.0.1:%d", names: ["127.0.0.1", centre.example]}
                records: {token-file: records.token}
                """
                        .formatted(console, centreAdmin, door));
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
                trust: trust
                rules: https://127.0.0.1:%d/bundles
                rules-keys: [trust/centre.pem]
                rules-token-file: trust/records.token
                ops: {records: "https://127.0.0.1:%d/records", token-file: trust/records.token}
                journal: {segment: 1MiB, keep-free: 1MiB}
                state: state/gw
                """
                        .formatted(free(), gatewayAdmin, free(), free(), door, door));
    }

    private String invite(String node) throws Exception {
        Launched invite = anticall("invite.log", "gateways", "invite", node, "--config", file("ops.yaml"));
        assertEquals(0, ended(invite), () -> read("invite.log"));
        String token = read("invite.log").lines().reduce((first, last) -> last).orElseThrow();
        Files.delete(directory.resolve("invite.log"));
        return token;
    }

    private int enrol(String log, String node, String token) throws Exception {
        Files.writeString(directory.resolve("one-time"), token);
        List<String> command = new ArrayList<>(List.of("gateway", "enrol", "--centre", "https://127.0.0.1:" + door));
        command.addAll(List.of("--node", node, "--into", file("trust"), "--token-file", file("one-time")));
        return ended(anticall(log, command.toArray(String[]::new)));
    }

    private Launched anticall(String log, String... arguments) throws IOException {
        return Launched.anticall(directory.resolve(log), arguments);
    }

    private static int ended(Launched command) throws InterruptedException {
        assertTrue(command.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "did not end");
        return command.process().exitValue();
    }

    private static HttpClient believing(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private String centre(String path) {
        return "http://127.0.0.1:" + centreAdmin + path;
    }

    private String admin(String path) {
        return "http://127.0.0.1:" + gatewayAdmin + path;
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException missing) {
            return "no " + name;
        }
    }

    private static int free() {
        try {
            return Ports.free();
        } catch (IOException none) {
            throw new java.io.UncheckedIOException(none);
        }
    }
}
