package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.http.Visitor.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not what they should be: each gets one clear error with its line, and nothing is half done. */
class HostileFilesTest extends OrdersOverHttp {

    private static final String HEADING = "title;target;action;type;document;date;office;territory;confidence;origin\n";
    private static final String GOOD =
            "Bank;+447700900217;divert;prosecutor-order;7-1;2026-11-21;Астана;Astana;90;operator\n";
    private static final String LIST = "/api/managed-lists/fraud-2026/imports";

    @BeforeEach
    void aList() {
        assertEquals(
                201,
                prosecutor
                        .post("/api/managed-lists", Map.of("name", "fraud-2026", "purpose", "from partners"))
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"1f8b0800, gzip", "504b0304, zip or Excel", "d0cf11e0, an old Excel file", "fffe2b00, UTF-16"})
    void aFileThatIsNoTextIsRefusedAsAWhole(String hex, String found) {
        byte[] file = Arrays.copyOf(HexFormat.of().parseHex(hex), 4_096);
        for (String path : new String[] {"/api/imports?dry=true", LIST + "?dry=true"}) {
            Answer answer = prosecutor.upload(path, file);
            assertEquals(415, answer.status(), path);
            assertEquals("no-text", answer.error());
            assertEquals(found, answer.body().get("found").asText());
        }
    }

    @Test
    void aLineInAnotherEncodingIsNamed() {
        byte[] file = (HEADING + "A" + GOOD + "Банк" + GOOD).getBytes(Charset.forName("windows-1251"));

        assertEquals("2  encoding", problem(prosecutor.upload("/api/imports", file)), "the office is Cyrillic");
        byte[] cut = (HEADING + GOOD).getBytes(StandardCharsets.UTF_8);
        int inAstana = (HEADING + GOOD.substring(0, GOOD.indexOf('А'))).getBytes(StandardCharsets.UTF_8).length + 1;
        assertEquals("2  encoding", problem(prosecutor.upload("/api/imports", Arrays.copyOf(cut, inAstana))));
        assertEquals(0, found("state=draft"));
    }

    @Test
    void whatIsWrongWithTheTableItselfIsNamedByLine() {
        assertEquals("3  quote", problem(csv(HEADING + GOOD + "\"Bank;" + GOOD + GOOD)));
        assertEquals("1 colour column", problem(csv("title;colour\n1;2\n")));
        assertEquals("1 title column-twice", problem(csv("title;Title\n1;2\n")));
        assertEquals("3  cells", problem(csv(HEADING + GOOD + "more;" + GOOD)));
        assertEquals("2 title control", problem(csv(HEADING + "nu\0l" + GOOD)));
        assertEquals("2 title long", problem(csv(HEADING + "x".repeat(1 << 20) + GOOD)));
        assertEquals("import", csv("").error());
        assertEquals("import", csv(HEADING).error());
        assertEquals("2  json", problem(json("[{\"title\":\"x\"},\n{")));
        assertEquals("1  json", problem(json("[".repeat(5_000))));
        assertEquals("1  json-array", problem(json("{\"title\":\"x\"}")));
        assertEquals("control", json("[{\"title\":\"a\\ud800b\"}]").problem("title"), "half a character");
        assertEquals("1  object", problem(json("[7]")));
        assertEquals(0, found("state=draft"));
    }

    @Test
    void aMarkAtTheBeginningAndReturnsOnlyAreTaken() {
        Answer made = csv("\uFEFF" + (HEADING + GOOD + GOOD).replace('\n', '\r'));

        assertEquals(201, made.status(), made.body().toString());
        assertEquals(2, found("state=draft"));
    }

    @Test
    void aTextThatPretendsToBeAFormulaStaysAText() {
        Answer made = csv(HEADING + "=cmd|' /C calc'!A0" + GOOD);

        assertEquals(201, made.status(), made.body().toString());
        assertEquals(1, found("text=calc"));
    }

    @Test
    void aFileThatIsCutOffLeavesNothing() throws Exception {
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), centre.uri("/").getPort());
                OutputStream out = socket.getOutputStream()) {
            out.write(("POST " + LIST + "?document=7-1&key=cut-off-1 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: "
                            + prosecutor.cookie() + "\r\nX-CSRF-Token: " + prosecutor.csrf()
                            + "\r\nContent-Type: text/csv\r\nContent-Length: 10000000\r\n\r\n"
                            + "+447700900217\n".repeat(10_000) + "+44770090")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            Await.until(
                    "the centre reads",
                    Duration.ofSeconds(60),
                    () -> approver.get("/api/list-imports/progress/cut-off-1").status() == 200);
        }
        Await.until(
                "the centre gives it up",
                Duration.ofSeconds(60),
                () -> approver.get("/api/list-imports/progress/cut-off-1").status() == 404);

        assertEquals(0, prosecutor.get(LIST).body().get("imports").size());
    }

    @Test
    void asManyFilesAreReadAtOnceAsMemoryAllowsAndTheNextOneIsTold() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        CompletableFuture<Answer> one = held("held-back-1", rest);
        CompletableFuture<Answer> two = held("held-back-2", rest);
        try {
            for (String key : new String[] {"held-back-1", "held-back-2"}) {
                Await.until(
                        key + " is read",
                        Duration.ofSeconds(60),
                        () -> approver.get("/api/list-imports/progress/" + key).status() == 200);
            }
            Answer third = prosecutor.deliver(LIST + "?dry=true", "text/csv", "+447700900217\n");
            assertEquals(409, third.status());
            assertEquals("import-busy", third.error());
        } finally {
            rest.countDown();
        }
        assertEquals(201, one.get(60, TimeUnit.SECONDS).status());
        assertEquals(201, two.get(60, TimeUnit.SECONDS).status());
        assertEquals(
                200,
                prosecutor
                        .deliver(LIST + "?dry=true", "text/csv", "+447700900217\n")
                        .status());
    }

    @Test
    void aFileThatComesTooSlowlyIsGivenUpAfterAWhile() {
        long grace = SentFile.GRACE.toSeconds();
        assertFalse(SentFile.isTooSlow(grace, 0));
        assertTrue(SentFile.isTooSlow(grace + 1, (grace + 1) * SentFile.LEAST_BYTES_A_SECOND - 1));
        assertFalse(SentFile.isTooSlow(grace + 1, (grace + 1) * SentFile.LEAST_BYTES_A_SECOND));
    }

    private CompletableFuture<Answer> held(String key, CountDownLatch rest) {
        return CompletableFuture.supplyAsync(() -> prosecutor.stream(
                LIST + "?document=7-1&key=" + key,
                () -> new ManagedListsApiTest.HeldBack("+447700900217\n".repeat(30_000), rest)));
    }

    private Answer csv(String text) {
        return prosecutor.deliver("/api/imports", "text/csv", text);
    }

    private Answer json(String text) {
        return prosecutor.deliver("/api/imports", "application/json", text);
    }

    /** Line, field and word of the first problem of a file that was refused. */
    private static String problem(Answer answer) {
        assertEquals(400, answer.status(), answer.body().toString());
        assertEquals("lines", answer.error());
        JsonNode first = answer.body().get("problems").get(0);
        return first.get("line").asText() + " " + first.get("field").asText() + " "
                + first.get("word").asText();
    }
}
