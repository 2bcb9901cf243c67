package org.anticall.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A running centre that a command talks to. Every refusal of the centre is one sentence and an exit status. */
final class CentreClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WITHIN = Duration.ofSeconds(30);

    @Option(
            names = "--centre",
            paramLabel = "URL",
            defaultValue = "${ANTICALL_CENTRE:-http://127.0.0.1:8080}",
            description = "The centre (default: ${DEFAULT-VALUE}); the token is read from ANTICALL_TOKEN.")
    @SuppressWarnings("NullAway.Init") // has a default
    private String centre;

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, ObjectNode body) {
        return send("POST", path, body);
    }

    /** An empty JSON object to fill. */
    static ObjectNode body() {
        return JSON.createObjectNode();
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body) {
        String token = System.getenv("ANTICALL_TOKEN");
        if (token == null || token.isBlank()) {
            throw CommandFailure.usage("ANTICALL_TOKEN is not set; the console makes tokens under POST /api/tokens");
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(centre.replaceFirst("/+$", "") + path))
                    .timeout(WITHIN)
                    .header("Authorization", "Bearer " + token.strip())
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build();
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(WITHIN)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            return read(answer);
        } catch (IOException | IllegalArgumentException unreachable) {
            throw CommandFailure.usage(centre + " does not answer: " + unreachable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.usage("interrupted");
        }
    }

    private JsonNode read(HttpResponse<String> answer) throws JsonProcessingException {
        JsonNode body = JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        if (answer.statusCode() < 300) {
            return body;
        }
        StringBuilder sentence = new StringBuilder(body.path("message").asText("status " + answer.statusCode()));
        for (JsonNode problem : body.path("problems")) {
            sentence.append("\n  ")
                    .append(
                            problem.isTextual()
                                    ? problem.asText()
                                    : problem.path("field").asText() + ": '"
                                            + problem.path("value").asText() + "', expected "
                                            + problem.path("expected").asText());
        }
        throw answer.statusCode() == 409
                ? CommandFailure.notWell(sentence.toString())
                : CommandFailure.usage(sentence.toString());
    }
}
