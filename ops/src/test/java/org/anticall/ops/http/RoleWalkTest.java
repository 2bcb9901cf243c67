package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, walked over HTTP: every route with every role, against a table that a person wrote by hand. */
class RoleWalkTest {

    /** What everybody may, or nobody's session matters for. */
    private static final Set<String> WITHOUT_PERMISSION = Set.of(
            "GET /",
            "GET /console/<name>",
            "GET /lib/<name>",
            "GET /healthz",
            "GET /api/openapi.json",
            "GET /api/session",
            "POST /api/session",
            "DELETE /api/session",
            "POST /api/session/password",
            "POST /api/session/second-factor",
            "PUT /api/session/second-factor",
            "GET /api/tokens",
            "POST /api/tokens",
            "DELETE /api/tokens/{id}",
            "POST /records",
            "GET /api/oidc",
            "GET /api/oidc/start",
            "GET /api/oidc/callback",
            "GET /bundles",
            "POST /bundles/reports");

    @TempDir
    Path state;

    @Test
    void everyRouteLetsInThoseOfTheTableAndNobodyElse() throws StartFailure, IOException {
        Map<String, Set<String>> table = table();
        try (RunningCentre centre = new RunningCentre(state)) {
            List<String> wrong = new ArrayList<>();
            for (Role role : Role.values()) {
                Visitor visitor = Visitor.signedIn(centre, role.text());
                for (var route : table.entrySet()) {
                    String error = errorOf(visitor, route.getKey());
                    boolean letIn = !error.equals("role");
                    if (letIn != route.getValue().contains(role.text())) {
                        wrong.add(role.text() + (letIn ? " is let in to " : " is kept out of ") + route.getKey());
                    }
                }
            }
            Visitor stranger = new Visitor(centre);
            for (String route : table.keySet()) {
                if (!errorOf(stranger, route).equals("signed-out")) {
                    wrong.add("a stranger is let in to " + route);
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    /** Every route that an account may use takes exactly one of its scopes: a token with one does that and nothing else. */
    @Test
    void aTokenWithOneScopeOpensItsOwnRoutesAndNoOthers() throws Exception {
        Map<String, Set<String>> table = table();
        List<String> wrong = new ArrayList<>();
        try (RunningCentre centre = new RunningCentre(state)) {
            for (Role role : List.of(Role.OPERATOR, Role.AUDITOR, Role.CARRIER_ADMIN)) {
                Visitor person = Visitor.signedIn(centre, role.text());
                Map<String, Integer> opened = new TreeMap<>();
                List<Visitor> programs = new ArrayList<>();
                for (Permission scope : role.permissions()) {
                    programs.add(Visitor.withToken(centre, token(person, scope)));
                }
                for (Visitor program : programs) {
                    for (var route : table.entrySet()) {
                        boolean isAllowed = !errorOf(program, route.getKey()).equals("role");
                        opened.merge(route.getKey(), isAllowed ? 1 : 0, Integer::sum);
                    }
                }
                opened.forEach((route, scopes) -> {
                    int expected = table.get(route).contains(role.text()) ? 1 : 0;
                    if (scopes != expected) {
                        wrong.add(route + " opens to " + scopes + " scopes of " + role.text());
                    }
                });
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String token(Visitor person, Permission scope) {
        return person.post("/api/tokens", Map.of("name", "one scope", "days", 1, "scopes", List.of(scope.text())))
                .body()
                .get("token")
                .asText();
    }

    /** Keys of the centre, the token of its gateways, hashes of passwords: nobody may read them, whatever else they may. */
    @Test
    void noAnswerHoldsASecret() throws Exception {
        try (RunningCentre centre = new RunningCentre(state)) {
            List<String> secrets = new ArrayList<>(List.of(RunningCentre.TOKEN, "$argon2", "PRIVATE KEY"));
            for (String key : List.of("bundle.key", "audit.key")) {
                secrets.add(
                        Files.readAllLines(state.resolve("keys").resolve(key)).get(0));
            }
            List<String> pages = new ArrayList<>(List.of("/api/openapi.json", "/api/session", "/api/tokens"));
            table().keySet().stream()
                    .filter(route -> route.startsWith("GET /") && !route.contains("{") && !route.endsWith("/live"))
                    .forEach(route -> pages.add(route.substring("GET ".length())));
            List<String> wrong = new ArrayList<>();
            for (Role role : Role.values()) {
                Visitor visitor = Visitor.signedIn(centre, role.text());
                for (String page : pages) {
                    String text = patientText(visitor, page);
                    secrets.stream()
                            .filter(text::contains)
                            .forEach(secret -> wrong.add(page + " tells " + role.text() + " " + secret));
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    private static String patientText(Visitor visitor, String page) {
        AtomicReference<String> text = new AtomicReference<>("");
        patient(() -> {
            text.set(visitor.text(page));
            return text.get().contains("too-fast") ? "too-fast" : "";
        });
        return text.get();
    }

    @Test
    void theTableNamesEveryRouteThereIs() throws StartFailure, IOException {
        try (RunningCentre centre = new RunningCentre(state)) {
            Set<String> routes = new TreeSet<>(centre.server().routes());
            routes.removeAll(WITHOUT_PERMISSION);

            assertEquals(routes, table().keySet());
        }
    }

    @Test
    void nobodyWhoWritesAnOrderMayApproveOneAndNobodyWhoRunsAccountsMayDoEither() throws IOException {
        table().forEach((route, roles) -> {
            if (roles.contains("prosecutor") && route.contains("/orders")) {
                assertFalse(route.endsWith("/approve"), route);
            }
            if (roles.contains("carrier-admin")) {
                assertFalse(route.contains("/orders") || route.contains("/records"), route);
            }
        });
        assertNotEquals(0, table().size());
    }

    private static String errorOf(Visitor visitor, String route) {
        String[] parts = route.split(" ", 2);
        // A live channel that is let in has no end: the answer's head is enough.
        return patient(() -> parts[1].equals("/api/live")
                ? visitor.errorOfStream(parts[1])
                : visitor.ask(parts[0], parts[1].replaceAll("\\{[a-z]+}", "1")).error());
    }

    /** As a program that is told to wait does. */
    private static String patient(Supplier<String> asked) {
        AtomicReference<String> error = new AtomicReference<>("");
        try {
            Await.until("the centre lets one ask", Duration.ofSeconds(60), () -> {
                error.set(asked.get());
                return !error.get().equals("too-fast");
            });
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
        return error.get();
    }

    /** {@code GET /api/calls} with the roles that may, from the file. */
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        try (InputStream in = RoleWalkTest.class.getResourceAsStream("who-may-what.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.trim().split("\\s+", -1);
                    table.put(
                            parts[0] + " " + parts[1],
                            Set.of(List.of(parts).subList(2, parts.length).toArray(String[]::new)));
                }
            }
        }
        return table;
    }
}
