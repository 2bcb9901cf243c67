package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.http.Visitor.Answer;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Allow entries, appeals and findings over HTTP, down to what gateways get. */
class RedressApiTest {

    /** A landline of Astana from abroad: the reference policy rejects it. */
    private static final String BLOCKED = "+77172700000";

    @TempDir
    Path state;

    private RunningCentre centre;
    private Visitor supervisor;
    private Visitor approver;

    @BeforeEach
    void start() throws StartFailure {
        centre = new RunningCentre(state);
        supervisor = Visitor.signedIn(centre, "supervisor");
        approver = Visitor.signedIn(centre, "approver");
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void aDecidedAppealFreesTheNumberAtOnceAndTellsWhomElseTheRuleHit() throws Exception {
        Instant now = Instant.now();
        centre.deliver(
                diverted("A", 77172700000L, now.minusSeconds(60)),
                diverted("B", 77172700000L, now.minusSeconds(50)),
                diverted("C", 77172700001L, now.minusSeconds(40)),
                TestRecords.passed("D", 77172700000L, 77172345641L, now.minusSeconds(30)));
        assertEquals("reject", verdict());

        Answer taken = supervisor.post("/api/appeals", appeal());

        assertEquals(201, taken.status(), taken.body().toString());
        assertEquals("[\"D\",\"B\",\"A\"]", taken.body().get("records").toString());
        JsonNode also = taken.body().get("alsoHit");
        assertEquals(1, also.size());
        assertEquals("D10", also.get(0).get("rule").asText());
        assertEquals(1, also.get(0).get("others").size());
        assertEquals(
                "+7 717 270 00 01",
                also.get(0).get("others").get(0).get("number").asText());

        String path = "/api/appeals/" + taken.body().get("id");
        Answer answered = supervisor.post(path + "/answer", Map.of("version", 1, "why", "we look at it"));
        assertEquals("answered", answered.body().get("state").asText());
        Answer decided = approver.post(
                path + "/decide", Map.of("version", 2, "uphold", true, "why", "the owner has shown the contract"));

        assertEquals(200, decided.status(), decided.body().toString());
        assertEquals("upheld", decided.body().get("state").asText());
        assertEquals(2, decided.body().get("revision").asInt());
        assertEquals(BLOCKED, decided.body().get("freed").get("number").asText());
        assertEquals("pass", verdict());
        assertEquals(
                "ALLOWED",
                approver.post("/api/trials/call", Map.of("from", BLOCKED, "to", "+77172345641"))
                        .body()
                        .get("rule")
                        .asText());
    }

    @Test
    void aRollbackDoesNotBlockWhoWasFreed() {
        free();

        Answer back = approver.post("/api/revisions/rollback", Map.of("to", 1, "why", "too wide"));

        assertEquals(3, back.body().get("revision").asInt(), back.body().toString());
        assertEquals(1, back.body().get("contentOf").asInt());
        assertEquals("pass", verdict());
    }

    @Test
    void anEntryThatIsEndedStopsAtOnce() {
        JsonNode entry = free();

        Answer ended = approver.post(
                "/api/allow/" + entry.get("id") + "/end", Map.of("version", 2, "why", "it was fraud after all"));

        assertEquals(3, ended.body().get("revision").asInt(), ended.body().toString());
        assertEquals("reject", verdict());
        assertEquals(
                List.of("allow.propose", "allow.approve", "allow.end"),
                actions(approver.get("/api/allow/" + entry.get("id"))));
    }

    @Test
    void aFalsePositiveOfAnOperatorProposesAnEntryOnce() throws IOException, InterruptedException {
        centre.deliver(diverted("A", 77172700000L, Instant.now()), diverted("B", 77172700000L, Instant.now()));
        Visitor operator = Visitor.signedIn(centre, "operator");

        assertEquals("short", judged(operator, "A", "legitimate", "").problem("note"));
        assertEquals("word", judged(operator, "A", "odd", "a bank").problem("kind"));
        Answer first = judged(operator, "A", "legitimate", "a bank calls back");
        Answer second = judged(operator, "B", "legitimate", "the same bank");

        JsonNode entries = supervisor.get("/api/allow?state=proposed").body().get("entries");
        assertEquals(1, entries.size());
        assertEquals(first.body().get("proposed"), entries.get(0).get("id"));
        assertEquals(0, second.body().get("proposed").asInt(), "it is proposed already");
        assertEquals("false-positive", entries.get(0).get("origin").asText());
        assertEquals("D10", entries.get(0).get("rule").asText());
        assertEquals("A", entries.get(0).get("record").asText());
        assertEquals("reject", verdict(), "a proposal changes nothing yet");
    }

    @Test
    void whatAnOperatorWritesOfACallIsThePrecisionOfItsRuleAndProposesWhoIsHonest()
            throws IOException, InterruptedException {
        Instant now = Instant.now();
        centre.deliver(diverted("A", 77172700000L, now), diverted("B", 77172700001L, now));
        for (String each : List.of("A", "B")) {
            String caller = each.equals("A") ? BLOCKED : "+77172700001";
            centre.desk(TestRecords.moved(
                    TestRecords.offered(each, caller, "+77172345641", "D10", now), State.ANSWERED, "operator", now));
        }
        Visitor operator = Visitor.signedIn(centre, "operator");

        Answer honest = filed(operator, "A", "honest");
        assertEquals(201, honest.status(), honest.body().toString());
        Answer fraud = filed(operator, "B", "fraud-talked");
        assertTrue(fraud.body().path("proposed").isMissingNode(), fraud.body().toString());

        JsonNode rule = approver.get("/api/precision").body().get("rules").get(0);
        assertEquals("D10", rule.get("rule").asText());
        assertEquals(1, rule.get("right").asInt());
        assertEquals(1, rule.get("wrong").asInt());
        JsonNode entries = supervisor.get("/api/allow?state=proposed").body().get("entries");
        assertEquals(1, entries.size());
        assertEquals(honest.body().get("proposed"), entries.get(0).get("id"));
        assertEquals(BLOCKED, entries.get(0).get("number").asText());
        assertEquals(
                "an operator found an honest caller: Kaspi",
                entries.get(0).get("reason").asText());
        filed(operator, "A", "honest");
        assertEquals(
                1,
                approver.get("/api/precision")
                        .body()
                        .get("rules")
                        .get(0)
                        .get("wrong")
                        .asInt(),
                "a call counts once");
    }

    private static Answer filed(Visitor operator, String record, String outcome) {
        return operator.post(
                "/api/papers/" + record + "/disposition",
                Map.of(
                        "outcome",
                        outcome,
                        "fraud",
                        outcome.equals("honest") ? "none" : "bank",
                        "said",
                        List.of(),
                        "organisation",
                        "Kaspi",
                        "saved",
                        0));
    }

    @Test
    void whoDecidesAnOlderVersionIsTold() {
        JsonNode appeal = supervisor.post("/api/appeals", appeal()).body();
        String path = "/api/appeals/" + appeal.get("id");
        supervisor.post(path + "/answer", Map.of("version", 1, "why", "we look at it"));

        Answer late = approver.post(path + "/decide", Map.of("version", 1, "uphold", false, "why", "no ground"));

        assertEquals("outdated", late.error());
        assertEquals("answered", late.body().get("current").get("state").asText());
    }

    @Test
    void whatIsWrongWithAnAppealIsToldFieldByField() {
        Answer refused = supervisor.post(
                "/api/appeals",
                Map.of(
                        "appellant",
                        "cat",
                        "name",
                        "",
                        "contact",
                        "x",
                        "number",
                        "12",
                        "text",
                        "",
                        "records",
                        List.of("none")));

        assertEquals(
                List.of("word", "short", "short", "number", "short", "unknown"),
                List.of(
                        refused.problem("appellant"),
                        refused.problem("name"),
                        refused.problem("contact"),
                        refused.problem("number"),
                        refused.problem("text"),
                        refused.problem("records")));
    }

    @Test
    void aListOfAppealsNamesNobodyAndALookAtOneIsInTheTrail() {
        JsonNode appeal = supervisor.post("/api/appeals", appeal()).body();

        String list = approver.get("/api/appeals").body().toString();
        assertTrue(list.contains("+7 717 270 00 00") && !list.contains("Омарова"), list);
        assertEquals(
                1, approver.get("/api/appeals").body().get("counts").get("open").asInt());
        JsonNode shown = approver.get("/api/appeals/" + appeal.get("id")).body();
        assertEquals("А. Омарова", shown.get("name").asText());

        JsonNode link = Visitor.signedIn(centre, "auditor")
                .get("/api/audit?action=look.appeal")
                .body()
                .get("links")
                .get(0);
        assertEquals("approver", link.get("account").asText());
        assertEquals("appeal " + appeal.get("id"), link.get("subject").asText());
    }

    private JsonNode free() {
        Answer proposed = supervisor.post("/api/allow", Map.of("number", "+7 717 270-00-00", "reason", "an embassy"));
        assertEquals(201, proposed.status(), proposed.body().toString());
        Answer approved =
                approver.post("/api/allow/" + proposed.body().get("id") + "/approve", Map.of("version", 1, "why", ""));
        assertEquals(2, approved.body().get("revision").asInt(), approved.body().toString());
        assertEquals("pass", verdict());
        return approved.body();
    }

    private static Answer judged(Visitor operator, String record, String kind, String note) {
        return operator.post("/api/findings", Map.of("record", record, "kind", kind, "note", note));
    }

    private static Map<String, Object> appeal() {
        return Map.of(
                "appellant", "caller",
                "name", "А. Омарова",
                "contact", "omarova@example.kz",
                "number", BLOCKED,
                "text", "Мои звонки не проходят");
    }

    private String verdict() {
        return approver.post("/api/trials/call", Map.of("from", BLOCKED, "to", "+77172345641"))
                .body()
                .get("verdict")
                .asText();
    }

    private static List<String> actions(Answer answer) {
        return answer.body().get("history").findValues("action").stream()
                .map(JsonNode::asText)
                .toList();
    }

    private static DecisionRecord diverted(String id, long caller, Instant at) {
        return TestRecords.diverted(id, caller, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, at);
    }
}
