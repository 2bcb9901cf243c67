package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.evidence.RecordIntake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much one client may ask of the centre: bodies, headers, streams, questions that wait, and its time. */
class HttpLimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than the console has threads. */
    private static final int SLOW_CLIENTS = 400;

    private static final int MOST_JSON_BYTES = 64 * 1024;
    private static final int MOST_HEADER_BYTES = 8 * 1024;

    @TempDir
    Path state;

    private final List<Socket> clients = new ArrayList<>();
    private RunningCentre centre;

    @BeforeEach
    void start() throws Exception {
        centre = new RunningCentre(state);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        centre.close();
    }

    @ParameterizedTest
    @CsvSource({"-1, 401", "0, 401", "1, 413"})
    void aJsonBodyHasAtMost64Kibibytes(int more, int status) throws Exception {
        String json = "{\"name\":\"nobody\",\"password\":\"wrong\"}";

        assertEquals(
                status,
                centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        json + " ".repeat(MOST_JSON_BYTES + more - json.length()))))
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({"-1, 201", "0, 201", "1, 413"})
    void aSignedCopyHasAtMost20Mebibytes(int more, int status) {
        byte[] scan = new byte[ScansApi.MOST_BYTES + more];
        System.arraycopy("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), 0, scan, 0, 8);

        assertEquals(
                status,
                Visitor.signedIn(centre, "prosecutor")
                        .upload("/api/scans", scan)
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 413"})
    void aBatchOfRecordsIsBounded(int more, int status) throws Exception {
        byte[] batch = new byte[RecordIntake.MAX_BATCH_BYTES + more];
        Arrays.fill(batch, (byte) ' ');

        assertEquals(
                status,
                centre.send(HttpRequest.newBuilder(centre.uri("/records"))
                                .header("Authorization", "Bearer " + RunningCentre.TOKEN)
                                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(batch))))
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 431"})
    void headersHaveAtMost8Kibibytes(int more, int status) throws Exception {
        Socket client = connected();
        String head = "GET /healthz HTTP/1.1\r\nHost: a\r\nX-More: ";

        ask(client, head + "a".repeat(MOST_HEADER_BYTES + more - head.length() - 4) + "\r\n\r\n");

        assertEquals(status, status(client));
    }

    @Test
    void soManyPagesAreOpenAtATimeAndNoMore() throws Exception {
        Visitor visitor = Visitor.signedIn(centre, "operator");
        String live = "GET /api/live HTTP/1.1\r\nHost: a\r\nCookie: " + visitor.cookie() + "\r\n\r\n";
        for (int i = 0; i < LiveApi.MOST_PAGES; i++) {
            Socket page = connected();
            ask(page, live);
            assertEquals(200, status(page), "page " + i);
        }

        assertEquals("full", visitor.errorOfStream("/api/live"));
        assertEquals(200, visitor.get("/api/calls").status(), "everything else goes on");

        clients.remove(0).close();
        Await.until("the place of a page that was closed", PATIENCE, () -> visitor.errorOfStream("/api/live")
                .isEmpty());
    }

    @Test
    void soManyGatewaysWaitForRulesAtATimeAndOthersAreAnsweredAtOnce() throws Exception {
        int beyond = 8;
        String question = "GET /bundles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + RunningCentre.TOKEN
                + "\r\nIf-None-Match: \"1\"\r\nPrefer: wait=55\r\n\r\n";
        for (int i = 0; i < BundlesApi.MOST_WAITING + beyond; i++) {
            ask(connected(), question);
        }

        Await.until("those beyond are answered", PATIENCE, () -> answered() >= beyond);

        assertEquals(beyond, answered());
    }

    @Test
    void bodiesThatNeverEndHoldNoThread() throws Exception {
        for (int i = 0; i < SLOW_CLIENTS; i++) {
            ask(
                    connected(),
                    "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{");
        }

        assertEquals(200, new Visitor(centre).get("/healthz").status());
        assertEquals(0, answered(), "all of them still wait, so it was not the end of one that let the other in");
    }

    private Socket connected() throws IOException {
        Socket client = new Socket(
                InetAddress.getLoopbackAddress(), centre.server().httpAddress().getPort());
        client.setSoTimeout((int) PATIENCE.toMillis());
        clients.add(client);
        return client;
    }

    private static void ask(Socket client, String question) throws IOException {
        client.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
    }

    private static int status(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        String line = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
        assertTrue(line.startsWith("HTTP/1.1 "), line);
        return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
    }

    /** Clients for whom there is an answer. */
    private long answered() throws IOException {
        long answered = 0;
        for (Socket client : clients) {
            if (client.getInputStream().available() > 0) {
                answered++;
            }
        }
        return answered;
    }
}
