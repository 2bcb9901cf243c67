package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.Test;

/** Accounts, persons and tokens, over HTTP. */
class AccountsApiTest extends PeopleOverHttp {

    @Test
    void aTokenDoesWhatItsScopesNameAndNoMore() {
        Visitor supervisor = Visitor.signedIn(centre, "supervisor");
        Answer refused =
                supervisor.post("/api/tokens", Map.of("name", "x", "days", 30, "scopes", List.of("release-calls")));
        assertEquals("word", refused.problem("scopes"), "nobody gives away what they do not have");

        Answer made =
                supervisor.post("/api/tokens", Map.of("name", "board", "days", 30, "scopes", List.of("see-calls")));
        Visitor program = Visitor.withToken(centre, made.body().get("token").asText());

        assertEquals(200, program.get("/api/calls").status());
        assertEquals("role", program.post("/api/records/A/numbers", Map.of()).error());
        assertEquals("token", program.post("/api/tokens", Map.of()).error());
        assertEquals("token", program.post("/api/session/password", Map.of()).error());
        assertEquals(
                "signed-out",
                Visitor.withToken(centre, made.body().get("token").asText() + "x")
                        .get("/api/calls")
                        .error());

        supervisor.delete("/api/tokens/" + made.body().get("id").asText());
        assertEquals("signed-out", program.get("/api/calls").error());
    }

    @Test
    void aClosedAccountIsOutAtOnceWithItsTokens() {
        Visitor operator = Visitor.signedIn(centre, "operator");
        Answer token = operator.post("/api/tokens", Map.of("name", "x", "days", 1, "scopes", List.of("see-calls")));
        Visitor program = Visitor.withToken(centre, token.body().get("token").asText());
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");

        assertEquals(
                200,
                admin.put("/api/accounts/operator/active", Map.of("active", false))
                        .status());

        assertEquals("signed-out", operator.get("/api/calls").error());
        assertEquals("signed-out", program.get("/api/calls").error());
        assertEquals(
                "wrong",
                new Visitor(centre)
                        .signIn("operator", centre.passwordOf("operator"), "")
                        .error());
        assertEquals(
                "own-account",
                admin.put("/api/accounts/carrier-admin/active", Map.of("active", false))
                        .problem("active"));
    }

    @Test
    void whoRunsAccountsCannotMakeThemselvesASignature() {
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");
        long self = admin.get("/api/session").body().get("personId").asLong();

        Answer refused = admin.post("/api/accounts", Map.of("name", "mine", "role", "approver", "person", self));

        assertEquals("apart", refused.problem("role"));
    }

    @Test
    void aPersonIsKnownByOneStaffNumberAndGetsAnAccountPerRole() {
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");
        Map<String, String> person = Map.of("staffNumber", "900101300001", "name", "Н. Есімова", "unit", "1-бөлім");
        long id = admin.post("/api/people", person).body().get("id").asLong();

        assertEquals("taken", admin.post("/api/people", person).problem("staffNumber"));
        assertEquals(
                "short",
                admin.post("/api/people", Map.of("staffNumber", "1", "name", "A"))
                        .problem("unit"));
        Answer made = admin.post("/api/accounts", Map.of("name", "n.yesimova", "role", "operator", "person", id));
        assertEquals(201, made.status());
        Answer twice = admin.post("/api/accounts", Map.of("name", "another", "role", "operator", "person", id));
        assertEquals("apart", twice.problem("role"));
        Answer odd = admin.post("/api/accounts", Map.of("name", "N E", "role", "king", "person", 99));
        assertEquals(
                List.of("account-name", "word", "unknown"),
                List.of(odd.problem("name"), odd.problem("role"), odd.problem("person")));

        Visitor herself = new Visitor(centre);
        assertEquals(
                "Н. Есімова",
                herself.signIn("n.yesimova", made.body().get("password").asText(), "")
                        .body()
                        .get("person")
                        .asText());
    }

    @Test
    void whatHappenedIsInTheTrailWithWhoAndWhere() {
        Visitor admin = Visitor.signedIn(centre, "carrier-admin");
        admin.post("/api/accounts/operator/password", Map.of());
        Visitor auditor = Visitor.signedIn(centre, "auditor");

        var links =
                auditor.get("/api/audit?action=account.password-reset").body().get("links");

        assertEquals(1, links.size());
        assertEquals("carrier-admin", links.get(0).get("account").asText());
        assertEquals("127.0.0.1", links.get(0).get("address").asText());
        assertEquals("account operator", links.get(0).get("subject").asText());
        assertEquals("fields", auditor.get("/api/audit?before=x").error());
    }
}
