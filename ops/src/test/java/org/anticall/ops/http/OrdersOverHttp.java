package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A centre with a prosecutor and an approver who are signed in, and orders for them. */
abstract class OrdersOverHttp {

    @TempDir
    Path state;

    RunningCentre centre;
    Visitor prosecutor;
    Visitor approver;

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

    int found(String query) {
        return prosecutor.get("/api/orders?" + query).body().get("orders").size();
    }

    static Map<String, Object> form(String action, String scan) {
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

    JsonNode approved(Map<String, Object> form) {
        Answer draft = prosecutor.post("/api/orders", form);
        assertEquals(201, draft.status(), draft.body().toString());
        String path = "/api/orders/" + draft.body().get("id");
        Answer submitted = prosecutor.post(path + "/submit", Map.of("version", 1));
        assertEquals(200, submitted.status(), submitted.body().toString());
        Answer approved = approver.post(path + "/approve", Map.of("version", 2));
        assertEquals(200, approved.status(), approved.body().toString());
        return approved.body();
    }

    Answer step(JsonNode order, String step, Map<String, Object> more) {
        String path = "/api/orders/" + order.get("id");
        Map<String, Object> body = new HashMap<>(more);
        body.put("version", approver.get(path).body().get("version").asLong());
        return approver.post(path + "/" + step, body);
    }

    /** Another person who approves. */
    Visitor secondApprover() {
        Visitor administrator = Visitor.signedIn(centre, "carrier-admin");
        Answer person = administrator.post(
                "/api/people", Map.of("staffNumber", "77", "name", "С. Ахметова", "unit", "2-бөлім"));
        Answer account = administrator.post(
                "/api/accounts",
                Map.of(
                        "name",
                        "approver-2",
                        "role",
                        "approver",
                        "person",
                        person.body().get("id")));
        assertEquals(201, account.status(), account.body().toString());
        Visitor second = new Visitor(centre);
        assertEquals(
                200,
                second.signIn("approver-2", account.body().get("password").asText(), "")
                        .status());
        return second;
    }

    String scan() {
        return upload("%PDF-1.7 signed").body().get("hash").asText();
    }

    Answer upload(String content) {
        return prosecutor.upload("/api/scans", content.getBytes(StandardCharsets.UTF_8));
    }
}
