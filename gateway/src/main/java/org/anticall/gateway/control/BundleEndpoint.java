package org.anticall.gateway.control;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.trust.CentreClient;
import org.jspecify.annotations.Nullable;

/**
 * Where the centre hands out bundles: {@code GET} with {@code If-None-Match} and {@code Prefer: wait=25} (RFC 7240 §4.3)
 * answers 200 with a bundle, or 304 when there is none newer; {@code X-Anticall-Base: 12} says which revision's bundle is here,
 * for the centre to send only what has changed since; {@code POST …/reports} takes what became of it. Nothing that
 * comes from there is trusted. Used by one thread.
 */
final class BundleEndpoint {

    private static final Duration REPORT_WITHIN = Duration.ofSeconds(5);

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;

    private final RulesLocation.Bundles location;
    private final Duration wait;
    private final Duration answerWithin;
    private final int maxBytes;
    private final CentreClient client;

    /**
     * @param wait how long the centre may hold a request while there is nothing new
     * @param answerWithin how long an answer may take on top of that, its last byte included
     * @param maxBytes longest bundle that is read
     */
    BundleEndpoint(RulesLocation.Bundles location, Duration wait, Duration answerWithin, int maxBytes) {
        this.location = location;
        this.client = new CentreClient(location.trust());
        this.wait = wait;
        this.answerWithin = answerWithin;
        this.maxBytes = maxBytes;
    }

    /**
     * A bundle as it came.
     *
     * @param tag the ETag without quotes, empty if there was none
     */
    record Fetched(String tag, byte[] bundle) {}

    /**
     * Asks for a bundle other than the one with {@code tag}; empty for any.
     *
     * @param held revision whose bundle is here, so that the answer may be a change of that one; 0 for none
     * @return null if there is none
     * @throws IOException if the centre cannot be asked, with one sentence
     */
    @Nullable
    Fetched fetch(String tag, long held) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(location.address()).header("Accept", "application/octet-stream");
        if (!tag.isEmpty()) {
            request.header("If-None-Match", '"' + tag + '"').header("Prefer", "wait=" + wait.toSeconds());
        }
        if (held > 0) {
            request.header("X-Anticall-Base", Long.toString(held));
        }
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == NOT_MODIFIED) {
            return null;
        }
        if (response.statusCode() != OK) {
            throw new IOException(location.address() + " answered " + response.statusCode() + ", expected 200 or 304"
                    + (response.statusCode() == UNAUTHORIZED ? ": the token is not the one the centre has" : ""));
        }
        String etag = response.headers().firstValue("ETag").orElse("");
        return new Fetched(etag.replace("W/", "").replace("\"", ""), response.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.http().sendAsync(request, BoundedBody.of(maxBytes));
        try {
            return answer.get(wait.plus(answerWithin).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("no complete answer from " + location.address() + " in time", late);
        } catch (ExecutionException failed) {
            throw new IOException("no answer from " + location.address() + ": " + reason(failed.getCause()), failed);
        }
    }

    /**
     * Tells the centre what became of a bundle; does not wait for its answer.
     *
     * @param done takes whether the centre took it, on a thread of the client's
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends in done
    void report(String json, Consumer<Boolean> done) throws IOException {
        URI reports = URI.create(location.address().toString().replaceAll("/+$", "") + "/reports");
        HttpRequest request = request(reports)
                .timeout(REPORT_WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        client.http()
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> done.accept(failure == null && response.statusCode() / 100 == 2));
    }

    private HttpRequest.Builder request(URI address) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        Path tokenFile = location.tokenFile();
        if (tokenFile != null) {
            request.header(
                    "Authorization", "Bearer " + Files.readString(tokenFile).trim());
        }
        return request;
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "unknown";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
