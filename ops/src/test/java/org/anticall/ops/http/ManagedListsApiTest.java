package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists that orders name, over HTTP, down to what becomes of a call. */
class ManagedListsApiTest extends OrdersOverHttp {

    private static final String IMPORTS = "/api/managed-lists/fraud-2026/imports";

    @BeforeEach
    void makeAList() {
        Answer made = prosecutor.post("/api/managed-lists", Map.of("name", "fraud-2026", "purpose", "from partners"));
        assertEquals(201, made.status(), made.body().toString());
    }

    @Test
    void anOrderMeansTheNumbersOfItsListAsTheyStandWhenARevisionIsMade() {
        long first = approved("+447700900217\n+4477008*\n");
        Map<String, Object> form = new HashMap<>(form("divert", scan()));
        form.put("target", Map.of("kind", "list", "list", "fraud-2026"));
        form.put("observeFirst", false);
        form.put("why", "the campaign runs now");
        assertEquals(
                "emergency-broad",
                Visitor.signedIn(centre, "supervisor")
                        .post("/api/orders/emergency", form)
                        .error(),
                "a list can grow");

        JsonNode order = approved(form);
        Answer second = secondApprover().post("/api/orders/" + order.get("id") + "/approve", Map.of("version", 3));

        assertEquals(
                "approved",
                second.body().at("/state/kind").asText(),
                second.body().toString());
        assertEquals(201, approver.post("/api/revisions", Map.of("revision", 2)).status());
        String rule = "O" + order.get("id").asText();
        assertEquals(rule, ruleOf("+447700900217"));
        assertEquals(rule, ruleOf("+447700800001"), "by its prefix");
        assertEquals("", ruleOf("+447700900218"));
        assertEquals(
                "managed-fraud-2026",
                prosecutor
                        .get("/api/lists/find?number=%2B447700900217")
                        .body()
                        .at("/entries/0/list")
                        .asText());

        assertEquals(
                "[]", approver.get("/api/revisions/next").body().get("lists").toString());
        approved("+447700900218\n");
        assertEquals(rule, ruleOf("+447700900218"), "with the next revision");
        undone(first);
        JsonNode changed = approver.get("/api/revisions/next").body().get("lists");
        assertEquals("fraud-2026", changed.at("/0/list").asText(), changed.toString());
        assertEquals(2, changed.at("/0/before").asInt());
        assertEquals(1, changed.at("/0/after").asInt());
        assertEquals(201, approver.post("/api/revisions", Map.of("revision", 3)).status());
        assertEquals("", ruleOf("+447700900217"));
        assertEquals(rule, ruleOf("+447700900218"));
        JsonNode lists =
                approver.get("/api/revisions/diff?before=2&after=3").body().get("lists");
        assertEquals("managed-fraud-2026", lists.get(0).get("list").asText());
        assertEquals(1, lists.get(0).get("added").asInt());
        assertEquals(2, lists.get(0).get("removed").asInt());
    }

    @Test
    void aWrongLineIsNamedAndThenNothingIsImported() {
        String file = "+447700900217\nnonsense\n+4477*\n";

        Answer checked = prosecutor.deliver(IMPORTS + "?dry=true", "text/csv", file);
        Answer refused = prosecutor.deliver(IMPORTS + "?document=7-1", "text/csv", file);

        assertEquals(200, checked.status());
        assertEquals(2, checked.body().get("problemCount").asInt());
        assertEquals(2, checked.body().at("/problems/0/line").asInt());
        assertEquals("nonsense", checked.body().at("/problems/0/value").asText());
        assertEquals("number-line", checked.body().at("/problems/0/word").asText());
        assertEquals("broad", checked.body().at("/problems/1/word").asText());
        assertEquals("lines", refused.error());
        assertEquals(checked.body().get("problems"), refused.body().get("problems"));
        assertEquals(0, prosecutor.get(IMPORTS).body().get("imports").size());
    }

    @Test
    void anImportNamesItsDocumentAndAListItsNameAndPurpose() {
        assertEquals(
                "missing",
                prosecutor.deliver(IMPORTS, "text/csv", "+447700900217").problem("document"));
        assertEquals(
                "long",
                prosecutor
                        .deliver(IMPORTS + "?document=" + "7".repeat(101), "text/csv", "+447700900217")
                        .problem("document"));
        assertEquals(
                "lines",
                prosecutor.deliver(IMPORTS + "?document=7", "text/csv", "\n").error());
        Answer refused = prosecutor.post("/api/managed-lists", Map.of("name", "Fraud 2026", "purpose", "x"));
        assertEquals("list-name", refused.problem("name"));
        assertEquals("short", refused.problem("purpose"));
        assertEquals(
                "taken",
                prosecutor
                        .post("/api/managed-lists", Map.of("name", "fraud-2026", "purpose", "another"))
                        .error());
        assertEquals(
                "unknown",
                prosecutor
                        .deliver("/api/managed-lists/none/imports?document=7", "text/csv", "+447700900217")
                        .error());
        Map<String, Object> form = new HashMap<>(form("divert", ""));
        form.put("target", Map.of("kind", "list", "list", "none"));
        assertEquals("unknown", prosecutor.post("/api/orders", form).problem("target.list"));
    }

