package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators write about calls, and what becomes of it: precision, allow entries, orders. */
class PapersApiTest {

    private static final String CALL = "7Q4K21M8R0ABCDEFGHJK";
    private static final String CALLER = "+447700900123";

    @TempDir
    Path state;

    private RunningCentre centre;
    private Visitor operator;
    private Visitor supervisor;
    private Visitor prosecutor;

    @BeforeEach
    void start() throws StartFailure {
        centre = new RunningCentre(state);
        operator = Visitor.signedIn(centre, "operator");
        supervisor = Visitor.signedIn(centre, "supervisor");
        prosecutor = Visitor.signedIn(centre, "prosecutor");
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void whatACallWasCountsForItsRuleAndAnHonestCallerIsProposedToPass() {
        ended(CALL, CALLER, "operator");
        ended("OTHER", "+447700900124", "operator");

        assertEquals(201, operator.post(paper(CALL), disposition("honest")).status());
        assertEquals(
                201, operator.post(paper("OTHER"), disposition("fraud-talked")).status());

        JsonNode rule = prosecutor.get("/api/precision").body().get("rules").get(0);
        assertEquals("D10", rule.get("rule").asText());
        assertEquals(1, rule.get("right").asInt());
        assertEquals(1, rule.get("wrong").asInt());
        JsonNode proposals = supervisor.get("/api/allow").body().get("entries");
        assertEquals(1, proposals.size(), proposals.toString());
        assertEquals("proposed", proposals.get(0).get("state").asText());
    }

    @Test
    void papersTellOfAppealsAboutTheNumberAndThatItIsToPass() {
        ended(CALL, CALLER, "operator");
        JsonNode before = operator.get("/api/papers/" + CALL).body();
        assertEquals(0, before.get("appeals").asInt());
        assertFalse(before.get("allowed").asBoolean());

        Answer appeal = supervisor.post(
                "/api/appeals",
                Map.of(
                        "appellant",
                        "caller",
                        "name",
                        "А. Омарова",
                        "contact",
                        "a@example.kz",
                        "number",
                        CALLER,
                        "text",
                        "my brother"));
        assertEquals(201, appeal.status(), appeal.body().toString());
        operator.post(paper(CALL), disposition("honest"));

        JsonNode after = operator.get("/api/papers/" + CALL).body();
        assertEquals(1, after.get("appeals").asInt());
        assertTrue(after.get("allowed").asBoolean());
    }

    @Test
    void aCorrectionCountsInsteadOfWhatWasSaidFirst() {
        ended(CALL, CALLER, "operator");

        operator.post(paper(CALL), disposition("fraud-talked"));
        operator.post(paper(CALL), disposition("unclear"));

        assertEquals(
                "unclear",
                operator.get("/api/papers/" + CALL)
                        .body()
                        .get("disposition")
                        .get("outcome")
                        .asText());
        JsonNode rules = prosecutor.get("/api/precision").body().get("rules");
        assertEquals(0, rules.get(0).get("right").asInt());
    }

    @Test
    void onlyWhoHadTheCallSaysWhatItWas() {
        ended(CALL, CALLER, "somebody else");

        assertEquals(
                "not-yours", operator.post(paper(CALL), disposition("honest")).error());
        assertEquals("not-yours", propose(CALL).error());
    }

    @Test
    void aProposalToBlockIsMadeFromACallAndBecomesAnEmergencyOrder() {
        ended(CALL, CALLER, "operator");

        assertEquals(201, propose(CALL).status());

        JsonNode proposal =
                supervisor.get("/api/block-proposals").body().get("proposals").get(0);
        assertEquals(CALLER, proposal.get("number").asText());
        assertEquals("says he is the bank", proposal.get("why").asText());
        Answer order = block(proposal);
        assertEquals(201, order.status(), order.body().toString());
        assertEquals("live", order.body().at("/order/state/kind").asText());
        assertEquals(
                CALLER,
                order.body().at("/order/content/target/numbers/0").asText(),
                order.body().toString());
        Instant until = Instant.parse(
                order.body().get("order").get("content").get("until").asText());
        assertTrue(until.isBefore(Instant.now().plus(Duration.ofHours(4)).plusSeconds(1)), until.toString());
        assertEquals(0, proposals().size());
    }

    @Test
    void aProposalBecomesAnOrderOnceHoweverOftenItIsAsked() {
        ended(CALL, CALLER, "operator");
        propose(CALL);
        JsonNode proposal = proposals().get(0);

        Answer first = block(proposal);
        Answer again = block(proposal);

        assertEquals(201, first.status(), first.body().toString());
        assertEquals(200, again.status(), again.body().toString());
        assertEquals(first.body().at("/order/id"), again.body().at("/order/id"));
        assertEquals(1, supervisor.get("/api/orders").body().get("orders").size(), "there is no second order");
        String close = "/api/block-proposals/" + proposal.get("id") + "/close";
        assertEquals(404, supervisor.post(close, Map.of()).status(), "it is closed already");
    }

    @Test
    void aProposalThatWasLetBeBecomesNoOrder() {
        ended(CALL, CALLER, "operator");
        propose(CALL);
        JsonNode proposal = proposals().get(0);

        String close = "/api/block-proposals/" + proposal.get("id") + "/close";
        assertEquals(200, supervisor.post(close, Map.of()).status());

        assertEquals("closed", block(proposal).error());
        assertEquals(
                "fields",
                supervisor.post("/api/block-proposals/1/block", Map.of()).error());
        assertEquals(0, supervisor.get("/api/orders").body().get("orders").size());
        assertEquals(
                404,
                supervisor
                        .post("/api/block-proposals/99/block", Map.of("title", "A", "territory", "KZ"))
                        .status());
    }

    @Test
    void aRefusedOrderLeavesTheProposalOpen() throws Exception {
        ended(CALL, CALLER, "operator");
        propose(CALL);
        for (int i = 0; i < 11; i++) {
            centre.deliver(TestRecords.diverted(
                    "R" + i, 447700900123L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, Instant.now()));
        }

        assertEquals("emergency-broad", block(proposals().get(0)).error());

        assertEquals(1, proposals().size());
        assertEquals(0, supervisor.get("/api/orders").body().get("orders").size());
    }

    private JsonNode proposals() {
        return supervisor.get("/api/block-proposals").body().get("proposals");
    }

    private Answer block(JsonNode proposal) {
        return supervisor.post(
                "/api/block-proposals/" + proposal.get("id") + "/block",
                Map.of("title", "Proposed at the desk", "territory", "KZ"));
    }

    @Test
    void aCallerWithoutANumberCannotBeBlocked() {
        ended(CALL, "anonymous", "operator");

        assertEquals("no-number", propose(CALL).error());
        assertEquals(
                "fields",
                operator.post("/api/block-proposals", Map.of("call", CALL, "why", "xx"))
                        .error());
        assertEquals(404, propose("UNKNOWN").status());
    }

    @Test
    void oneShiftLeavesNotesToTheNext() {
        operator.post("/api/handover", Map.of("text", "A campaign out of +44 7700 since two o'clock."));
        supervisor.post("/api/handover", Map.of("text", "Relay two was restarted."));

        JsonNode notes =
                Visitor.signedIn(centre, "operator").get("/api/handover").body().get("notes");

        assertEquals(2, notes.size());
        assertEquals("Relay two was restarted.", notes.get(0).get("text").asText());
        assertEquals("supervisor", notes.get(0).get("account").asText());
        assertEquals(
                "fields", operator.post("/api/handover", Map.of("text", "")).error());
        assertEquals(
                "fields",
                operator.post("/api/handover", Map.of("text", "x".repeat(2_001)))
                        .error());
        assertEquals(
                200,
                operator.post("/api/handover", Map.of("text", "x".repeat(2_000)))
                        .status());
    }

    @Test
    void confirmedFraudsOfOneBlockAreACampaignUntilOneIsCorrected() {
        ended(CALL, CALLER, "operator");
        ended("OTHER", "+447700900999", "operator");
        operator.post(paper(CALL), disposition("fraud-talked"));
        assertEquals(0, operator.get("/api/campaigns").body().get("campaigns").size(), "one call is none");

        operator.post(paper("OTHER"), disposition("fraud-talked"));

        JsonNode campaign =
                supervisor.get("/api/campaigns").body().get("campaigns").get(0);
        assertEquals("bank-+44770090", campaign.get("tag").asText());
        assertEquals(2, campaign.get("calls").asInt());
        assertEquals(campaign, operator.get("/api/papers/" + CALL).body().get("campaign"));
        operator.post(paper("OTHER"), disposition("honest"));
        assertEquals(0, operator.get("/api/campaigns").body().get("campaigns").size());
        assertTrue(operator.get("/api/papers/" + CALL).body().get("campaign").isNull());
    }

    private Answer propose(String call) {
        return operator.post("/api/block-proposals", Map.of("call", call, "why", "says he is the bank"));
    }

    private static String paper(String call) {
        return "/api/papers/" + call + "/disposition";
    }

    private static Map<String, Object> disposition(String outcome) {
        boolean fraud = outcome.startsWith("fraud");
        return Map.of(
                "outcome",
                outcome,
                "fraud",
                fraud ? "bank" : "none",
                "said",
                fraud ? List.of("sms-code") : List.of(),
                "organisation",
                "",
                "saved",
                0);
    }

    /** A call that an operator has had, as the desk tells it. */
    private void ended(String id, String caller, String seat) {
        DeskCall offered = TestRecords.offered(id, caller, "+77172345641", "D10", Instant.now());
        DeskCall talking = TestRecords.moved(offered, State.ANSWERED, seat, Instant.now());
        centre.server().board().changed(offered);
        centre.server().board().changed(talking);
        centre.server()
                .board()
                .changed(TestRecords.over(talking, State.ENDED, DeskCall.Outcome.CALLER_HUNG_UP, Instant.now()));
    }
}
