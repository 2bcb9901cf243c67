package org.anticall.gateway.verdict.roaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.anticall.gateway.config.RoamingLookup;
import org.anticall.rules.call.RoamingAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CarrierLookupTest {

    private static final long NUMBER = 77011234567L;
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(100);

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final RoamingCounters counters = new RoamingCounters();
    private LookupServer server;
    private CarrierLookup lookup;

    @BeforeEach
    void open() throws IOException {
        server = new LookupServer();
    }

    @AfterEach
    void close() {
        if (lookup != null) {
            lookup.close();
        }
        server.close();
    }

    @Test
    void theQuestionIsThatOfTheDocumentation() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
        server.behaviour = LookupServer.json(200, "{\"roaming\":false}");
        lookup = new CarrierLookup(
                new RoamingLookup(server.url(), token, null, 10, PATIENT, 5, PATIENT), counters, nanos::get);
        assertEquals(RoamingAnswer.HOME, ask());
        String question = server.questions.get(0);
        assertTrue(question.startsWith("POST /status/v1/retrieve HTTP/1.1\r\n"), question);
        assertTrue(question.contains("Authorization: Bearer s3cret\r\n"), question);
        assertTrue(question.endsWith("\r\n\r\n{\"device\":{\"phoneNumber\":\"+77011234567\"}}"), question);
    }

    @Test
    void everyAnswerOfTheDocumentationIsUnderstood() throws Exception {
        start(PATIENT, 5);
        assertAnswer(RoamingAnswer.HOME, 200, "{\"roaming\":false,\"lastStatusTime\":\"2026-11-27T20:00:00Z\"}");
        assertAnswer(
                RoamingAnswer.roaming("TR"), 200, "{\"roaming\":true,\"countryCode\":286,\"countryName\":[\"TR\"]}");
        assertAnswer(
                new RoamingAnswer(RoamingAnswer.State.ROAMING, "AE", RoamingAnswer.Mode.S8HR),
                200,
                "{\"roaming\":true,\"countryName\":[\"AE\"],\"roamingMode\":\"S8HR\"}");
        assertAnswer(
                new RoamingAnswer(RoamingAnswer.State.ROAMING, "", RoamingAnswer.Mode.LOCAL),
                200,
                "{\"roaming\":true,\"roamingMode\":\"LBO\"}");
        assertAnswer(RoamingAnswer.roaming(""), 200, "{\"roaming\":true}");
        assertAnswer(RoamingAnswer.roaming(""), 200, "{\"roaming\":true,\"countryName\":[\"GP\",\"MQ\"]}");
        assertAnswer(RoamingAnswer.roaming(""), 200, "{\"roaming\":true,\"countryName\":[\"Turkey\"]}");
        assertAnswer(RoamingAnswer.UNALLOCATED, 404, "{\"status\":404,\"code\":\"IDENTIFIER_NOT_FOUND\"}");
        assertAnswer(RoamingAnswer.UNALLOCATED, 404, "{\"status\":404,\"code\":\"DEVICE_NOT_FOUND\"}");
        assertAnswer(RoamingAnswer.UNKNOWN, 422, "{\"status\":422,\"code\":\"SERVICE_NOT_APPLICABLE\"}");
        assertEquals(0, counters.failed.sum());
        assertEquals("", lookup.trouble());
        assertEquals(1, server.connections.get(), "the connection is kept");
    }

    @Test
    void whatIsNoAnswerIsUnknownAndNeverHome() throws Exception {
        start(PATIENT, 1000);
        List<LookupServer.Behaviour> wrong = new ArrayList<>(List.of(
                LookupServer.json(200, "{\"roaming\":\"false\"}"),
                LookupServer.json(200, "{\"roaming\":0}"),
                LookupServer.json(200, "{}"),
                LookupServer.json(200, "[]"),
                LookupServer.json(200, "null"),
                LookupServer.json(200, ""),
                LookupServer.json(200, "<html>sign in</html>"),
                LookupServer.json(204, ""),
                LookupServer.json(302, ""),
                LookupServer.json(404, "<html>no such page</html>"),
                LookupServer.json(404, "{\"code\":\"NOT_FOUND\"}"),
                LookupServer.json(429, "{}"),
                LookupServer.json(500, "{\"roaming\":false}"),
                LookupServer.json(503, ""),
                LookupServer.json(200, "{\"roaming\":false,\"x\":\"" + "y".repeat(20_000) + "\"}")));
        for (LookupServer.Behaviour behaviour : wrong) {
            server.behaviour = behaviour;
            assertEquals(RoamingAnswer.UNKNOWN, ask());
        }
        assertEquals(wrong.size(), counters.failed.sum());
    }

    @Test
    void brokenConnectionsAreUnknown() throws Exception {
        start(PATIENT, 1000);
        List<LookupServer.Behaviour> broken = List.of(
                (connection, question) -> connection.close(),
                (connection, question) -> connection.shutdownOutput(),
                LookupServer.raw("\0\0\0\1garbage\r\n\r\n"),
                (connection, question) -> {
                    LookupServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"roaming\":false");
                    connection.shutdownOutput();
                });
        for (LookupServer.Behaviour behaviour : broken) {
            server.behaviour = behaviour;
            assertEquals(RoamingAnswer.UNKNOWN, ask());
        }
        assertEquals(broken.size(), counters.failed.sum());
        assertEquals(0, lookup.pending());
    }

    @Test
    void silenceIsATimeoutWhereverTheResponseStops() throws Exception {
        start(HASTY, 1000);
        List<LookupServer.Behaviour> silent = List.of(
                LookupServer::silence,
                LookupServer.raw("HTTP/1.1 200 O"),
                LookupServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"roaming\""));
        for (LookupServer.Behaviour behaviour : silent) {
            server.behaviour = behaviour;
            assertEquals(RoamingAnswer.TIMEOUT, ask());
        }
        assertEquals(silent.size(), counters.late.sum());
        assertEquals(0, lookup.pending());
    }

    @Test
    void aConnectionThatWasClosedMeanwhileIsNoFailure() throws Exception {
        start(PATIENT, 1000);
        LookupServer.Behaviour well = LookupServer.json(200, "{\"roaming\":false}");
        server.behaviour = (connection, question) -> {
            well.answer(connection, question);
            server.behaviour = (same, again) -> {
                server.behaviour = well;
                same.close();
            };
        };
        assertEquals(RoamingAnswer.HOME, ask());
        assertEquals(RoamingAnswer.HOME, ask());
        assertEquals(0, counters.failed.sum());
    }

    @Test
    void aLookupThatOnlyFailsIsLeftAloneForAWhile() throws Exception {
        start(PATIENT, 3);
        server.behaviour = LookupServer.json(500, "");
        for (int i = 1; i <= 3; i++) {
            assertEquals("", lookup.trouble(), "before failure " + i);
            assertEquals(RoamingAnswer.UNKNOWN, ask());
        }
        assertTrue(lookup.trouble().contains("answered 500"), lookup.trouble());
        assertEquals(RoamingAnswer.UNKNOWN, ask());
        assertEquals(3, server.questions.size(), "it is left alone");
        assertEquals(1, counters.resting.sum());

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertEquals(RoamingAnswer.UNKNOWN, ask());
        assertEquals(4, server.questions.size(), "one question tries again");
        assertEquals(RoamingAnswer.UNKNOWN, ask());
        assertEquals(4, server.questions.size());

        server.behaviour = LookupServer.json(200, "{\"roaming\":false}");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertEquals(RoamingAnswer.HOME, ask());
        assertEquals("", lookup.trouble());
        assertEquals(RoamingAnswer.HOME, ask());
    }

    @Test
    void aDeadLookupIsLeftAloneToo() throws Exception {
        ServerSocket nobody = new ServerSocket(0);
        nobody.close();
        server.close();
        start(PATIENT, 1);
        assertEquals(RoamingAnswer.UNKNOWN, ask());
        assertTrue(lookup.trouble().contains("no connection"), lookup.trouble());
    }

    @Test
    void pendingQuestionsAreBounded() throws Exception {
        lookup = new CarrierLookup(
                new RoamingLookup(server.url(), null, null, 2, PATIENT, 1000, PATIENT), counters, nanos::get);
        CompletableFuture<Void> release = new CompletableFuture<>();
        server.behaviour = (connection, question) -> {
            release.join();
            LookupServer.json(200, "{\"roaming\":false}").answer(connection, question);
        };
        CompletableFuture<RoamingAnswer> first = question(NUMBER);
        CompletableFuture<RoamingAnswer> second = question(NUMBER + 1);
        assertEquals(RoamingAnswer.UNKNOWN, question(NUMBER + 2).getNow(null), "at once");
        assertEquals(1, counters.tooMany.sum());
        release.complete(null);
        assertEquals(RoamingAnswer.HOME, first.get(10, TimeUnit.SECONDS));
        assertEquals(RoamingAnswer.HOME, second.get(10, TimeUnit.SECONDS));
        assertEquals(RoamingAnswer.HOME, question(NUMBER + 2).get(10, TimeUnit.SECONDS));
    }

    @Test
    void aNewTokenIsReadWhenTheOldOneIsRefused() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "old");
        lookup = new CarrierLookup(
                new RoamingLookup(server.url(), token, null, 10, PATIENT, 5, PATIENT), counters, nanos::get);
        server.behaviour = (connection, question) -> LookupServer.json(
                        question.contains("Bearer new") ? 200 : 401, "{\"roaming\":false}")
                .answer(connection, question);
        Files.writeString(token, "new");
        assertEquals(RoamingAnswer.UNKNOWN, ask());
        assertEquals(RoamingAnswer.HOME, ask());
    }

    @Test
    void aTokenThatCannotBeReadIsNamedAtTheStart() {
        RoamingLookup absent =
                new RoamingLookup(server.url(), directory.resolve("absent"), null, 10, PATIENT, 5, PATIENT);
        IOException problem = assertThrows(IOException.class, () -> new CarrierLookup(absent, counters, nanos::get));
        assertTrue(problem.getMessage().contains("absent"), problem.getMessage());
    }

    private void start(Duration giveUp, int failures) throws IOException {
        lookup = new CarrierLookup(
                new RoamingLookup(server.url(), null, null, 10, giveUp, failures, Duration.ofSeconds(5)),
                counters,
                nanos::get);
    }

    private void assertAnswer(RoamingAnswer expected, int status, String body) throws Exception {
        server.behaviour = LookupServer.json(status, body);
        assertEquals(expected, ask(), body);
    }

    private RoamingAnswer ask() throws Exception {
        return question(NUMBER).get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<RoamingAnswer> question(long number) {
        CompletableFuture<RoamingAnswer> answer = new CompletableFuture<>();
        lookup.query(number, answer::complete);
        return answer;
    }
}