    @Test
    void anImportIsWithdrawnByItsAuthorWhileItWaitsAndUndoneByAnApproverLater() {
        JsonNode waiting = imported("+447700900217\n");
        String path = "/api/list-imports/" + waiting.get("id");

        assertEquals(
                "role",
                approver.post(path + "/withdraw", Map.of("version", 1, "why", "x"))
                        .error());
        Answer withdrawn = prosecutor.post(path + "/withdraw", Map.of("version", 1, "why", "wrong file"));
        assertEquals(
                "undone",
                withdrawn.body().get("state").asText(),
                withdrawn.body().toString());
        assertEquals(
                "outdated",
                approver.post(path + "/approve", Map.of("version", 1)).error());
        assertEquals(
                "state", approver.post(path + "/approve", Map.of("version", 2)).error());

        long holding = approved("+447700900218\n");
        assertEquals(
                "not-author",
                prosecutor
                        .post("/api/list-imports/" + holding + "/withdraw", Map.of("version", 2, "why", "wrong file"))
                        .error());
        JsonNode found = approver.get("/api/managed-lists/find?number=%2B447700900218")
                .body()
                .get("entries");
        assertEquals("fraud-2026", found.at("/0/list").asText());
        assertEquals("7-18/2240", found.at("/0/document").asText());
        undone(holding);
        assertEquals(
                "[]",
                approver.get("/api/managed-lists/find?number=%2B447700900218")
                        .body()
                        .get("entries")
                        .toString());
        assertEquals("number", approver.get("/api/managed-lists/find?number=12").problem("number"));
        JsonNode links = Visitor.signedIn(centre, "auditor")
                .get("/api/audit?action=list-import")
                .body()
                .get("links");
        assertEquals(5, links.size());
        assertTrue(links.get(0).toString().contains("wrong file"), links.get(0).toString());
        assertEquals(
                "unknown",
                prosecutor.get("/api/list-imports/progress/nobody-knows").error());
    }

    /** A file of which the rest comes when the test lets it. */
    static final class HeldBack extends InputStream {
        private final InputStream first;
        private final CountDownLatch rest;

        HeldBack(String first, CountDownLatch rest) {
            this.first = new ByteArrayInputStream(first.getBytes(StandardCharsets.UTF_8));
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int got = first.read(into, from, most);
            if (got < 0) {
                try {
                    rest.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return got;
        }
    }

    @Test
    void whoSendsALongFileIsToldHowFarItIsWhileItIsRead() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            lines.append('+').append(447_700_000_000L + i).append('\n');
        }
        CountDownLatch rest = new CountDownLatch(1);
        String key = "0123-abcd-key";
        CompletableFuture<Answer> sent = CompletableFuture.supplyAsync(() ->
                prosecutor.stream(IMPORTS + "?document=7-1&key=" + key, () -> new HeldBack(lines.toString(), rest)));
        try {
            Await.until("20,000 lines are read", Duration.ofSeconds(60), () -> {
                Answer progress = approver.get("/api/list-imports/progress/" + key);
                return progress.status() == 200 && progress.body().get("read").asInt() >= 20_000;
            });
        } finally {
            rest.countDown();
        }
        Answer kept = sent.get(60, TimeUnit.SECONDS);
        assertEquals(30_000, kept.body().get("numbers").asInt(), kept.body().toString());
        assertEquals(404, approver.get("/api/list-imports/progress/" + key).status(), "it is over");
    }

    private JsonNode imported(String file) {
        Answer imported = prosecutor.deliver(
                IMPORTS + "?document=7-18/2240&office=Astana&file=n.csv&key=11111111", "text/csv", file);
        assertEquals(201, imported.status(), imported.body().toString());
        return imported.body().get("import");
    }

    private long approved(String file) {
        JsonNode imported = imported(file);
        Answer approved = approver.post("/api/list-imports/" + imported.get("id") + "/approve", Map.of("version", 1));
        assertEquals(
                "holding",
                approved.body().path("state").asText(),
                approved.body().toString());
        return imported.get("id").asLong();
    }

    private void undone(long id) {
        Answer undone = approver.post("/api/list-imports/" + id + "/undo", Map.of("version", 2, "why", "wrong file"));
        assertEquals(
                "undone", undone.body().path("state").asText(), undone.body().toString());
    }

    /** The rule that decides a call from the number to a citizen, everything approved in force; empty for none. */
    private String ruleOf(String number) {
        JsonNode rule = approver.post("/api/trials/call", Map.of("from", number, "to", "+77172345641"))
                .body()
                .path("rule");
        return rule.isNull() ? "" : rule.asText("");
    }
}
