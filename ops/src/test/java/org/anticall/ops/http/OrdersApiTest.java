package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.TestRecords;
import org.anticall.ops.http.Visitor.Answer;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.Test;

/** Orders from the form to the gateways, over HTTP. */
class OrdersApiTest extends OrdersOverHttp {

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

    // ---- what the tests share ----

    private List<String> actions(JsonNode order) {
        JsonNode history =
                prosecutor.get("/api/orders/" + order.get("id")).body().get("history");
        return StreamSupport.stream(history.spliterator(), false)
                .map(each -> each.get("action").asText())
                .toList();
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
