package org.anticall.ops.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One gateway and one centre with configurations as a carrier would write them, on ports of their own. */
final class Installation {

    static final String PHONE = "101";
    static final String PHONE_PASSWORD = "operators-secret";

    final Path directory;
    final int sip = Ports.free();
    final int admin = Ports.free();
    final int core = Ports.free();
    final int desk = Ports.free();
    final int http = Ports.free();

    private Installation(Path directory) throws IOException {
        this.directory = directory;
    }

    /** Writes both configurations; nothing runs yet. The one roamer is {@code +77015550001}, in Türkiye. */
    static Installation in(Path directory) throws IOException {
        Installation installation = new Installation(directory);
        Files.writeString(directory.resolve("token"), "records-token\n");
        Files.writeString(directory.resolve("roamers.csv"), "+77015550001;TR\n");
        installation.writeGateway("http://127.0.0.1:" + installation.http + "/records", true);
        installation.writeOps();
        return installation;
    }

    void writeGateway(String recordsUrl, boolean roamersKnown) throws IOException {
        Files.writeString(
                gatewayConfig(),
                """
                node: gw-test
                home: KZ
                listen:
                  - sip:127.0.0.1:%d;transport=udp
                admin: 127.0.0.1:%d
                trunks:
                  - name: transit-a
                    class: international
                    peers: [127.0.0.0/8]
                    route: core
                    on-overload: pass
                hops:
                  core: ["sip:127.0.0.1:%d"]
                  desk: ["sip:127.0.0.1:%d"]
                rules: reference
                %s
                ops: {records: "%s", token-file: token}
                state: state/gw
                """
                        .formatted(
                                sip,
                                admin,
                                core,
                                desk,
                                roamersKnown ? "roaming: {out-roamers: \"file:roamers.csv\"}" : "",
                                recordsUrl));
    }

    private void writeOps() throws IOException {
        Files.writeString(
                directory.resolve("ops.yaml"),
                """
                http: 127.0.0.1:%d
                state: state/ops
                records: {token-file: token}
                desk:
                  listen: sip:127.0.0.1:%d;transport=udp
                  gateways: [127.0.0.0/8]
                  realm: anticall
                  answer-within: 4s
                  phones:
                    - {user: "%s", password: "%s"}
                """
                        .formatted(http, desk, PHONE, PHONE_PASSWORD));
    }

    Path gatewayConfig() {
        return directory.resolve("gateway.yaml");
    }

    String gatewayAddress() {
        return "127.0.0.1:" + sip;
    }

    Launched startGateway() throws Exception {
        Path log = Files.createTempFile(directory, "gateway", ".log");
        Launched gateway =
                Launched.anticall(log, "gateway", "--config", gatewayConfig().toString());
        gateway.awaitOutput("gw-test listens on");
        return gateway;
    }

    Launched startOps() throws Exception {
        Path log = Files.createTempFile(directory, "ops", ".log");
        Launched ops = Launched.anticall(
                log, "ops", "--config", directory.resolve("ops.yaml").toString());
        Await.until("console answers", java.time.Duration.ofSeconds(60), () -> {
            if (!ops.process().isAlive()) {
                throw new AssertionError("ops ended:\n" + ops.output());
            }
            return Http.status("http://127.0.0.1:" + http + "/healthz") == 200;
        });
        return ops;
    }

    /** The same call {@code count} times, from consecutive numbers beginning at {@code caller}. */
    static List<String> calls(long caller, String callee, int count) {
        return java.util.stream.LongStream.range(caller, caller + count)
                .mapToObj(number -> "+" + number + ";" + callee)
                .toList();
    }
}
