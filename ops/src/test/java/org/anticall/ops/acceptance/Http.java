package org.anticall.ops.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain HTTP questions. */
public final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Http() {}

    /** The status of a GET, 0 where nobody listens. */
    public static int status(String url) throws InterruptedException {
        try {
            return get(url).statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    static String body(String url) throws IOException, InterruptedException {
        return get(url).body();
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sum of all samples of a metric in Prometheus text form, 0 if there is none. */
    static double metric(String url, String name) throws IOException, InterruptedException {
        return body(url)
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
