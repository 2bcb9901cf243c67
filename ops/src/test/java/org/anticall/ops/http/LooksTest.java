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
                continue; // the relay's test has recordings: RecordingsApiTest
            }
            looks++;
            String account = each.getValue().get(1);
            int before = links(auditor, action, account);
            Answer answer = look(Visitor.signedIn(centre, account), each.getKey(), paths);
            if (answer.status() != 200 || links(auditor, action, account) != before + 1) {
                unseen.add(each.getKey() + " by " + account + ": status " + answer.status());
            }
        }
        assertEquals(List.of(), unseen);
        assertTrue(looks >= 12, looks + " looks");
    }

    @Test
    void aLookThatFollowsFromNothingIsRefusedWithoutAReasonAndAnyOtherCarriesWhatItFollowsFrom() throws Exception {
        Map<String, String> paths = filled();
        Visitor auditor = Visitor.signedIn(centre, "auditor");
        List<String> odd = new ArrayList<>();
        int asked = 0;
        for (Map.Entry<String, List<String>> each : table().entrySet()) {
            String action = each.getValue().get(0);
            if (action.equals("-") || each.getKey().contains("/recordings/")) {
                continue;
            }
            String account = each.getValue().get(1);
            String follows = each.getValue().get(2);
            int before = links(auditor, action, account);
            Answer answer = look(Visitor.signedIn(centre, account).workingOn(""), each.getKey(), paths);
            boolean isRefused = answer.status() == 400
                    && answer.error().equals("why")
                    && answer.problem("why").equals("why")
                    && links(auditor, action, account) == before;
            boolean isAsExpected = follows.equals("asks")
                    ? isRefused
                    : answer.status() == 200 && newest(auditor, action).startsWith(follows);
            asked += isRefused ? 1 : 0;
            if (!isAsExpected) {
                odd.add(each.getKey() + " by " + account + ": status " + answer.status() + ", " + answer.body());
            }
        }
        assertEquals(List.of(), odd);
        assertEquals(3, asked, "asked why");
    }

    @Test
    void aCallThatIsOverIsNobodysButWhoseItWas() throws Exception {
        filled();
        DeskCall offered = TestRecords.offered(CALL, NUMBER, "+77172345641", "D10", Instant.now());
        DeskCall talking = TestRecords.moved(offered, DeskCall.State.ANSWERED, "operator", Instant.now());
        centre.server()
                .board()
                .changed(TestRecords.over(
                        talking, DeskCall.State.ENDED, DeskCall.Outcome.OPERATOR_HUNG_UP, Instant.now()));
        String path = "/api/records/" + CALL;
        Visitor auditor = Visitor.signedIn(centre, "auditor");

        assertEquals(
                200,
                Visitor.signedIn(centre, "operator").workingOn("").get(path).status());
        assertEquals("call " + CALL, newest(auditor, "look.receipt"));
        Visitor supervisor = Visitor.signedIn(centre, "supervisor").workingOn("");
        assertEquals("why", supervisor.get(path).error());
        supervisor.workingOn("%D0%B4%D0%B5%D0%BB%D0%BE%2012%2F24");
        assertEquals(200, supervisor.get(path).status());
        assertEquals("дело 12/24", newest(auditor, "look.receipt"));
        assertEquals(200, supervisor.get(path + "?why=a+complaint").status());
        assertEquals("a complaint", newest(auditor, "look.receipt"), "a reason for the very look comes first");
    }

    @Test
    void aReasonHasThreeToTwoHundredCharactersAndIsText() {
        Visitor prosecutor = Visitor.signedIn(centre, "prosecutor").workingOn("");
        String path = "/api/managed-lists/find?number=%2B447700900217&why=";

        assertEquals("why", prosecutor.get(path + "ab").error());
        assertEquals(200, prosecutor.get(path + "abc").status());
        assertEquals(200, prosecutor.get(path + "x".repeat(Why.LONGEST)).status());
        assertEquals("why", prosecutor.get(path + "x".repeat(Why.LONGEST + 1)).error());
        assertEquals("why", prosecutor.get(path + "one%0Atwo").error());
        assertEquals("why", prosecutor.get(path + "%20%20%20").error(), "blanks are no reason");
        assertEquals("why", prosecutor.workingOn("%zz").get(path).error());
        assertEquals(200, prosecutor.workingOn("a+b").get(path).status(), "a plus is a plus");
    }

    @Test
    void aSearchForOnePersonInTheTrailIsALook() {
        Visitor auditor = Visitor.signedIn(centre, "auditor").workingOn("");

        assertEquals(200, auditor.get("/api/audit").status());
        assertEquals("why", auditor.get("/api/audit?person=1").error());
        assertEquals("why", auditor.get("/api/audit?subject=account+operator").error());
        assertEquals(
                200,
                auditor.get("/api/audit?subject=account+operator&why=yearly+audit")
                        .status());
        assertEquals("yearly audit", newest(auditor, "look.trail"));
    }

    @Test
    void theCopyOfAnOrderIsSeenForTheSakeOfThatOrderAndOfNoOther() {
        String scan = scan();
        JsonNode order = approved(form("divert", scan));
        JsonNode other = approved(
                form("divert", upload("%PDF-1.7 another").body().get("hash").asText()));
        Visitor auditor = Visitor.signedIn(centre, "auditor");
        prosecutor.workingOn("");

        assertEquals(
                200,
                prosecutor
                        .get("/api/scans/" + scan + "?order=" + order.get("id"))
                        .status());
        assertEquals("order " + order.get("id"), newest(auditor, "look.scan"));
        assertEquals(
                "why",
                prosecutor
                        .get("/api/scans/" + scan + "?order=" + other.get("id"))
                        .error());
        assertEquals("why", prosecutor.get("/api/scans/" + scan + "?order=99").error());
        assertEquals("why", prosecutor.get("/api/scans/" + scan).error());
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

    private static Answer look(Visitor visitor, String route, Map<String, String> paths) {
        String path = paths.getOrDefault(route, route.split(" ", 2)[1]);
        return route.startsWith("GET ") ? visitor.get(path) : visitor.post(path, Map.of("record", CALL));
    }

    /** Why the last look of that kind was taken. */
    private static String newest(Visitor auditor, String action) {
        JsonNode links =
                auditor.get("/api/audit?most=1&action=" + action).body().get("links");
        return links.path(0).path("why").asText();
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

    /** {@code GET /api/papers/{id}} with the link's action, an account that may look and what the look follows from, or with {@code -}. */
    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> table = new LinkedHashMap<>();
        try (InputStream in = LooksTest.class.getResourceAsStream("looks.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.trim().split("\\s+", 4);
                    assertEquals(4, parts.length, "a route takes an action and an account, or - and a reason: " + line);
                    String[] rest = parts[3].split("\\s+", 2);
                    assertTrue(parts[2].equals("-") || rest.length == 2, "a look takes what it follows from: " + line);
                    table.put(parts[0] + " " + parts[1], List.of(parts[2], rest[0], rest.length == 2 ? rest[1] : ""));
                }
            }
        }
        return table;
    }
}
