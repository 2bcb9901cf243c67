package org.anticall.gateway.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.BundleSigner;
import org.anticall.rules.bundle.SigningKeys;

/** A centre that hands out bundles over real HTTP as it is told to, and keeps what gateways report. */
final class BundleCentre implements AutoCloseable {

    static final String TOKEN = "secret-of-gw-1";

    final KeyPair keys = SigningKeys.generate();
    final LinkedBlockingQueue<JsonNode> reports = new LinkedBlockingQueue<>();

    /** Lengths of the bundles handed out. */
    final LinkedBlockingQueue<Integer> handedOut = new LinkedBlockingQueue<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer http;
    private String tag = "";
    private byte[] body = new byte[0];
    private String base = "";
    private byte[] change = new byte[0];
    private boolean stalls;

    BundleCentre() throws IOException {
        open(0);
        port = http.getAddress().getPort();
    }

    private void open(int at) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 16);
        http.setExecutor(threads);
        http.createContext("/bundles", this::serve);
        http.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/bundles");
    }

    /** Goes away; connections are refused from now on. */
    void die() {
        http.stop(0);
    }

    void comeBack() throws IOException {
        open(port);
    }

    /** A signed bundle of one rule that rejects all calls from abroad. */
    byte[] bundle(int revision) {
        return bundle(revision, "KZ", keys, Instant.now().plus(1, ChronoUnit.DAYS));
    }

    static byte[] bundle(int revision, String home, KeyPair keys, Instant expires) {
        return bundle(revision, home, keys, expires, "reject");
    }

    static byte[] bundle(int revision, String home, KeyPair keys, Instant expires, String action) {
        String rules =
                """
                home: %s
                revision: %d
                legal-basis: {type: prosecutor-order, document: "17/2026", date: 2026-11-01, office: Prosecutor of Astana}
                rules:
                  - id: D10
                    stage: deterministic
                    priority: 10
                    title: {en: Numbers from abroad}
                    when: {trunk: international, caller: {kind: e164}}
                    then: %s
                    reason: {en: A test.}
                """
                        .formatted(home, revision, action);
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put("rules.yaml", rules.getBytes(StandardCharsets.UTF_8));
        Instant created = Instant.now().minus(2, ChronoUnit.DAYS);
        return new BundleSigner(keys).sign(BundleContents.of(home, revision, revision - 1, created, expires, parts));
    }

    /** Hands this out under that tag from now on; whoever waits gets it at once. */
    synchronized void publish(int revision, byte[] bundle) {
        publish(revision, bundle, 0, new byte[0]);
    }

    /** The same, with what goes to those who hold the revision {@code held}. */
    synchronized void publish(int revision, byte[] bundle, int held, byte[] changeOfHeld) {
        base = Integer.toString(held);
        change = changeOfHeld;
        tag = Integer.toString(revision);
        body = bundle;
        stalls = false;
        notifyAll();
    }

    /** Begins an answer from now on and never ends it. */
    synchronized void stall() {
        stalls = true;
        tag = "stalled";
        notifyAll();
    }

    /** The next report with that state; others before it are let go. */
    JsonNode awaitReport(String state, long revision) throws InterruptedException {
        while (true) {
            JsonNode report = reports.poll(20, TimeUnit.SECONDS);
            if (report == null) {
                throw new AssertionError("no report that revision " + revision + " is " + state);
            }
            if (report.path("state").asText().equals(state)
                    && report.path("revision").asLong() == revision) {
                return report;
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
            } else if (exchange.getRequestMethod().equals("POST")) {
                reports.add(new ObjectMapper().readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(204, -1);
            } else {
                hand(exchange);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void hand(HttpExchange exchange) throws IOException, InterruptedException {
        String known = exchange.getRequestHeaders().getFirst("If-None-Match");
        String prefer = exchange.getRequestHeaders().getFirst("Prefer");
        long until = System.nanoTime()
                + TimeUnit.SECONDS.toNanos(prefer == null ? 0 : Long.parseLong(prefer.substring("wait=".length())));
        while ((tag.isEmpty() || ('"' + tag + '"').equals(known)) && System.nanoTime() < until) {
            wait(50);
        }
        if (tag.isEmpty() || ('"' + tag + '"').equals(known)) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        byte[] answer = base.equals(exchange.getRequestHeaders().getFirst("X-Anticall-Base")) ? change : body;
        exchange.getResponseHeaders().set("ETag", '"' + tag + '"');
        exchange.sendResponseHeaders(200, stalls ? 1000 : answer.length == 0 ? -1 : answer.length);
        if (stalls) {
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            while (stalls) {
                wait(50);
            }
        } else {
            handedOut.add(answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
