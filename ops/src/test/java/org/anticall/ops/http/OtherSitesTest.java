package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.people.Role;
import org.junit.jupiter.api.Test;

/** What another site makes the browser of somebody who is signed in send: nothing of it changes anything. */
class OtherSitesTest extends OrdersOverHttp {

    /** Gateways show a token and have no cookie. */
    private static final Set<String> WITHOUT_COOKIE = Set.of("POST /records", "POST /bundles/reports");

    @Test
    void noRouteThatChangesSomethingTakesARequestWithoutTheSessionsToken() throws Exception {
        List<String> open = new ArrayList<>();
        int asked = 0;
        for (Role role : Role.values()) {
            Visitor visitor = Visitor.signedIn(centre, role.text());
            for (String route : changing()) {
                if (route.equals("POST /api/session")) {
                    continue; // there is no session yet; below
                }
                asked++;
                String error = errorOf(ask(route, visitor.cookie(), null));
                if (!error.equals("csrf")) {
                    open.add(role.text() + " " + route + ": " + error);
                }
            }
        }
        assertEquals(List.of(), open);
        assertTrue(asked > 200, asked + " requests");
    }

    @Test
    void noRouteThatChangesSomethingTakesARequestOfAnotherOrigin() throws Exception {
        Visitor visitor = Visitor.signedIn(centre, "supervisor");
        List<String> open = new ArrayList<>();
        for (String route : changing()) {
            String error = errorOf(ask(route, visitor.cookie(), "https://elsewhere.example"));
            if (!error.equals("origin")) {
                open.add(route + ": " + error);
            }
        }
        assertEquals(List.of(), open);
    }

    @Test
    void aSessionThatSomebodyElseChoseIsNotTaken() throws Exception {
        String chosen = Gate.COOKIE + "=" + "a".repeat(43);
        HttpResponse<String> answer = centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                .header("Content-Type", "application/json")
                .header("Cookie", chosen)
                .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper()
                        .writeValueAsString(
                                Map.of("name", "operator", "password", centre.passwordOf("operator"), "code", "")))));

        assertEquals(200, answer.statusCode(), answer.body());
        String given = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        assertNotEquals(chosen, given);
        HttpResponse<String> asked =
                centre.send(HttpRequest.newBuilder(centre.uri("/api/calls")).header("Cookie", chosen));
        assertEquals(401, asked.statusCode());
    }

    private List<String> changing() {
        return centre.server().routes().stream()
                .filter(each -> !each.startsWith("GET ") && !WITHOUT_COOKIE.contains(each))
                .toList();
    }

    private HttpResponse<String> ask(String route, String cookie, String origin) throws Exception {
        String[] parts = route.split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(centre.uri(parts[1].replaceAll("\\{[a-z]+}", "1")))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .method(parts[0], HttpRequest.BodyPublishers.ofString("{}"));
        if (origin != null) {
            request.header("Origin", origin);
        }
        return centre.send(request);
    }

    private static String errorOf(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).path("error").asText();
    }
}
