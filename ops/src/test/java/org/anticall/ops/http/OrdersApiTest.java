package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.http.Visitor.Answer;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders from the form to the gateways, over HTTP. */
class OrdersApiTest {

    @TempDir
    Path state;

    private RunningCentre centre;
    private Visitor prosecutor;
    private Visitor approver;

    @BeforeEach
    void start() throws StartFailure {
        centre = new RunningCentre(state);
        prosecutor = Visitor.signedIn(centre, "prosecutor");
        approver = Visitor.signedIn(centre, "approver");
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void anOrderGoesFromTheFormToAGatewayThatWaits() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> waiting = CompletableFuture.supplyAsync(() -> bundle("\"1\"", 25));
        JsonNode order = approved(form("reject", scan()));

        Answer next = approver.get("/api/revisions/next");
        assertEquals(
                "[\"O" + order.get("id") + ":shadow\"]",
                next.body().get("added").toString());
        assertEquals("[]", next.body().get("problems").toString());
        Answer published = approver.post("/api/revisions", Map.of("revision", 2, "why", "first"));
        assertEquals(201, published.status(), published.body().toString());

        HttpResponse<byte[]> taken = waiting.get();
        assertEquals("\"2\"", taken.headers().firstValue("ETag").orElseThrow());
        assertTrue(taken.body().length > 1_000);
        report("gw-1", 2, "enforced", "");
        report("gw-2", 2, "refused", "expired");
        JsonNode gateways = approver.get("/api/gateways").body().get("gateways");
        assertEquals(2, gateways.get(0).get("revision").asInt());
        assertTrue(gateways.get(0).get("upToDate").asBoolean());
        assertTrue(gateways.get(0).get("afterMillis").asLong() >= 0);
        assertEquals("expired", gateways.get(1).get("reason").asText());
        JsonNode revision =
                approver.get("/api/revisions").body().get("revisions").get(0);
        assertEquals(1, revision.get("enforced").asInt());
        assertEquals(1, revision.get("refused").asInt());

        assertEquals(200, step(order, "live", Map.of()).status());
        assertEquals(201, approver.post("/api/revisions", Map.of("revision", 3)).status());
        assertEquals(
                "live",
                prosecutor
                        .get("/api/orders/" + order.get("id"))
                        .body()
                        .get("state")
                        .get("kind")
                        .asText());
        assertEquals(
                List.of("order.write", "order.submit", "order.approve", "order.shadow", "order.live", "order.live"),
                actions(order));
    }

    @Test
    void gatewaysNeedTheTokenAndGetWhatTheyDoNotHave() {
        assertEquals(401, bundle("\"1\"", 0, "wrong").statusCode());
        assertEquals(304, bundle("\"1\"", 0).statusCode());
        assertEquals(200, bundle("\"7\"", 0).statusCode());
        assertEquals(200, bundle("", 25).statusCode());
    }

    @Test
    void whatIsMissingIsToldFieldByFieldWhenItIsSubmitted() {
        Answer draft = prosecutor.post("/api/orders", form("divert", ""));
        assertEquals(201, draft.status(), draft.body().toString());

        Answer refused = prosecutor.post("/api/orders/" + draft.body().get("id") + "/submit", Map.of("version", 1));

        assertEquals(400, refused.status());
        assertEquals("scan", refused.problem("basis.scan"));
    }

    @Test
    void whatIsNoOrderAtAllIsToldAtOnce() {
        Map<String, Object> form = form("explode", "");
        form.put("target", Map.of("kind", "weather"));
        form.put("basis", Map.of("type", "rumour", "document", "1", "office", "x", "date", "yesterday", "scan", "abc"));
        form.put("confidence", 101);
        form.put("until", "tomorrow");

        Answer refused = prosecutor.post("/api/orders", form);

        assertEquals(400, refused.status());
        assertEquals(
                List.of("word", "word", "word", "date", "unknown", "number", "time"),
                List.of(
                        refused.problem("action"),
                        refused.problem("target.kind"),
                        refused.problem("basis.type"),
                        refused.problem("basis.date"),
                        refused.problem("basis.scan"),
                        refused.problem("confidence"),
                        refused.problem("until")));
    }

