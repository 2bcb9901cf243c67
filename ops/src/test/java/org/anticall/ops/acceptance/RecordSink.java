package org.anticall.ops.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks the centre's side of the records protocol and keeps what it was sent. */
final class RecordSink implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, JsonNode> recordsById = new ConcurrentHashMap<>();

    RecordSink(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.createContext("/records", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int stored = 0;
        int duplicates = 0;
        for (String line : body.lines().filter(text -> !text.isBlank()).toList()) {
            JsonNode record = JSON.readTree(line);
            if (recordsById.put(record.get("id").asText(), record) == null) {
                stored++;
            } else {
                duplicates++;
            }
        }
        byte[] answer = "{\"stored\":%d,\"duplicates\":%d}"
                .formatted(stored, duplicates)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    Map<String, JsonNode> recordsById() {
        return recordsById;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
