package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.anticall.ops.TestRecords;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.Test;

/** What came in one file goes on as a whole, by the same rules as a single order. */
class ImportStepsApiTest extends OrdersOverHttp {

    private static final String HEADING = "title;target;action;type;document;date;office;territory;confidence;origin\n";

    @Test
    void aWholeImportIsHandedOverWithOneCopyApprovedByAnotherPersonAndEnded() {
        String path = imported("+447700900217", "+447700900218", "+447700900219");
        assertEquals("{\"draft\":3}", counts(path));
        assertEquals(
                "scan",
                prosecutor.post(path + "/submit", Map.of()).problem("basis.scan"),
                "calls are kept away: the signed copy is wanting");
        assertEquals(
                "unknown",
                prosecutor
                        .post(path + "/submit", Map.of("scan", "f".repeat(64)))
                        .problem("scan"));

        Answer submitted = prosecutor.post(path + "/submit", Map.of("scan", scan()));

        assertEquals(200, submitted.status(), submitted.body().toString());
        assertEquals(
                "{\"done\":3,\"left\":0,\"calls\":0,\"broad\":false}",
                submitted.body().toString());
        assertEquals("state", prosecutor.post(path + "/submit", Map.of()).error(), "once");
        assertEquals(
                "{\"done\":3,\"left\":0}",
                approver.post(path + "/approve", Map.of()).body().toString());
        assertEquals("{\"approved\":3}", counts(path));
        JsonNode links = Visitor.signedIn(centre, "auditor")
                .get("/api/audit?action=order.approve")
                .body()
                .get("links");
        assertEquals(3, links.size());
        assertEquals("import 1", links.get(0).get("why").asText());

        assertEquals(
                "{\"ended\":0,\"left\":3}",
                sorted(prosecutor.post(path + "/withdraw", Map.of("why", "wrong file"))),
                "an author takes back what nobody has approved");
        assertEquals("{\"ended\":3,\"left\":0}", sorted(approver.post(path + "/revoke", Map.of("why", "wrong file"))));
        assertEquals("{\"revoked\":3}", counts(path));
    }

    @Test
    void whatIsBroadTogetherNeedsASecondApprover() throws Exception {
        Instant now = Instant.now();
        centre.deliver(TestRecords.passed("A", 447700900217L, 77172345641L, now.minusSeconds(60)));
        String path = imported("+447700900217", "+447700900300");

        Answer submitted = prosecutor.post(path + "/submit", Map.of("scan", scan()));

        assertEquals(1, submitted.body().get("calls").asInt());
        assertEquals("true", submitted.body().get("broad").asText());
        assertEquals(
                2, approver.post(path + "/approve", Map.of()).body().get("done").asInt());
        assertEquals("{\"submitted\":2}", counts(path), "one of two has approved");
        assertEquals(
                "approved-twice", approver.post(path + "/approve", Map.of()).error());
        assertEquals(
                2,
                secondApprover()
                        .post(path + "/approve", Map.of())
                        .body()
                        .get("done")
                        .asInt());
        assertEquals("{\"approved\":2}", counts(path));
    }

    @Test
    void whatIsNoImportIsUnknown() {
        approved(form("label", ""));
        for (String id : new String[] {"0", "1", "x", "9".repeat(19)}) {
            String path = "/api/imports/" + id;
            assertEquals("unknown", prosecutor.get(path).error(), id);
            assertEquals("unknown", prosecutor.post(path + "/submit", Map.of()).error(), id);
            assertEquals("unknown", approver.post(path + "/approve", Map.of()).error(), id);
            assertEquals(
                    "unknown",
                    approver.post(path + "/revoke", Map.of("why", "wrong file")).error(),
                    id);
        }
    }

    private String imported(String... numbers) {
        StringBuilder file = new StringBuilder(HEADING);
        for (String number : numbers) {
            file.append("Bank;")
                    .append(number)
                    .append(";divert;prosecutor-order;7-1;2026-11-21;Astana;Astana;90;operator\n");
        }
        Answer made = prosecutor.deliver("/api/imports", "text/csv", file.toString());
        assertEquals(201, made.status(), made.body().toString());
        return "/api/imports/" + made.body().get("import");
    }

    private String counts(String path) {
        return approver.get(path).body().get("counts").toString();
    }

    private static String sorted(Answer answer) {
        return "{\"ended\":" + answer.body().get("ended") + ",\"left\":"
                + answer.body().get("left") + "}";
    }
}