    @Test
    void whoEditsAnOlderVersionIsToldAndLosesNothingOfTheOthers() {
        JsonNode draft = prosecutor.post("/api/orders", form("label", "")).body();
        Map<String, Object> mine = form("label", "");
        mine.put("version", 1);
        mine.put("title", "mine");
        Map<String, Object> theirs = form("label", "");
        theirs.put("version", 1);
        theirs.put("title", "theirs");

        assertEquals(
                200, prosecutor.put("/api/orders/" + draft.get("id"), theirs).status());
        Answer late = prosecutor.put("/api/orders/" + draft.get("id"), mine);

        assertEquals(409, late.status());
        assertEquals("outdated", late.error());
        assertEquals(
                "theirs", late.body().get("current").get("content").get("title").asText());
    }

    @Test
    void aBroadOrderIsCountedInTheRecordsAndNeedsTwo() throws IOException, InterruptedException {
        Instant now = Instant.now();
        List<DecisionRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long caller = i < 2 ? 447700900217L : 4930000000L + i;
            records.add(TestRecords.passed("R" + i, caller, 77172345641L + i, now.minusSeconds(i)));
        }
        centre.deliver(records.toArray(DecisionRecord[]::new));

        JsonNode breadth = prosecutor
                .post("/api/orders/breadth", Map.of("target", Map.of("kind", "prefix", "prefix", "+44 7700 9")))
                .body();

