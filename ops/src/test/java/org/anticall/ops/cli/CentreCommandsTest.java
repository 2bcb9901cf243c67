package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.TestRecords;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a centre, against one that runs. */
class CentreCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private RunningCentre centre;
    private String printed = "";
    private String complaint = "";

    @BeforeEach
    void start() throws StartFailure, IOException, InterruptedException {
        centre = new RunningCentre(directory.resolve("state"));
        for (Role role : Role.values()) {
            Files.writeString(directory.resolve(role.text()), token(role));
        }
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void anAppealIsTakenAnsweredAndDecidedAndTheNumberIsOnTheList() throws Exception {
        centre.deliver(TestRecords.diverted(
                "A", 77172700000L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, Instant.now()));

        assertEquals(
                0,
                run(
                        "supervisor",
                        "appeals",
                        "take",
                        "--appellant",
                        "caller",
                        "--name",
                        "A. B.",
                        "--contact",
                        "a@b.kz",
                        "--number",
                        "+77172700000",
                        "--text",
                        "they do not ring"));
        assertTrue(printed.contains("record A") && printed.contains("open"), printed);
        assertEquals(0, run("supervisor", "appeals", "answer", "1", "--why", "we look at it"));
        assertEquals(0, run("approver", "appeals", "list", "-o", "json"));
        assertEquals("answered", json().at("/appeals/0/state").asText());
        assertEquals(0, run("approver", "appeals", "decide", "uphold", "1", "--why", "the owner's contract"));
        assertTrue(printed.contains("freed with revision 2"), printed);
        assertEquals(1, run("approver", "appeals", "decide", "refuse", "1", "--why", "again"), "it is decided");

        assertEquals(0, run("prosecutor", "lists", "find", "+77172700000", "--why", "case 12"));
        assertTrue(printed.contains("allowed"), printed);
        assertEquals(1, run("prosecutor", "lists", "find", "+77172700001", "--why", "case 12", "-o", "json"));
        assertEquals("[]", json().get("entries").toString());
        assertEquals(0, run("prosecutor", "lists", "list", "-o", "json"));
        assertEquals("allow", json().at("/lists/0/list").asText());
        assertEquals(0, run("approver", "lists", "allowed"));
        assertTrue(printed.contains("+77172700000"), printed);
        assertEquals(0, run("approver", "lists", "step", "end", "1", "--why", "fraud after all"));
        assertTrue(printed.contains("in revision 3"), printed);
        assertEquals(0, run("operator", "lists", "allow", "+77172700002", "--why", "a bank"));
        assertEquals(2, run("operator", "lists", "allow", "12", "--why", "a bank"));
        assertTrue(complaint.contains("number: '12'"), complaint);
    }

    @Test
    void revisionsAreListedComparedPublishedAndTakenBack() throws Exception {
        assertEquals(0, run("approver", "bundles", "next", "-o", "json"));
        assertEquals(2, json().get("revision").asInt());
        assertEquals(0, run("approver", "bundles", "publish", "--why", "nothing new"));
        assertEquals(0, run("approver", "bundles", "rollback", "--to", "1", "--why", "as it was"));
        assertEquals(0, run("auditor", "bundles", "list"));
        assertTrue(printed.lines().findFirst().orElse("").contains("content of 1"), printed);
        assertEquals(0, run("auditor", "bundles", "diff", "1", "3", "-o", "json"));
        assertEquals("[]", json().get("changed").toString());
        assertEquals(2, run("auditor", "bundles", "diff", "1", "9"));
        assertEquals(2, run("auditor", "bundles", "publish"), "an auditor changes nothing");
        assertTrue(complaint.contains("publish"), complaint);
    }

    @Test
    void ordersGatewaysAndPeopleAreShown() throws Exception {
        assertEquals(0, run("prosecutor", "orders", "list", "--state", "live", "-o", "json"));
        assertEquals("[]", json().get("orders").toString());
        assertEquals(2, run("prosecutor", "orders", "show", "77"));
        assertEquals(0, run("carrier-admin", "gateways"));
        report("gw-1", 0);
        assertEquals(1, run("carrier-admin", "gateways"), "one is behind");
        assertTrue(printed.contains("gw-1"), printed);
        report("gw-1", 1);
        assertEquals(0, run("carrier-admin", "gateways", "-o", "json"));
        assertTrue(json().at("/gateways/0/upToDate").asBoolean());
        assertEquals(0, run("carrier-admin", "users"));
        assertTrue(printed.contains("prosecutor"), printed);
        assertEquals(2, run("operator", "users"), "an operator does not see accounts");
    }

    @Test
    void anOrderIsWrittenChangedAndPutIntoForceAtOnceFromAFile() throws Exception {
        Path pdf = Files.writeString(directory.resolve("order.pdf"), "%PDF-1.7 signed");
        assertEquals(0, run("prosecutor", "orders", "scan", pdf.toString()));
        String order =
                """
                {"title": "Calls of the campaign", "target": {"kind": "numbers", "numbers": ["+447700900217"]},
                 "action": "divert", "basis": {"type": "prosecutor-order", "document": "7-1", "office": "Astana",
                 "date": "2026-11-21", "scan": "%s"}, "territory": "Astana", "confidence": 90, "origin": "operator"}
                """
                        .formatted(printed.strip());
        Path file = Files.writeString(directory.resolve("order.json"), order);

        assertEquals(0, run("prosecutor", "orders", "write", file.toString()), complaint);
        Files.writeString(file, order.replace("the campaign", "another campaign"));
        assertEquals(0, run("prosecutor", "orders", "write", file.toString(), "--order", "1"));
        assertTrue(printed.contains("another campaign"), printed);
        Path outdated = Files.writeString(
                directory.resolve("outdated.json"), order.strip().replaceFirst("\\{", "{\"version\":1,"));
        assertEquals(1, run("prosecutor", "orders", "write", outdated.toString(), "--order", "1"), complaint);
        assertEquals(0, run("supervisor", "orders", "emergency", file.toString(), "--why", "it runs now"), complaint);
        assertTrue(printed.contains("in force with revision 2"), printed);
        String until = Instant.now().plusSeconds(86_400).toString();
        assertEquals(0, run("approver", "orders", "confirm", "2", "--until", until), complaint);
        assertEquals(
                2,
                run("prosecutor", "orders", "write", directory.resolve("none").toString()));
        Files.writeString(file, "[]");
        assertEquals(2, run("prosecutor", "orders", "write", file.toString()));
        assertTrue(complaint.contains("expected a JSON object"), complaint);
    }

    @Test
    void aRecordIsHeldAndLetGoAnAppealWithdrawnAndTheTrailSigned() throws Exception {
        centre.deliver(TestRecords.diverted(
                "A", 77172700000L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, Instant.now()));

        assertEquals(0, run("prosecutor", "records", "hold", "A", "--why", "case 12"));
        assertEquals(0, run("prosecutor", "records", "show", "A", "--why", "case 12"));
        assertTrue(printed.contains("held as evidence"), printed);
        assertEquals(0, run("prosecutor", "records", "unhold", "A", "--why", "case 12 is closed"));
        assertEquals(1, run("prosecutor", "records", "unhold", "A", "--why", "case 12 is closed"));
        assertEquals(2, run("prosecutor", "records", "numbers", "A"));
        assertTrue(complaint.contains("why"), complaint);
        assertEquals(0, run("prosecutor", "records", "numbers", "A", "--why", "case 12"));
        assertTrue(printed.replaceAll("[^0-9]", "").contains("77172345641"), printed);
        String[] take = {
            "appeals",
            "take",
            "--appellant",
            "citizen",
            "--name",
            "A. B.",
            "--contact",
            "a@b.kz",
            "--number",
            "+77172700000",
            "--text",
            "they do not ring"
        };
        assertEquals(0, run("supervisor", take));
        assertEquals(0, run("supervisor", "appeals", "withdraw", "1", "--why", "not wanted any more"));
        assertTrue(printed.contains("withdrawn"), printed);
        assertEquals(0, run("auditor", "audit", "sign"));
        assertTrue(printed.startsWith("link "), printed);
    }

    @Test
    void anOrderGoesThroughItsLifeStepByStep() throws Exception {
        Path file = Files.writeString(
                directory.resolve("orders.csv"),
                """
                title;target;action;type;document;date;office;territory;confidence;origin
                Calls of the campaign;+447700900217;label;prosecutor-order;7-1;2026-11-21;Astana;Astana;90;operator
                Calls of another;+447700900218;label;prosecutor-order;7-2;2026-11-21;Astana;Astana;90;operator
                """);
        assertEquals(0, run("prosecutor", "orders", "import", file.toString(), "--dry-run"), complaint);
        assertTrue(printed.contains("2 orders, 0 problems"), printed);
        assertEquals(0, run("prosecutor", "orders", "import", file.toString(), "-o", "json"), complaint);
        assertEquals(1, json().get("import").asInt());

        assertEquals("submitted", stepped("prosecutor", "submit", ""));
        assertEquals(1, run("approver", "orders", "step", "live", "1"), "it waits for approval");
        assertEquals(2, run("prosecutor", "orders", "step", "approve", "1"), "a prosecutor approves nothing");
        assertEquals("draft", stepped("approver", "return", "the office is wrong"));
        assertEquals("submitted", stepped("prosecutor", "submit", ""));
        assertEquals("approved", stepped("approver", "approve", ""));
        assertEquals(0, run("approver", "bundles", "publish"));
        assertEquals("approved", stepped("approver", "live", ""));
        assertEquals(0, run("approver", "bundles", "publish"));
        assertEquals("shadow", stepped("approver", "shadow", "too many complaints"));
        assertEquals(2, run("approver", "orders", "step", "revoke", "1"), "a reason is needed");
        assertTrue(complaint.contains("why"), complaint);
        assertEquals("revoked", stepped("approver", "revoke", "the campaign is over"));
        assertEquals(0, run("auditor", "orders", "show", "1"));
        assertTrue(printed.contains("order.watch") && printed.contains("too many complaints"), printed);
        assertEquals(2, run("approver", "orders", "step", "explode", "1"));

        assertEquals(0, run("prosecutor", "orders", "import-step", "submit", "1"), complaint);
        assertTrue(printed.contains("1 orders done, 0 left"), printed);
        assertEquals(0, run("approver", "orders", "import-step", "approve", "1"), complaint);
        assertEquals(1, run("approver", "orders", "import-step", "approve", "1"), "nothing waits any more");
        assertEquals(2, run("prosecutor", "orders", "import-step", "explode", "1"));
        assertEquals(0, run("approver", "orders", "undo-import", "1", "--why", "wrong file", "--revoke"), complaint);
        assertTrue(printed.contains("1 orders ended"), printed);
    }

    private String stepped(String role, String step, String why) throws JsonProcessingException {
        assertEquals(0, run(role, "orders", "step", step, "1", "--why", why, "-o", "json"), complaint);
        return json().at("/state/kind").asText();
    }

    @Test
    void anAccountIsMadeClosedAndGivenANewPassword() throws Exception {
        assertEquals(
                0, run("carrier-admin", "users", "add-person", "900101300001", "N. E.", "--unit", "1", "-o", "json"));
        String person = json().get("id").asText();
        assertEquals(
                0, run("carrier-admin", "users", "add-account", "n.e", "prosecutor", "--person", person), complaint);
        assertTrue(printed.matches("n\\.e: ([a-z2-9]{4}-){3}[a-z2-9]{4} \\(shown this once\\)\\s*"), printed);
        assertEquals(2, run("carrier-admin", "users", "add-account", "n.e", "prosecutor", "--person", person));
        assertTrue(complaint.contains("role: 'prosecutor'"), complaint);
        assertEquals(0, run("carrier-admin", "users", "step", "close", "n.e"), complaint);
        assertEquals(0, run("carrier-admin", "users"));
        assertTrue(printed.contains("n.e  prosecutor  closed"), printed);
        for (String step : List.of("open", "unlock", "remove-second-factor")) {
            assertEquals(0, run("carrier-admin", "users", "step", step, "n.e"), complaint);
        }
        assertEquals(0, run("carrier-admin", "users", "step", "password", "n.e"), complaint);
        assertTrue(printed.contains("shown this once"), printed);
        assertEquals(2, run("carrier-admin", "users", "step", "explode", "n.e"));
        assertEquals(2, run("auditor", "users", "step", "close", "n.e"), "an auditor changes nothing");
    }

    @Test
    void aFileOfNumbersIsCheckedImportedApprovedAndUndone() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong.csv"), "+447700900217\nnonsense\n");
        Path file = Files.writeString(directory.resolve("numbers.csv"), "+447700900217\n+4477008*\n+447700900217\n");
        assertEquals(0, run("prosecutor", "lists", "make", "fraud-2026", "--purpose", "from the partner"), complaint);
        assertEquals(1, run("prosecutor", "lists", "make", "fraud-2026", "--purpose", "again"), "it is there");

        assertEquals(1, run("prosecutor", "lists", "import", "fraud-2026", wrong.toString(), "--dry-run"));
        assertTrue(printed.contains("line 2: number: 'nonsense', expected a number"), printed);
        assertEquals(2, run("prosecutor", "lists", "import", "fraud-2026", wrong.toString(), "--document", "7-1"));
        assertTrue(complaint.contains("line 2: number: 'nonsense'"), complaint);
        assertEquals(
                0, run("prosecutor", "lists", "import", "fraud-2026", file.toString(), "--document", "7-1"), complaint);
        assertTrue(printed.contains("2 numbers, 1 doubles, 0 problems, import 1 waits for approval"), printed);
        assertTrue(complaint.contains("100 %  3 lines"), complaint);

        assertEquals(0, run("approver", "lists", "import-step", "approve", "fraud-2026", "1"), complaint);
        assertTrue(printed.contains("holding"), printed);
        assertEquals(2, run("approver", "lists", "import-step", "approve", "fraud-2026", "9"), "there is none");
        assertEquals(0, run("auditor", "lists", "managed"));
        assertTrue(printed.contains("2 numbers, 1 imports, 0 waiting"), printed);
        assertEquals(0, run("approver", "lists", "import-step", "undo", "fraud-2026", "1", "--why", "wrong file"));
        assertEquals(0, run("auditor", "lists", "imports", "fraud-2026", "-o", "json"));
        assertEquals("undone", json().at("/imports/0/state").asText());
    }

    @Test
    void theTrailOfARunningCentreIsProvedWhole() throws Exception {
        String url = centre.uri("").toString();

        assertEquals(0, execute("audit", "verify", url, "--token-file", file("auditor")), complaint);
        assertEquals(2, execute("audit", "verify", url, "--why=x", "--token-file", file("auditor")));
        assertTrue(complaint.contains("--why"), complaint);
        String why = "--why=yearly audit";
        assertEquals(0, execute("audit", "verify", url, why, "--token-file", file("auditor"), "-o", "json"));
        assertTrue(json().get("whole").asBoolean());
        assertTrue(json().get("signedUpTo").asLong() > 0, "the head is signed with the export");
        assertEquals(2, execute("audit", "verify", url, why, "--token-file", file("operator")));
        assertTrue(complaint.contains("see-audit"), complaint);
    }

    @Test
    void aCentreThatDoesNotAnswerAndAWrongTokenAreOneSentence() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "nonsense");
        assertEquals(2, execute("users", "--centre", centre.uri("").toString(), "--token-file", wrong.toString()));
        assertEquals(1, complaint.strip().lines().count(), complaint);
        String gone = centre.uri("").toString();
        centre.close();
        assertEquals(2, execute("users", "--centre", gone, "--token-file", file("carrier-admin")));
        assertTrue(complaint.contains("does not answer"), complaint);
        assertEquals(2, execute("appeals"));
        assertTrue(complaint.contains("What to do is missing: answer, decide, list, show, take"), complaint);
    }

    @Test
    void aStoppedCentreIsBackedUpAndTheRestoredOneKnowsEverybody() throws Exception {
        run("supervisor", "lists", "allow", "+77172700000", "--why", "an embassy");
        String password = centre.passwordOf("prosecutor");
        centre.close();
        Path backup = directory.resolve("backup.zip");

        assertEquals(
                0, execute("backup", "--config", config("state"), "--to", backup.toString(), "-o", "json"), complaint);
        assertEquals(1, json().at("/tables/allow_entry").asInt());
        assertEquals(0, execute("restore", "--config", config("other"), "--from", backup.toString()), complaint);
        assertTrue(printed.contains("the audit trail is whole"), printed);
        assertEquals(2, execute("restore", "--config", config("other"), "--from", backup.toString()));
        assertTrue(complaint.contains("holds something already"), complaint);

        centre = new RunningCentre(directory.resolve("other"));
        assertEquals(List.of(), centre.server().newAccounts(), "nobody is made anew");
        HttpResponse<String> signedIn = centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("name", "prosecutor", "password", password)))));
        assertEquals(200, signedIn.statusCode(), signedIn.body());
        assertEquals(0, run("approver", "lists", "allowed"), "tokens hold on");
        assertTrue(printed.contains("+77172700000"), printed);
    }

    private String config(String state) throws IOException {
        Files.writeString(directory.resolve("records.token"), RunningCentre.TOKEN);
        return Files.writeString(
                        directory.resolve(state + ".yaml"),
                        "http: 127.0.0.1:0\nstate: " + state + "\nrecords:\n  token-file: records.token\n")
                .toString();
    }

    private int run(String role, String... arguments) {
        return execute(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--centre", centre.uri("").toString(), "--token-file", file(role)))
                .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Anticall.run(new PrintWriter(out), new PrintWriter(err), arguments);
        printed = out.toString();
        complaint = err.toString();
        assertFalse(complaint.contains("this is a defect"), complaint);
        return status;
    }

    private JsonNode json() throws JsonProcessingException {
        return JSON.readTree(printed);
    }

    private String file(String role) {
        return directory.resolve(role).toString();
    }

    private void report(String node, long revision) throws IOException, InterruptedException {
        Map<String, Object> body = Map.of(
                "node",
                node,
                "revision",
                revision,
                "state",
                "enforced",
                "hash",
                "ab",
                "at",
                Instant.now().toString());
        HttpResponse<String> taken = centre.send(HttpRequest.newBuilder(centre.uri("/bundles/reports"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + RunningCentre.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        assertEquals(200, taken.statusCode(), taken.body());
    }

    /** A token with everything that the role may. */
    private String token(Role role) throws IOException, InterruptedException {
        HttpResponse<String> session = centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(
                        Map.of("name", role.text(), "password", centre.passwordOf(role.text()))))));
        Set<Permission> permissions = role.permissions();
        HttpResponse<String> made = centre.send(HttpRequest.newBuilder(centre.uri("/api/tokens"))
                .header("Content-Type", "application/json")
                .header(
                        "Cookie",
                        session.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0])
                .header(
                        "X-CSRF-Token",
                        JSON.readTree(session.body()).get("csrf").asText())
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of(
                        "name",
                        "cli",
                        "days",
                        1,
                        "scopes",
                        permissions.stream().map(Permission::text).toList())))));
        assertEquals(201, made.statusCode(), made.body());
        return JSON.readTree(made.body()).get("token").asText();
    }
}
