package org.anticall.ops.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.anticall.ops.acceptance.Await;

/**
 * Two gateways, the centre with its desk, PostgreSQL, two media relays, and a callee. The gateways enrol at the centre, as a
 * carrier has them do; their rules and records travel over mutual TLS.
 *
 * <pre>
 *   carriers ── wire ── gw-1, gw-2 ── wire ── callee, desk (ops), relays, phones
 *                           └── control ── ops ── control ── database
 * </pre>
 */
final class Site implements AutoCloseable {

    static final String PHONE = "101";
    static final String PHONE_PASSWORD = "operators-secret";
    private static final String DATABASE_PASSWORD = "databases-secret";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Enrols with the token it was given unless it has done so, then is the gateway. */
    private static final String ENROLS =
            """
            [ -e /var/lib/anticall/trust/centre.pem ] || /opt/anticall/entry gateway enrol --centre https://%s:8444 \
              --node "$ANTICALL_NODE" --into /var/lib/anticall/trust <"/etc/anticall/$ANTICALL_NODE.token" || exit
            exec /opt/anticall/entry gateway --config /etc/anticall/gateway.yaml
            """;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path work;
    final Subnet wire = opened(new Subnet());
    final Subnet control = opened(new Subnet());
    final SippParts sipp;
    final List<Part> gateways;
    final List<Part> relays;
    final Part ops;
    final Part database;
    private Part callee;

    /** Starts all of it and waits until every part is healthy; nothing is left running if that fails. */
    static Site start(Path work) throws Exception {
        Images images = Images.built();
        Site site = new Site(work, images);
        try {
            site.bringUp();
            return site;
        } catch (Exception | Error failed) {
            site.close();
            throw failed;
        }
    }

    /** Names of what is started; made before anything is, so that nothing is left behind where one cannot be made. */
    private record Images(String gateway, String ops, String postgres, String rtpengine, String sipp) {
        static Images built() throws IOException {
            return new Images(
                    Engine.build("gateway"),
                    Engine.build("ops"),
                    Engine.part("postgres"),
                    Engine.part("rtpengine"),
                    Engine.part("sipp"));
        }
    }

    private Site(Path work, Images images) {
        this.work = work;
        sipp = new SippParts(images.sipp(), work, wire);
        gateways = List.of(gateway("gw-1", images.gateway()), gateway("gw-2", images.gateway()));
        relays = List.of(relay("relay-1", images.rtpengine()), relay("relay-2", images.rtpengine()));
        database = new Part("database", images.postgres(), control, control.address());
        ops = new Part("ops", images.ops(), wire, wire.address())
                .on(control, control.address())
                .hardened();
    }

    private Part gateway(String name, String image) {
        return new Part(name, image, wire, wire.address())
                .on(control, control.address())
                .hardened();
    }

    private Part relay(String name, String image) {
        String address = wire.address();
        Part relay = new Part(name, image, wire, address);
        relay.withCommand("--interface=" + address, "--listen-ng=" + address + ":22222", "--log-level=4");
        return relay;
    }

    private void bringUp() throws Exception {
        String calleeAddress = wire.address();
        database.withEnv(
                Map.of("POSTGRES_USER", "anticall", "POSTGRES_DB", "anticall", "POSTGRES_PASSWORD", DATABASE_PASSWORD));
        started(database);
        relays.forEach(this::started);
        callee = opened(sipp.callee(calleeAddress));
        awaitDatabase();
        writeOps(Files.createDirectory(work.resolve("ops")));
        started(ops.reading(work.resolve("ops"), "/etc/anticall"));
        ops.awaitHealth();
        writeGateway(Files.createDirectory(work.resolve("gateway")), calleeAddress);
        for (int i = 0; i < gateways.size(); i++) {
            String node = "gw-" + (i + 1);
            invite(node);
            gateways.get(i)
                    .withEnv(Map.of(
                            "ANTICALL_NODE",
                            node,
                            "ANTICALL_LISTEN",
                            "sip:@address:" + wire.prefix() + "@:5060;transport=udp"));
            started(gateways.get(i)
                    .reading(work.resolve("gateway"), "/etc/anticall")
                    .running("bash", "-c", ENROLS.formatted(ops.address(control))));
        }
        for (Part gateway : gateways) {
            gateway.awaitHealth();
        }
    }

