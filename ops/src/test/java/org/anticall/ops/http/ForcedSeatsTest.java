package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What supervisors do to the seat of an operator who sits at a page, over HTTP. */
class ForcedSeatsTest {

    private static final String SEAT = "operator";

    @TempDir
    Path state;

    private RunningCentre centre;
    private Visitor operator;
    private Visitor supervisor;

    @BeforeEach
    void start() throws Exception {
        centre = RunningCentre.withDesk(state);
        operator = Visitor.signedIn(centre, "operator");
        supervisor = Visitor.signedIn(centre, "supervisor");
        operator.post("/api/seat/ready", Map.of("page", "page-1"));
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void aSeatIsPausedWithAReasonAndMadeReadyAgain() {
        JsonNode paused = force("pause", "training").body().get("seat");
        assertEquals("paused", paused.get("state").asText());
        assertEquals(
                "supervisor supervisor: training", paused.get("pauseReason").asText());

        Answer ready = force("ready", "the training is over");

        assertEquals("ready", ready.body().get("seat").get("state").asText());
        JsonNode link = Visitor.signedIn(centre, "auditor")
                .get("/api/audit?action=supervision.ready")
                .body()
                .get("links")
                .get(0);
        assertEquals("the training is over", link.get("why").asText());
        assertEquals(SEAT, link.get("subject").asText());
        assertEquals("supervisor", link.get("account").asText());
    }

    @Test
    void aSeatThatIsSignedOutIsOfflineAndItsPageLearnsIt() {
        assertEquals(
                "offline",
                force("sign-out", "went home without signing out")
                        .body()
                        .get("seat")
                        .get("state")
                        .asText());

        assertEquals(
                "too-late",
                operator.post("/api/seat/here", Map.of("page", "page-1")).error());
        assertEquals("too-late", force("ready", "come back").error(), "nobody sits there");
        assertEquals("too-late", force("sign-out", "once more").error());
    }

    @Test
    void whatIsDoneToAnothersSeatNeedsAReason() {
        for (String act : new String[] {"ready", "end-wrap-up", "sign-out"}) {
            assertEquals("fields", force(act, "").error(), act);
            assertEquals("fields", force(act, "xx").error(), act);
            assertEquals("fields", force(act, "x".repeat(201)).error(), act);
        }
        assertEquals(200, force("ready", "xxx").status());
        assertEquals(200, force("ready", "x".repeat(200)).status());
        assertEquals("too-late", force("end-wrap-up", "there is none").error());
    }

    @Test
    void thereIsNoSuchSeat() {
        Answer answer = supervisor.post("/api/supervision/ready", Map.of("seat", "nobody", "reason", "is there"));

        assertEquals("too-late", answer.error());
        assertEquals(409, answer.status());
    }

    private Answer force(String act, String reason) {
        return supervisor.post("/api/supervision/" + act, Map.of("seat", SEAT, "reason", reason));
    }
}
