package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anticall.ops.TestRecords;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.Test;

/** Which routes are looks at what concerns somebody, by a table that a person wrote by hand; each look leaves its link. */
class LooksTest extends OrdersOverHttp {

    private static final String CALL = "7Q4K21M8R0ABCDEFGHJK";
    private static final String NUMBER = "+447700900217";

    @Test
    void theTableNamesEveryRouteThatReads() throws IOException {
        Set<String> reading = centre.server().routes().stream()
                .filter(each -> each.startsWith("GET /api/") || each.endsWith("/numbers") || each.contains("/trials/"))
                .collect(Collectors.toCollection(TreeSet::new));
        reading.add("POST /api/recordings/{id}/{part}");

        assertEquals(reading, new TreeSet<>(table().keySet()));
    }

    @Test
    void everyLookLeavesALinkThatNamesWhoAndFromWhere() throws Exception {
        Map<String, String> paths = filled();
        Visitor auditor = Visitor.signedIn(centre, "auditor");
        List<String> unseen = new ArrayList<>();
        int looks = 0;
        for (Map.Entry<String, List<String>> each : table().entrySet()) {
            String action = each.getValue().get(0);
            if (action.equals("-") || each.getKey().contains("/recordings/")) {
                continue; // recordings take a relay: RecordingsApiTest
            }
            looks++;
            String account = each.getValue().get(1);
            String method = each.getKey().split(" ", 2)[0];
            String path = paths.getOrDefault(each.getKey(), each.getKey().split(" ", 2)[1]);
            Visitor visitor = Visitor.signedIn(centre, account);
            int before = links(auditor, action, account);
            Answer answer = method.equals("GET") ? visitor.get(path) : visitor.post(path, Map.of("record", CALL));
            if (answer.status() != 200 || links(auditor, action, account) != before + 1) {
                unseen.add(each.getKey() + " by " + account + ": status " + answer.status());
            }
        }
        assertEquals(List.of(), unseen);
        assertTrue(looks >= 12, looks + " looks");
    }

    @Test
    void whoIsShownAProposalAgainAndAgainHasSeenItOnce() throws Exception {
        filled();
        Visitor supervisor = Visitor.signedIn(centre, "supervisor");
        Visitor auditor = Visitor.signedIn(centre, "auditor");

        supervisor.get("/api/block-proposals");
        supervisor.get("/api/block-proposals");

        assertEquals(1, links(auditor, "look.proposal", "supervisor"));
    }

    /** Something to look at behind each route. */
    private Map<String, String> filled() throws Exception {
        centre.deliver(TestRecords.diverted(
                CALL, 447700900217L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, Instant.now()));
        DeskCall offered = TestRecords.offered(CALL, NUMBER, "+77172345641", "D10", Instant.now());
        DeskCall talking = TestRecords.moved(offered, DeskCall.State.ANSWERED, "operator", Instant.now());
        centre.server().board().changed(offered);
        centre.server().board().changed(talking);
        Visitor operator = Visitor.signedIn(centre, "operator");
        assertEquals(
                201,
                operator.post("/api/block-proposals", Map.of("call", CALL, "why", "says he is the bank"))
                        .status());
        Visitor supervisor = Visitor.signedIn(centre, "supervisor");
        Answer allowed = supervisor.post("/api/allow", Map.of("number", NUMBER, "reason", "a bank calls back"));
        assertEquals(201, allowed.status(), allowed.body().toString());
        Answer appeal = supervisor.post(
                "/api/appeals",
                Map.of(
                        "appellant", "citizen",
                        "name", "А. Б.",
                        "contact", "a@b.kz",
                        "number", NUMBER,
                        "text", "олар қоңырау шалады"));
        assertEquals(201, appeal.status(), appeal.body().toString());
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("GET /api/papers/{id}", "/api/papers/" + CALL);
        paths.put("GET /api/records/{id}", "/api/records/" + CALL);
        paths.put("POST /api/records/{id}/numbers", "/api/records/" + CALL + "/numbers");
        paths.put("GET /api/scans/{hash}", "/api/scans/" + scan());
        paths.put("GET /api/allow/{id}", "/api/allow/" + id(allowed));
        paths.put("GET /api/appeals/{id}", "/api/appeals/" + id(appeal));
        paths.put("GET /api/lists/find", "/api/lists/find?number=%2B447700900217");
        paths.put("GET /api/managed-lists/find", "/api/managed-lists/find?number=%2B447700900217");
        return paths;
    }

    private static String id(Answer made) {
        return made.body().get("id").asText();
    }

    private static int links(Visitor auditor, String action, String account) {
        int found = 0;
        for (JsonNode each :
                auditor.get("/api/audit?most=200&action=" + action).body().get("links")) {
            boolean whole = each.get("address").asText().equals("127.0.0.1")
                    && each.get("person").asLong() > 0
                    && each.get("action").asText().equals(action);
            found += whole && each.get("account").asText().equals(account) ? 1 : 0;
        }
        return found;
    }

    /** {@code GET /api/papers/{id}} with the link's action and an account that may look, or with {@code -} and why it is none. */
    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> table = new LinkedHashMap<>();
        try (InputStream in = LooksTest.class.getResourceAsStream("looks.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.trim().split("\\s+", 4);
                    assertEquals(4, parts.length, "a route takes an action and an account, or - and a reason: " + line);
                    table.put(parts[0] + " " + parts[1], List.of(parts[2], parts[3]));
                }
            }
        }
        return table;
    }
}
