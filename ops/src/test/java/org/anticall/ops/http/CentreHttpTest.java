package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.config.Secret;
import org.anticall.ops.evidence.CallBoard;
import org.anticall.ops.evidence.DeskCounts;
import org.anticall.ops.evidence.RecordIntake;
import org.anticall.ops.people.Role;
import org.anticall.ops.publish.BundleKeys;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.store.Database;
import org.anticall.rules.RuleSource;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CentreHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "7Q4K21M8R0ABCDEFGHJK";

    @TempDir
    Path state;

    private RunningCentre centre;

    @BeforeEach
    void start() throws StartFailure {
        centre = new RunningCentre(state);
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    private record SignedIn(String cookie, String csrf) {}

    @Test
    void recordsNeedTheToken() throws IOException, InterruptedException {
        assertEquals(401, centre.deliver("", "wrong").statusCode());
        assertEquals(401, post("/records", "", null).statusCode());
        assertEquals(200, centre.deliver("", RunningCentre.TOKEN).statusCode());
    }

    @Test
    void aDeliveredBatchIsAnsweredWithWhatBecameOfIt() throws IOException, InterruptedException {
        DecisionRecord record = record();

        assertEquals("{\"stored\":1,\"duplicates\":0}", centre.deliver(record).body());
        assertEquals("{\"stored\":0,\"duplicates\":1}", centre.deliver(record).body());
        JsonNode mixed =
                JSON.readTree(centre.deliver("nonsense", RunningCentre.TOKEN).body());
        assertEquals(1, mixed.get("refused").get(0).get("line").asInt());
        assertFalse(mixed.get("refused").get(0).get("error").asText().isEmpty());
    }

    @Test
    void nothingIsShownToStrangers() throws IOException, InterruptedException {
        for (String path : new String[] {"/api/calls", "/api/live", "/api/records/" + ID}) {
            assertEquals(401, get(path, null).statusCode(), path);
        }
        assertEquals("{\"signedIn\":false}", get("/api/session", null).body());
        assertEquals(200, get("/healthz", null).statusCode());
    }

    @Test
    void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() throws IOException, InterruptedException {
        HttpResponse<String> answer = signInAnswer("operator", centre.passwordOf("operator"));

        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HttpOnly"), cookie);
        assertTrue(cookie.contains("SameSite=Strict"), cookie);
        assertTrue(cookie.contains("Path=/"), cookie);
    }

    @Test
    void theSixthTryIsTooManyEvenWithTheRightPassword() throws IOException, InterruptedException {
        for (int left = 4; left > 0; left--) {
            HttpResponse<String> answer = signInAnswer("operator", "wrong");
            assertEquals(401, answer.statusCode());
            assertEquals(left, JSON.readTree(answer.body()).get("attemptsLeft").asInt());
        }
        assertEquals(429, signInAnswer("operator", "wrong").statusCode());
        assertEquals(
                429, signInAnswer("operator", centre.passwordOf("operator")).statusCode());
    }

    @Test
    void theReceiptIsMaskedAndTheFullNumberIsWrittenToTheTrail() throws IOException, InterruptedException {
        centre.deliver(record());
        SignedIn person = signIn("prosecutor");

        HttpResponse<String> receipt = get("/api/records/" + ID + "?why=case+12", person.cookie());

        assertEquals(200, receipt.statusCode(), receipt.body());
        assertFalse(receipt.body().contains("77172345641") || receipt.body().contains("234 56 41"), receipt.body());
        JsonNode facts = JSON.readTree(receipt.body()).get("facts");
        assertEquals("+7 717 2•• •• 41", facts.get("callee").get("text").asText());
        assertEquals("+7 717 270 00 00", facts.get("presented").get("text").asText());

        HttpResponse<String> numbers = post("/api/records/" + ID + "/numbers?why=case+12", "", person);

        assertEquals(
                "+7 717 234 56 41",
                JSON.readTree(numbers.body()).get("callee").get("text").asText());
        JsonNode again = JSON.readTree(
                get("/api/records/" + ID + "?why=case+12", person.cookie()).body());
        assertEquals(3, again.get("looks").asInt());
    }

    @Test
    void aRequestThatChangesSomethingNeedsTheTokenTheRoleAndTheOrigin() throws IOException, InterruptedException {
        centre.server().board().changed(TestRecords.offered(ID, "+77172700000", "+77172345641", "D10", Instant.now()));
        SignedIn operator = signIn("operator");
        String path = "/api/calls/" + ID + "/release";

        assertEquals("csrf", error(post(path, "", new SignedIn(operator.cookie(), "guessed"))));
        assertEquals("role", error(post(path, "", signIn("supervisor"))));
        assertEquals(
                "origin",
                error(centre.send(HttpRequest.newBuilder(centre.uri(path))
                        .header("Cookie", operator.cookie())
                        .header("X-CSRF-Token", operator.csrf())
                        .header("Origin", "https://evil.example")
                        .POST(HttpRequest.BodyPublishers.noBody()))));
        assertEquals("unknown", error(post("/api/calls/none/release", "", operator)));
        assertEquals("too-late", error(post(path, "", operator)), "this centre has no desk that could release");
    }

    @Test
    void signingOutEndsTheSession() throws IOException, InterruptedException {
        SignedIn person = signIn("operator");

        centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                .header("Cookie", person.cookie())
                .header("X-CSRF-Token", person.csrf())
                .DELETE());

        assertEquals(401, get("/api/calls", person.cookie()).statusCode());
    }

    @Test
    void liveEventsBeginWithASnapshotAndGoOnWithTheNextNumber() throws IOException, InterruptedException {
        SignedIn person = signIn("operator");
        HttpRequest request = HttpRequest.newBuilder(centre.uri("/api/live"))
                .header("Cookie", person.cookie())
                .build();
        try (InputStream in = HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader events = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            assertEquals("event: snapshot", events.readLine());
            long seq = data(events).get("seq").asLong();

            centre.server().board().changed(TestRecords.offered(ID, "+4420", "112", "D20", Instant.now()));

            assertEquals("event: change", events.readLine());
            JsonNode change = data(events);
            assertEquals(seq + 1, change.get("seq").asLong());
            assertEquals(ID, change.get("calls").get(0).get("id").asText());
        }
    }

    @Test
    void everyAnswerCarriesTheContentPolicyAndNoServerName() throws IOException, InterruptedException {
        for (String path : new String[] {"/", "/api/session", "/console/app.js", "/nowhere"}) {
            HttpResponse<String> answer = get(path, null);
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertTrue(answer.headers().firstValue("Server").isEmpty());
        }
    }

    @Test
    void pagesAreRevalidatedAndLibrariesAreKept() throws IOException, InterruptedException {
        HttpResponse<String> first = get("/console/app.js", null);
        HttpResponse<String> again = centre.send(HttpRequest.newBuilder(centre.uri("/console/app.js"))
                .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow()));
        HttpResponse<String> library = get("/lib/lit-html/3.3.2/lit-html.js", null);

        assertEquals(200, first.statusCode());
        assertEquals(304, again.statusCode());
        assertEquals(200, library.statusCode());
        assertTrue(library.headers().firstValue("Cache-Control").orElseThrow().contains("immutable"));
    }

    @Test
    void nothingOutsideTheConsoleIsServed() throws IOException, InterruptedException {
        for (String path : new String[] {
            "/console/../CentreHttp.class",
            "/console/%2e%2e/openapi.json",
            "/console/index.html",
            "/lib/h2/2.5/x.js",
            "/lib/lit/3.3.2/../../../../../logback.js",
            "/console//etc/passwd.js"
        }) {
            int status = get(path, null).statusCode();
            assertTrue(status == 404 || status == 400, path + " is answered with " + status);
        }
    }

    @Test
    void theDescriptionOfTheInterfaceNamesWhatThereIsAndNothingElse() throws IOException, InterruptedException {
        JsonNode paths = JSON.readTree(get("/api/openapi.json", null).body()).get("paths");
        Set<String> described = new TreeSet<>();
        for (var path : paths.properties()) {
            for (var method : path.getValue().properties()) {
                described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
        }

        Set<String> served = new TreeSet<>();
        try (Database database = Database.open(state.resolve("other"), null)) {
            RecordIntake intake = new RecordIntake(database.records(), Clock.systemUTC(), each -> {});
            CentreParts parts = new CentreParts(
                    database,
                    new CallBoard(),
                    intake,
                    new Secret("x"),
                    id -> false,
                    null,
                    null,
                    Duration.ofDays(183),
                    new SeatLines(),
                    new HeadSigner(KeyFile.openOrMake(state.resolve("key"))),
                    Set.of(),
                    new CentreParts.Publishing(
                            new Publisher(
                                    "KZ",
                                    RuleSource.reference("KZ"),
                                    BundleKeys.only(KeyFile.openOrMake(state.resolve("bundle.key"))),
                                    database,
                                    new Shelf(),
                                    Clock.systemUTC()),
                            new Shelf(),
                            new Roster(database.revisions(), Clock.systemUTC()),
                            WorkingTime.KZ),
                    new DeskCounts(),
                    new Chores(),
                    null,
                    state.resolve("sessions.json"),
                    Clock.systemUTC());
            served.addAll(new CentreHttp(new InetSocketAddress(0), parts).routes());
        }
        served.removeAll(Set.of("GET /", "GET /console/<name>", "GET /lib/<name>"));
        assertEquals(served, described);
    }

    @Test
    void theFirstAccountsAreMadeOnce() throws StartFailure {
        assertEquals(Role.values().length, centre.server().newAccounts().size());
        centre.close();

        centre = new RunningCentre(state);

        assertEquals(0, centre.server().newAccounts().size());
    }

    private static DecisionRecord record() {
        return TestRecords.diverted(
                ID, 77172700000L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, Instant.now());
    }

    private static JsonNode data(BufferedReader events) throws IOException {
        String line = events.readLine();
        assertNotNull(line);
        assertTrue(line.startsWith("data: "), line);
        assertEquals("", events.readLine());
        return JSON.readTree(line.substring(6));
    }

    private static String error(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("error").asText();
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(centre.uri(path));
        return centre.send(cookie == null ? request : request.header("Cookie", cookie));
    }

    private HttpResponse<String> post(String path, String body, SignedIn person)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(centre.uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (person != null) {
            request.header("Cookie", person.cookie()).header("X-CSRF-Token", person.csrf());
        }
        return centre.send(request);
    }

    private HttpResponse<String> signInAnswer(String name, String password) throws IOException, InterruptedException {
        return post("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}", null);
    }

    private SignedIn signIn(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = signInAnswer(name, centre.passwordOf(name));
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        return new SignedIn(cookie, JSON.readTree(answer.body()).get("csrf").asText());
    }
}
