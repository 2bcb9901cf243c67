package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.anticall.ops.RunningCentre;

/** Somebody who talks to the centre over HTTP: a browser with its cookie, a program with its token, or a stranger. */
final class Visitor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningCentre centre;
    private String cookie = "";
    private String csrf = "";
    private String token = "";
    private String matter = "a%20test";
    private String device = "";

    Visitor(RunningCentre centre) {
        this.centre = centre;
    }

    /** Signs in with the password of the first start. */
    static Visitor signedIn(RunningCentre centre, String account) {
        Visitor visitor = new Visitor(centre);
        Answer answer = visitor.signIn(account, centre.passwordOf(account), "");
        if (answer.status() != 200) {
            throw new IllegalStateException(account + " cannot sign in: " + answer.body());
        }
        return visitor;
    }

    /** The cookie of the session, as a request shows it. */
    String cookie() {
        return cookie;
    }

    /** What this one's pages send with every change. */
    String csrf() {
        return csrf;
    }

    static Visitor withToken(RunningCentre centre, String token) {
        Visitor visitor = new Visitor(centre);
        visitor.token = token;
        return visitor;
    }

    /** Tells the centre from now on what this one works on, percent-encoded; empty: tells nothing. */
    Visitor workingOn(String matter) {
        this.matter = matter;
        return this;
    }

    /** What the centre said. */
    record Answer(int status, JsonNode body) {
        String error() {
            return body.path("error").asText();
        }

        /** The word for the field's first problem, empty if it has none. */
        String problem(String field) {
            for (JsonNode each : body.path("problems")) {
                if (each.path("field").asText().equals(field)) {
                    return each.path("word").asText();
                }
            }
            return "";
        }
    }

    Answer signIn(String name, String password, String code) {
        if (!device.isEmpty()) {
            cookie = cookie.isEmpty() ? device : cookie + "; " + device;
        }
        HttpResponse<String> answer =
                send("POST", "/api/session", Map.of("name", name, "password", password, "code", code));
        for (String set : answer.headers().allValues("Set-Cookie")) {
            String pair = set.split(";", 2)[0];
            if (pair.startsWith(Gate.COOKIE)) {
                cookie = pair;
            } else {
                device = pair;
            }
        }
        Answer read = read(answer);
        csrf = read.body().path("csrf").asText();
        return read;
    }

    Answer get(String path) {
        return read(send("GET", path, null));
    }

    Answer post(String path, Object body) {
        return read(send("POST", path, body));
    }

    Answer put(String path, Object body) {
        return read(send("PUT", path, body));
    }

    Answer delete(String path) {
        return read(send("DELETE", path, null));
    }

    String text(String path) {
        return send("GET", path, null).body();
    }

    Answer ask(String method, String path) {
        return read(send(method, path, method.equals("GET") || method.equals("DELETE") ? null : Map.of()));
    }

    /** The error of a stream that is refused, empty if it begins; it is closed at once. */
    String errorOfStream(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(centre.uri(path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (InputStream in = HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            String first = new String(in.readNBytes(1), StandardCharsets.UTF_8);
            return first.equals("{")
                    ? JSON.readTree("{" + new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .path("error")
                            .asText()
                    : "";
        } catch (IOException failed) {
            throw new IllegalStateException(path + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    Answer deliver(String path, String type, String content) {
        return upload(path, type, content.getBytes(StandardCharsets.UTF_8));
    }

    Answer upload(String path, byte[] content) {
        return upload(path, "application/pdf", content);
    }

    /** Sends text as it comes out of a stream. */
    Answer stream(String path, Supplier<InputStream> content) {
        return upload(path, "text/csv", HttpRequest.BodyPublishers.ofInputStream(content));
    }

    private Answer upload(String path, String type, byte[] content) {
        return upload(path, type, HttpRequest.BodyPublishers.ofByteArray(content));
    }

    private Answer upload(String path, String type, HttpRequest.BodyPublisher content) {
        try {
            return read(centre.send(HttpRequest.newBuilder(centre.uri(path))
                    .header("Content-Type", type)
                    .header("Cookie", cookie)
                    .header("X-CSRF-Token", csrf)
                    .POST(content)));
        } catch (IOException failed) {
            throw new IllegalStateException(path + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private HttpResponse<String> send(String method, String path, Object body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(centre.uri(path))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie).header("X-CSRF-Token", csrf);
            }
            if (!matter.isEmpty()) {
                request.header(Why.HEADER, matter);
            }
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return centre.send(request);
        } catch (IOException failed) {
            throw new IllegalStateException(method + " " + path + " failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static Answer read(HttpResponse<String> answer) {
        try {
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException notJson) {
            return new Answer(answer.statusCode(), JSON.createObjectNode());
        }
    }
}