        assertEquals(2, breadth.get("calls").asInt());
        assertEquals(1, breadth.get("callers").asInt());
        assertEquals(2, breadth.get("callees").asInt());
        assertEquals(200, breadth.get("allCalls").asInt());
        assertEquals(2, breadth.get("approversNeeded").asInt(), "1 % of all calls");
        JsonNode order = approved(form("reject", scan()));
        assertEquals("submitted", order.get("state").get("kind").asText(), "the second approver is missing");
        assertEquals("approved-twice", step(order, "approve", Map.of()).error());
    }

    @Test
    void aSupervisorActsAloneForFourHoursAndTheRestWaits() {
        JsonNode waiting = approved(form("reject", scan()));
        Visitor supervisor = Visitor.signedIn(centre, "supervisor");
        Map<String, Object> form = form("divert", "");
        form.put("target", Map.of("kind", "numbers", "numbers", List.of("+447700900001")));
        form.put("why", "a campaign is running");

        Answer made = supervisor.post("/api/orders/emergency", form);

        assertEquals(201, made.status(), made.body().toString());
        assertEquals(2, made.body().get("revision").asInt());
        JsonNode order = made.body().get("order");
        assertEquals("live", order.get("state").get("kind").asText());
        Instant until = Instant.parse(order.get("content").get("until").asText());
        assertTrue(until.isBefore(Instant.now().plus(Duration.ofHours(4)).plusSeconds(1)), until.toString());
        assertEquals(
                "approved",
                approver.get("/api/orders/" + waiting.get("id"))
                        .body()
                        .get("state")
                        .get("kind")
                        .asText());
        Answer confirmed = step(
                order,
                "confirm",
                Map.of("until", Instant.now().plus(Duration.ofDays(5)).toString()));
        assertEquals(200, confirmed.status(), confirmed.body().toString());
        assertEquals(false, confirmed.body().get("emergency").asBoolean());
    }

    @Test
    void oneCommandTakesOldContentBackAndTellsWhyInTheTrail() {
        approved(form("reject", scan()));
        approver.post("/api/revisions", Map.of("revision", 2));

        assertEquals(
                "short",
                approver.post("/api/revisions/rollback", Map.of("to", 1)).problem("why"));
        Answer back = approver.post("/api/revisions/rollback", Map.of("to", 1, "why", "too wide"));

        assertEquals(3, back.body().get("revision").asInt());
        assertEquals(1, back.body().get("contentOf").asInt());
        JsonNode link = Visitor.signedIn(centre, "auditor")
                .get("/api/audit?action=revision.rollback")
                .body()
                .get("links")
                .get(0);
        assertEquals("approver", link.get("account").asText());
        assertEquals("too wide", link.get("why").asText());
        assertEquals(
                "outdated",
                approver.post("/api/revisions", Map.of("revision", 2)).error());
    }

    @Test
    void aCopyIsAPdfAndIsKnownByItsHash() throws IOException, InterruptedException {
        String hash = scan();

        assertEquals(64, hash.length());
        assertEquals("%PDF-1.7 signed", prosecutor.text("/api/scans/" + hash));
        assertEquals(415, upload("no pdf").status());
        assertEquals("unknown", prosecutor.get("/api/scans/" + "0".repeat(64)).error());
    }

    @Test
    void ordersAreFoundByWordsNumbersAndState() {
        prosecutor.post("/api/orders", form("label", ""));
        Map<String, Object> other = form("label", "");
        other.put("title", "Хакеры из-за границы");
        prosecutor.post("/api/orders", other);

        assertEquals(1, found("text=%D1%85%D0%B0%D0%BA%D0%B5%D1%80"));
        assertEquals(2, found("text=447700900217"));
        assertEquals(2, found("state=draft"));
        assertEquals(0, found("state=live"));
        assertEquals(1, found("most=1"));
    }

    @Test
    void anImportIsCheckedLineByLineAndWritesAllOrNothing() {
        String good =
                """
                title;target;action;type;document;date;office;territory;confidence;origin
                "Bank; false";+447700900217 +447700900218;divert;prosecutor-order;7-1;2026-11-21;Astana;Astana;90;operator
                Range;+447700900000-+447700900999;reject;court-order;7-2;2026-11-21;Astana;Astana;80;partner
                """;
        String bad = good + "Odd;+44x;explode;court-order;7-3;yesterday;Astana;;much;partner\n";

        Answer dry = prosecutor.deliver("/api/imports?dry=true", "text/csv", bad);
        assertEquals(200, dry.status(), dry.body().toString());
        assertEquals(3, dry.body().get("lines").asInt());
        assertEquals(
                "[4, action, 4, basis.date, 4, confidence]",
                StreamSupport.stream(dry.body().get("problems").spliterator(), false)
                        .flatMap(each -> Stream.of(
                                each.get("line").asText(), each.get("field").asText()))
                        .toList()
                        .toString());
        assertEquals(400, prosecutor.deliver("/api/imports", "text/csv", bad).status());
        assertEquals(0, found("state=draft"));

        Answer made = prosecutor.deliver("/api/imports", "text/csv", good);

        assertEquals(201, made.status(), made.body().toString());
        assertEquals(2, found("state=draft"));
        assertEquals(1, found("text=bank;%20false"));
        assertEquals(
                "word",
                prosecutor
                        .deliver("/api/imports?dry=true", "application/json", "[{\"target\":{\"kind\":\"x\"}}]")
                        .body()
                        .get("problems")
                        .get(0)
                        .get("word")
                        .asText());
        assertEquals(
                "import",
                prosecutor
                        .deliver("/api/imports", "text/csv", "colour;title\n1;2")
                        .error());

        String undo = "/api/imports/" + made.body().get("import") + "/withdraw";
        assertEquals("{\"ended\":2,\"left\":0}", sorted(prosecutor.post(undo, Map.of("why", "wrong file"))));
        assertEquals(2, found("state=revoked"));
        assertEquals(
                "unknown", prosecutor.post(undo, Map.of("why", "wrong file")).error());
    }

    @Test
    void aDraftIsTriedOnACallOnARecordAndOnTheLastDays() throws IOException, InterruptedException {
        Instant now = Instant.now();
        centre.deliver(
                TestRecords.passed("A", 447700900217L, 77172345641L, now.minusSeconds(60)),
                TestRecords.passed("B", 447700900217L, 77172345642L, now.minusSeconds(50)),
                TestRecords.passed("C", 4930123456L, 77172345641L, now.minusSeconds(40)));
        JsonNode draft = prosecutor.post("/api/orders", form("divert", "")).body();
        long id = draft.get("id").asLong();

        Answer without = trial("call", Map.of("from", "+447700900217", "to", "+77172345641"));
        Answer with = trial("call", Map.of("from", "+447700900217", "to", "+77172345641", "order", id));
        assertEquals("pass", without.body().get("verdict").asText());
        assertEquals("divert", with.body().get("verdict").asText());
        assertEquals("O" + id, with.body().get("rule").asText());
        Answer emergency = trial("call", Map.of("from", "+447700900217", "to", "112", "order", id));
        assertEquals("pass", emergency.body().get("verdict").asText());

        Answer recorded = trial("recorded", Map.of("record", "A", "order", id));
        assertEquals("divert", recorded.body().get("verdict").asText());
        assertEquals(404, trial("recorded", Map.of("record", "none")).status());

        JsonNode tested = trial("backtest", Map.of("days", 1, "order", id)).body();
        assertEquals(3, tested.get("calls").asInt());
        assertEquals("{\"pass>divert\":2}", tested.get("changes").toString());
        assertEquals(1, tested.get("caught").asInt());
        assertEquals(0, tested.get("freed").asInt());
        assertEquals(0.1, tested.get("operators").asDouble());
        assertEquals(2, tested.get("examples").size());
        assertEquals(
                "{}",
                trial("backtest", Map.of("days", 1)).body().get("changes").toString(),
                "a draft nobody approved changes nothing by itself");
    }

    private Answer trial(String what, Map<String, Object> body) {
        return prosecutor.post("/api/trials/" + what, body);
    }

    private static String sorted(Answer answer) {
        return "{\"ended\":" + answer.body().get("ended") + ",\"left\":"
                + answer.body().get("left") + "}";
    }

    // ---- what the tests share ----

    private int found(String query) {
        return prosecutor.get("/api/orders?" + query).body().get("orders").size();
    }

    private static Map<String, Object> form(String action, String scan) {
        Map<String, Object> form = new HashMap<>();
        form.put("title", "Calls of the campaign");
        form.put("target", Map.of("kind", "numbers", "numbers", List.of("+44 7700 900 217")));
        form.put("action", action);
        form.put(
                "basis",
                Map.of(
                        "type", "prosecutor-order",
                        "document", "7-18/2240",
                        "date", "2026-11-21",
                        "office", "Астана",
                        "scan", scan));
        form.put("territory", "Астана");
        form.put("confidence", 90);
        form.put("origin", "operator");
        return form;
    }

    private JsonNode approved(Map<String, Object> form) {
        Answer draft = prosecutor.post("/api/orders", form);
        assertEquals(201, draft.status(), draft.body().toString());
        String path = "/api/orders/" + draft.body().get("id");
        Answer submitted = prosecutor.post(path + "/submit", Map.of("version", 1));
        assertEquals(200, submitted.status(), submitted.body().toString());
        Answer approved = approver.post(path + "/approve", Map.of("version", 2));
        assertEquals(200, approved.status(), approved.body().toString());
        return approved.body();
    }

    private Answer step(JsonNode order, String step, Map<String, Object> more) {
        String path = "/api/orders/" + order.get("id");
        Map<String, Object> body = new HashMap<>(more);
        body.put("version", approver.get(path).body().get("version").asLong());
        return approver.post(path + "/" + step, body);
    }

    private List<String> actions(JsonNode order) {
        JsonNode history =
                prosecutor.get("/api/orders/" + order.get("id")).body().get("history");
        return StreamSupport.stream(history.spliterator(), false)
                .map(each -> each.get("action").asText())
                .toList();
    }

    private String scan() {
        return upload("%PDF-1.7 signed").body().get("hash").asText();
    }

    private Answer upload(String content) {
        return prosecutor.upload("/api/scans", content.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> bundle(String tag, int wait) {
        return bundle(tag, wait, RunningCentre.TOKEN);
    }

    private HttpResponse<byte[]> bundle(String tag, int wait, String token) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(centre.uri("/bundles"))
                    .header("Authorization", "Bearer " + token)
                    .header("Prefer", "wait=" + wait);
            if (!tag.isEmpty()) {
                request.header("If-None-Match", tag);
            }
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void report(String node, long revision, String state, String reason)
            throws IOException, InterruptedException {
        String body = "{\"node\":\"" + node + "\",\"revision\":" + revision + ",\"hash\":\"ab\",\"at\":\""
                + Instant.now() + "\",\"state\":\"" + state + "\",\"reason\":\"" + reason + "\"}";
        HttpResponse<String> answer = centre.send(HttpRequest.newBuilder(centre.uri("/bundles/reports"))
                .header("Authorization", "Bearer " + RunningCentre.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertEquals(200, answer.statusCode(), answer.body());
    }
}
