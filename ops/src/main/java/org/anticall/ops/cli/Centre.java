package org.anticall.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A running centre that a command talks to, and how the command prints what it says. Every refusal of the centre is one
 * sentence and an exit status: 1 if somebody or something else was first, 2 else.
 */
final class Centre {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WITHIN = Duration.ofSeconds(30);

    /** A million numbers on a slow line, and until they are stored. */
    private static final Duration WITHIN_UPLOAD = Duration.ofMinutes(30);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec command;

    @Option(
            names = "--centre",
            paramLabel = "URL",
            defaultValue = "${ANTICALL_CENTRE:-http://127.0.0.1:8080}",
            description = "The centre (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // has a default
    private String url;

    @Mixin
    private final TokenOption token = new TokenOption();

    @Mixin
    private final TrustOption trust = new TrustOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, ObjectNode body) {
        return send("POST", path, body);
    }

    JsonNode put(String path, ObjectNode body) {
        return send("PUT", path, body);
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null);
    }

    /**
     * Sends a file and tells on the terminal how far it is.
     *
     * @param type its content type
     */
    JsonNode upload(String path, Path file, String type) {
        PrintWriter terminal = command.commandLine().getErr();
        try (Upload upload = new Upload(file, terminal)) {
            return send("POST", path, type, upload.publisher(), WITHIN_UPLOAD);
        } catch (IOException unreadable) {
            throw CommandFailure.usage(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** An empty JSON object to fill. */
    static ObjectNode body() {
        return JSON.createObjectNode();
    }

    /** A body for a step of the thing at {@code path}: with the version it has now. */
    ObjectNode bodyFor(String path) {
        return body().put("version", versionOf(path));
    }

    /** The version of the thing at {@code path}, which a change must name. */
    long versionOf(String path) {
        return get(path).path("version").asLong();
    }

    /** The JSON object that a file holds. */
    static ObjectNode body(Path file) {
        try {
            if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return object;
            }
            throw CommandFailure.usage(file + ": expected a JSON object");
        } catch (JsonProcessingException notJson) {
            throw CommandFailure.usage(file + ": expected a JSON object: " + notJson.getOriginalMessage());
        } catch (IOException unreadable) {
            throw CommandFailure.usage(file + " cannot be read");
        }
    }

    /** A value of a query string. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Prints an answer as it came, or in lines for people. */
    int tell(JsonNode answer, Function<JsonNode, Stream<String>> lines) {
        PrintWriter out = command.commandLine().getOut();
        if (output.isJson()) {
            out.println(answer);
        } else {
            lines.apply(answer).forEach(out::println);
        }
        out.flush();
        return ExitStatus.WELL;
    }

    /** The elements of an array. */
    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body) {
        return send(
                method,
                path,
                "application/json",
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString()),
                WITHIN);
    }

    private JsonNode send(String method, String path, String type, HttpRequest.BodyPublisher body, Duration within) {
        String shown = token.token();
        if (shown == null) {
            throw CommandFailure.usage("ANTICALL_TOKEN is not set; POST /api/tokens makes tokens");
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + path))
                    .timeout(within)
                    .header("Authorization", "Bearer " + shown)
                    .header("Content-Type", type)
                    .method(method, body)
                    .build();
            HttpResponse<String> answer = trust.client(WITHIN).send(request, HttpResponse.BodyHandlers.ofString());
            return read(answer);
        } catch (SSLException unknown) {
            throw CommandFailure.usage(
                    url + " is not believed: " + unknown.getMessage() + "; --trust names whom to believe");
        } catch (IOException | IllegalArgumentException unreachable) {
            throw CommandFailure.usage(url + " does not answer: " + unreachable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.usage("interrupted");
        }
    }

    private static JsonNode read(HttpResponse<String> answer) throws JsonProcessingException {
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
                                    : line(problem) + problem.path("field").asText() + ": '"
                                            + problem.path("value").asText() + "', expected "
                                            + problem.path("expected").asText());
        }
        throw answer.statusCode() == 409
                ? CommandFailure.notWell(sentence.toString())
                : CommandFailure.usage(sentence.toString());
    }

    /** Where in a file the problem is, if it is in one. */
    private static String line(JsonNode problem) {
        return problem.has("line") ? "line " + problem.path("line").asText() + ": " : "";
    }
}
