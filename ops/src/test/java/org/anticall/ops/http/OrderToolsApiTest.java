package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.anticall.ops.TestRecords;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.Test;

/** Imports of orders and trials of what they would do, over HTTP. */
class OrderToolsApiTest extends OrdersOverHttp {

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
                "lines",
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
}
