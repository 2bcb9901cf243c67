package org.anticall.gateway.journal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** What ops does with records, as far as the gateway can tell: real HTTP, lines confirmed, refused, or neither. */
final class RecordsServer implements AutoCloseable {

    private final HttpServer http;
    private final List<String> received = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private volatile String refused = "";
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private volatile String authorization = "";
    private volatile String contentType = "";

    private RecordsServer(HttpServer http) {
        this.http = http;
    }

    static RecordsServer start(int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        RecordsServer server = new RecordsServer(http);
        http.createContext("/records", server::answer);
        http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    void answerOnce(int status) {
        failures.add(status);
    }

    void refuse(String line) {
        refused = line;
    }

    /** No answer leaves until the returned object is closed. */
    Held holdAnswers() {
        CountDownLatch latch = new CountDownLatch(1);
        hold = latch;
        return latch::countDown;
    }

    /** Answers held back. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    synchronized List<String> received() {
        return List.copyOf(received);
    }

    String authorization() {
        return authorization;
    }

    String contentType() {
        return contentType;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            contentType = exchange.getRequestHeaders().getFirst("Content-Type");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = store(body.lines().toList()).getBytes(StandardCharsets.UTF_8);
            hold.await();
            Integer failure = failures.poll();
            exchange.sendResponseHeaders(failure == null ? 200 : failure, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String store(List<String> lines) {
        int stored = 0;
        StringBuilder refusals = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            received.add(lines.get(i));
            if (lines.get(i).equals(refused)) {
                refusals.append("{\"line\":").append(i + 1).append(",\"error\":\"no record\"}");
            } else if (seen.add(lines.get(i))) {
                stored++;
            }
        }
        return "{\"stored\":" + stored + ",\"duplicates\":" + (lines.size() - stored) + ",\"refused\":[" + refusals
                + "]}";
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
