package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.TestRecords;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.media.SealedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings over HTTP: which there are, and who has heard them. */
class RecordingsApiTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant EARLIER = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-20T11:00:00Z");

    @TempDir
    Path state;

    private RunningCentre centre;
    private Visitor supervisor;
    private Visitor auditor;

    @BeforeEach
    void start() throws Exception {
        Path key = Files.write(state.resolve("recordings.key"), KEY);
        Path spool = Files.createDirectories(state.resolve("spool"));
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        centre = RunningCentre.recording(state, new OpsConfig.Media(List.of(nobody), true, spool, key));
        supervisor = Visitor.signedIn(centre, "supervisor");
        auditor = Visitor.signedIn(centre, "auditor");
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void theNewestIsFirstWithWhatIsKnownOfItsCall() throws Exception {
        DeskCall offered = TestRecords.offered("rec-new", "+447700900123", "+77172345641", "D10", EARLIER);
        centre.desk(TestRecords.moved(offered, State.ANSWERED, "operator", EARLIER));
        recorded("rec-old", 0, EARLIER);
        recorded("rec-new", 0, EARLIER);
        recorded("rec-new", 1, LATER);
        Await.until("the desk's memory is written", Duration.ofSeconds(20), () -> !list("").get(0)
                .get("seat")
                .isNull());

        JsonNode found = list("");

        assertEquals(2, found.size());
        JsonNode first = found.get(0);
        assertEquals("rec-new", first.get("call").asText());
        assertEquals(2, first.get("parts").asInt());
        assertEquals("operator", first.get("seat").asText());
        assertEquals("D10", first.get("rule").asText());
        assertEquals(LATER.toString(), first.get("sealedAt").asText());
        assertEquals(
                LATER.plusSeconds(TimeUnit.DAYS.toSeconds(183)).toString(),
                first.get("keptUntil").asText());
        assertEquals("rec-old", found.get(1).get("call").asText());
        assertTrue(found.get(1).get("seat").isNull(), "the desk has forgotten that call");
        assertEquals(1, list("?before=" + LATER).size(), "the next page");
        assertEquals("fields", supervisor.get("/api/recordings?before=today").error());
    }

    @Test
    void whoHeardWhatAndWhyStandsBesideTheRecordingAndInTheTrail() throws Exception {
        recorded("rec-1", 0, EARLIER);

        assertEquals(
                200,
                supervisor
                        .post("/api/recordings/rec-1/0?why=complaint+of+the+caller", Map.of())
                        .status());
        supervisor.post("/api/recordings/rec-1/0", Map.of());

        assertEquals(2, list("").get(0).get("looks").asInt());
        JsonNode looks = supervisor.get("/api/recordings/rec-1").body().get("looks");
        assertEquals(2, looks.size());
        JsonNode first = looks.get(1);
        assertEquals("supervisor", first.get("account").asText());
        assertEquals("complaint of the caller", first.get("why").asText());
        assertEquals(0, first.get("part").asInt());
        JsonNode link = auditor.get("/api/audit?action=recording.open")
                .body()
                .get("links")
                .get(1);
        assertEquals(first.get("link").asLong(), link.get("seq").asLong());
        assertEquals("complaint of the caller", link.get("why").asText());
    }

    @Test
    void whatIsNotThereLeavesNoTraceAndATooLongReasonOpensNothing() throws Exception {
        recorded("rec-1", 0, EARLIER);

        assertEquals(404, supervisor.post("/api/recordings/rec-1/1", Map.of()).status());
        assertEquals(
                "why",
                supervisor
                        .post("/api/recordings/rec-1/0?why=" + "x".repeat(201), Map.of())
                        .error());
        supervisor.workingOn("");
        assertEquals("why", supervisor.post("/api/recordings/rec-1/0", Map.of()).error());
        assertEquals(0, list("").get(0).get("looks").asInt());
        assertEquals(
                200,
                supervisor
                        .post("/api/recordings/rec-1/0?why=" + "x".repeat(200), Map.of())
                        .status());
    }

    private JsonNode list(String query) {
        return supervisor.get("/api/recordings" + query).body().get("recordings");
    }

    private void recorded(String id, int part, Instant at) throws Exception {
        Path file = state.resolve("recordings").resolve(id + "~00" + part + ".acr");
        SealedFile.write(file, KEY, "RIFF".getBytes(StandardCharsets.US_ASCII));
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
