package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.anticall.gateway.config.ConfigFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway without what stands around it: calls pass, the alarm says why. And the switch that makes them pass. */
@Timeout(180)
class NeighboursGoneTest {

    private static final String ANSWERED = "200 OK";
    private static final String DECLINED = "603 Decline";

    @TempDir
    Path directory;

    private final CallLoad calls = new CallLoad();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
    private int placed;
    private int answered;

    @AfterEach
    void end() {
        calls.close();
    }

    @Test
    void withoutCentreDeskAndOracleCallsPassAndAlarmsRise() throws Exception {
        // Nobody listens at port 9. The table of fraud numbers sends the last caller to the desk.
        Path file = write(
                """
                rules: reference
                roaming: {lookup: {url: "http://127.0.0.1:9/device-roaming-status/v1", failures: 1, rest: 10min}}
                ops: {records: "http://127.0.0.1:9/records"}
                """);
        try (GatewayProcess gateway = start(file, Map.of())) {
            assertEquals(ANSWERED, callFrom("+442071234567"));
            String before = health(gateway);
            assertFalse(before.contains("roaming: ") || before.contains("next hop"), before);

            missed(gateway, "+77011234567", "roaming: ");
            missed(gateway, "+77011234567", "records wait on disk: ");
            missed(gateway, "+447700900123", "next hop desk");
            assertEquals(ANSWERED, callFrom("+442071234567"));
            CallLoad.until("all have ended", () -> calls.completed() == answered);
        }
    }

    /** Calls of that number pass, and sooner or later the alarm says what is missing: on a machine that stalls, later. */
    private void missed(GatewayProcess gateway, String number, String alarm) {
        until(alarm, () -> {
            assertEquals(ANSWERED, callFrom(number));
            return health(gateway).contains(alarm);
        });
    }

    @Test
    void aFullDiskLetsCallsPassUntilThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
        assumeTrue(mounted, "SKIPPED: no permission to mount a small disk, so a full one is not tested");
        Path file = write("rules: file:rules.yaml");
        try (GatewayProcess gateway =
                start(file, Map.of("ANTICALL_STATE", disk.resolve("state").toString()))) {
            untilDeclined();
            Path ballast = fill(disk.resolve("ballast"));
            until("the disk is the reason", () -> {
                for (int i = 0; i < 10; i++) {
                    callFrom("+77172700000");
                }
                String health = health(gateway);
                return health.contains("journal: ")
                        && health.contains(
                                "passed unjudged within the last minute: the decision record was not accepted");
            });
            assertEquals(ANSWERED, callFrom("+77172700000"), "no record, no interception");
            Files.delete(ballast);
            untilDeclined();
            until("the journal is well", () -> !health(gateway).contains("journal: "));
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void bypassLetsCallsOfOneTrunkPassOrOfAll() throws Exception {
        Path file = write("rules: file:rules.yaml");
        try (GatewayProcess gateway = start(file, Map.of())) {
            untilDeclined();
            post(gateway, "/bypass?state=on&trunk=transit-b");
            untilDeclined();
            post(gateway, "/bypass?state=on&trunk=transit-a");
            assertEquals(ANSWERED, callFrom("+77172700000"));
            post(gateway, "/bypass?state=off&trunk=transit-a");
            untilDeclined();
            post(gateway, "/bypass?state=on");
            assertEquals(ANSWERED, callFrom("+77172700000"));
            post(gateway, "/bypass?state=off");
            untilDeclined();
            CallLoad.until("those answered have ended", () -> calls.completed() == answered);
        }
    }

    /** A call that should be declined is; a machine that stalls may let some pass before, late verdicts being none. */
    private void untilDeclined() {
        until("declined", () -> callFrom("+77172700000").equals(DECLINED));
    }

    /** A gateway's file with these lines about rules and neighbours; it declines home landlines from a rule file. */
    private Path write(String more) throws IOException {
        Path file = TrialConfig.write(directory);
        String text = Files.readString(file)
                .replace("core: [\"sip:127.0.0.1:9\"]", "core: [\"" + calls.coreUri() + "\"]")
                .replace(
                        "route: core}",
                        "route: core}\n  - {name: transit-b, class: international, peers: [127.0.0.2],"
                                + " route: core}")
                .replace("rules: file:rules.yaml\n", more + "\n");
        Files.writeString(
                directory.resolve("rules.yaml"),
                TrialConfig.rules(3).replace("caller: {kind: e164}", "caller: {number: [\"+7*\"]}"));
        return Files.writeString(file, text);
    }

    private GatewayProcess start(Path file, Map<String, String> environment) throws Exception {
        GatewayProcess gateway =
                GatewayProcess.start(TrialConfig.read(file, environment), () -> ConfigFile.read(file, environment));
        calls.through(gateway.sipAddresses().get(0));
        return gateway;
    }

    /** What a call of that number becomes: the final response to its INVITE. */
    private String callFrom(String number) {
        String id = "call-" + ++placed;
        calls.callFrom(number, id);
        until("final response to " + id, () -> {
            String latest = calls.latest(id, "1 INVITE");
            return latest != null && !latest.startsWith("1");
        });
        String became = calls.latest(id, "1 INVITE");
        answered += ANSWERED.equals(became) ? 1 : 0;
        return became;
    }

    private static void until(String what, BooleanSupplier condition) {
        CallLoad.until(what, condition);
    }

    private String health(GatewayProcess gateway) {
        return send(HttpRequest.newBuilder(uri(gateway, "/healthz")).build());
    }

    private void post(GatewayProcess gateway, String path) {
        send(HttpRequest.newBuilder(uri(gateway, path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            return response.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static URI uri(GatewayProcess gateway, String path) {
        InetSocketAddress admin = gateway.adminAddress();
        return URI.create("http://127.0.0.1:" + admin.getPort() + path);
    }

    /** Writes until there is no more room. */
    private static Path fill(Path ballast) throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            return ballast;
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
    }
}
