package org.anticall.ops.simulate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** The gateway's admin endpoint, as far as the demo asks it: readiness and measurements. */
final class GatewayAdmin {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private final URI base;

    GatewayAdmin(int port) {
        base = URI.create("http://" + DemoPorts.HOST + ":" + port + "/");
    }

    /**
     * Asks until the gateway is ready.
     *
     * @throws DemoUnavailable if the process ends or {@code limit} passes before that
     */
    void awaitReady(GatewayProcess process, Duration limit) throws DemoUnavailable, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            process.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new DemoUnavailable("the gateway was not ready within " + limit.toSeconds()
                        + " s: see gateway.log in the state directory (kept with --keep)");
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** The measurements of now; empty text where the gateway does not answer. */
    Measurements measurements() throws InterruptedException {
        try {
            HttpResponse<String> response = get("metrics");
            return new Measurements(response.statusCode() == 200 ? response.body() : "");
        } catch (IOException e) {
            return new Measurements("");
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("readyz").statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_WITHIN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /**
     * One reading of {@code /metrics}.
     *
     * @param text in Prometheus' text format
     */
    record Measurements(String text) {

        /** The value of the sample written exactly like {@code sample}, such as {@code a_seconds{quantile="0.5"}}. */
        OptionalDouble value(String sample) {
            return text.lines()
                    .filter(line -> line.startsWith(sample + " "))
                    .mapToDouble(line ->
                            Double.parseDouble(line.substring(sample.length()).strip()))
                    .findFirst();
        }

        /** A quantile of the time from facts to verdict in microseconds, empty if there is none. */
        OptionalDouble decisionMicros(String quantile) {
            OptionalDouble seconds = value("anticall_decision_seconds{quantile=\"" + quantile + "\"}");
            return seconds.isPresent() && Double.isFinite(seconds.getAsDouble())
                    ? OptionalDouble.of(seconds.getAsDouble() * 1_000_000)
                    : OptionalDouble.empty();
        }
    }
}