    /** Its one-time token goes to where it alone reads it. */
    private void invite(String node) throws Exception {
        String said =
                ops.tells("/opt/anticall/anticall", "gateways", "invite", node, "--config", "/etc/anticall/ops.yaml");
        Path token = work.resolve("gateway").resolve(node + ".token");
        Files.writeString(token, said.substring(said.lastIndexOf('\n') + 1) + "\n");
        // The user of the container is another one than who runs the tests.
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private void writeOps(Path directory) throws IOException {
        Files.writeString(directory.resolve("records.token"), "records-token\n");
        Files.writeString(directory.resolve("database.password"), DATABASE_PASSWORD + "\n");
        Files.writeString(
                directory.resolve("ops.yaml"),
                """
                http: 127.0.0.1:8080
                gateways: {listen: "%s:8444", names: ["%s"]}
                state: /var/lib/anticall/ops
                database: jdbc:postgresql://%s/anticall
                database-user: anticall
                database-password-file: database.password
                records: {token-file: records.token}
                desk:
                  listen: sip:%s:5090;transport=udp
                  gateways: [%s]
                  answer-within: 4s
                  wrap-up: 0s
                  media: {relays: ["%s:22222", "%s:22222"]}
                  phones:
                    - {user: "%s", password: "%s"}
                """
                        .formatted(
                                ops.address(control),
                                ops.address(control),
                                database.address(control),
                                ops.address(wire),
                                wire.block(),
                                relays.get(0).address(wire),
                                relays.get(1).address(wire),
                                PHONE,
                                PHONE_PASSWORD));
    }

    private void writeGateway(Path directory, String callee) throws IOException {
        Files.writeString(
                directory.resolve("gateway.yaml"),
                """
                node: given-by-the-environment
                home: KZ
                listen: ["sip:127.0.0.1:5060;transport=udp"]
                admin: 127.0.0.1:9100
                trunks:
                  - {name: transit-a, class: international, peers: ["%s"], route: core, on-overload: pass}
                hops:
                  core: ["sip:%s:5080"]
                  desk: ["sip:%s:5090"]
                trust: /var/lib/anticall/trust
                rules: https://%s:8444/bundles
                rules-keys: [/var/lib/anticall/trust/centre.pem]
                rules-token-file: /var/lib/anticall/trust/records.token
                ops: {records: "https://%s:8444/records", token-file: /var/lib/anticall/trust/records.token}
                pass-sample: 0
                drain-for: 30s
                state: /var/lib/anticall/gateway
                """
                        .formatted(
                                wire.block(), callee, ops.address(wire), ops.address(control), ops.address(control)));
    }

    /** Puts right what a test that failed has left behind. */
    void mend() throws Exception {
        for (Part part : List.of(database, relays.get(0), relays.get(1), ops, gateways.get(0), gateways.get(1))) {
            part.mend();
        }
        awaitDatabase();
        ops.awaitHealth();
        for (Part gateway : gateways) {
            gateway.awaitHealth();
        }
    }

    void awaitDatabase() throws Exception {
        Await.until(
                "the database answers",
                PATIENCE,
                () -> database.execInContainer(
                                        "psql", "-h", "/tmp", "-U", "anticall", "-d", "anticall", "-c", "select 1")
                                .getExitCode()
                        == 0);
    }

    /** One number the database has. */
    long count(String query) throws Exception {
        return Long.parseLong(sql(query));
    }

    private String sql(String statement) throws Exception {
        return database.tells("psql", "-h", "/tmp", "-U", "anticall", "-d", "anticall", "-tAc", statement);
    }

    /** Publishes what is approved as the next revision, by the command and a token of an approver; tells its number. */
    long publish() throws Exception {
        String secret = "publishing-secret";
        sql(
                "insert into api_token (id, account, name, scopes, hash, created_at, expires_at) values ('site', 'approver',"
                        + " 'site', 'see-orders publish', encode(sha256('" + secret
                        + "'), 'hex'), now(), now() + interval '1 day')"
                        + " on conflict do nothing");
        ops.tells(
                "bash",
                "-c",
                "ANTICALL_TOKEN=act_site_" + secret + " /opt/anticall/anticall bundles publish --why 'a test'");
        return count("select max(revision) from revision");
    }

    /** Records of calls that did not reach the citizen as they came. */
    long interceptions() throws Exception {
        return count("select count(*) from record where verdict in ('divert', 'reject')");
    }

    /** Waits until so many records of interceptions are in the database. */
    void awaitRecords(long records) throws Exception {
        long[] there = new long[1];
        try {
            Await.until("all records arrive", PATIENCE, () -> {
                there[0] = interceptions();
                return there[0] >= records;
            });
        } catch (AssertionError late) {
            throw new AssertionError(there[0] + " records of " + records + "\n" + logs(), late);
        }
        if (there[0] != records) {
            throw new AssertionError("expected " + records + " records, but there are " + there[0]);
        }
    }

    /** The last of what callee, gateways and centre have said. */
    String logs() {
        StringBuilder text = new StringBuilder();
        for (Part part : List.of(callee, gateways.get(0), gateways.get(1), ops)) {
            String log = part.getLogs();
            // Of a callee the first mishap tells most.
            int from = part.equals(callee) ? 0 : Math.max(0, log.length() - 3_000);
            text.append(log, from, Math.min(log.length(), from + 3_000)).append("\n---\n");
        }
        return text.toString();
    }

    private void started(Part part) {
        opened(part);
        part.start();
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
