package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.acceptance.Ports;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.store.AuditTrail;
import org.anticall.ops.store.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed in the middle of a call and comes back: what goes on meanwhile, and what is known afterwards. */
class DatabaseGoneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private int port;
    private EmbeddedPostgres postgres;
    private RunningCentre centre;
    private SipPeer gateway;
    private SipPeer phone;
    private String cookie;
    private String csrf;

    @BeforeEach
    void start() throws Exception {
        port = Ports.free();
        postgres = postgres();
        centre = RunningCentre.withDatabase(folder.resolve("state"), url());
        gateway = new SipPeer("127.0.0.1", centre.server().deskPort());
        phone = new SipPeer("127.0.0.1", centre.server().deskPort());
        assertEquals(200, phone.register("101", "secret-101", 600));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        phone.close();
        centre.close();
        postgres.close();
    }

    @Test
    void callsGoOnWithoutADatabaseAndNothingOfThemIsLost() throws Exception {
        Dialog before = answered("call-before");
        Await.until("the answer is stored", PATIENCE, () -> isStored("call-before", State.ANSWERED));

        signIn();

        kill();
        assertEquals(503, health());
        phone.within(before, Request.BYE, "");
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        phone.expectResponse(200, Request.BYE);
        Dialog meanwhile = answered("call-meanwhile");
        phone.within(meanwhile, Request.BYE, "");
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        phone.expectResponse(200, Request.BYE);

        gateway.invite("call-released", SipPeer.session("offer"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");
        assertEquals(202, release("call-released"), "what is done is done, whoever writes it down");
        gateway.expectResponse(480, Request.INVITE);
        phone.answer(phone.expectRequest(Request.CANCEL).getServerTransaction(), 200, "");
        phone.answer(ring.getServerTransaction(), 487, "");

        postgres = restarted();
        Await.until("the database is used again", PATIENCE, () -> health() == 200);
        Await.until("the first call's end is stored", PATIENCE, () -> isStored("call-before", State.ENDED));
        Await.until("the other call is stored", PATIENCE, () -> isStored("call-meanwhile", State.ENDED));
        assertEquals(
                List.of(State.OFFERED, State.RINGING, State.ANSWERED, State.ENDED),
                history("call-meanwhile").stream()
                        .map(DeskCall::state)
                        .filter(state -> state != State.QUEUED)
                        .distinct()
                        .toList());
        Await.until("the release is in the trail", PATIENCE, this::isReleaseInTheTrail);
    }

    private boolean isReleaseInTheTrail() {
        try (Database database = Database.open(folder.resolve("other"), url())) {
            return database
                    .audit()
                    .find(new AuditTrail.Search("call.release", "call-released", 0, Long.MAX_VALUE, 2))
                    .stream()
                    .anyMatch(link -> link.entry().who().account().equals("operator"));
        }
    }

    private void signIn() throws Exception {
        HttpResponse<String> answer = centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"operator\",\"password\":\"" + centre.passwordOf("operator") + "\"}")));
        csrf = new ObjectMapper().readTree(answer.body()).get("csrf").asText();
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private int release(String id) throws Exception {
        return centre.send(HttpRequest.newBuilder(centre.uri("/api/calls/" + id + "/release"))
                        .header("Cookie", cookie)
                        .header("X-CSRF-Token", csrf)
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    /** A call that the phone has taken; the phone's dialog. Its seat may wrap up the call before, so that the call waits. */
    private Dialog answered(String id) throws Exception {
        gateway.invite(id, SipPeer.session("offer"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, SipPeer.session("answer"));
        phone.expectRequest(Request.ACK);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
        return ring.getServerTransaction().getDialog();
    }

    private boolean isStored(String id, State state) {
        return history(id).stream().anyMatch(call -> call.state() == state);
    }

    private List<DeskCall> history(String id) {
        try (Database database = Database.open(folder.resolve("other"), url())) {
            return database.deskCalls().historyOf(id);
        }
    }

    private int health() throws Exception {
        return centre.send(HttpRequest.newBuilder(centre.uri("/healthz")).GET()).statusCode();
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    /** As a power cut does: not one connection is closed in good order. */
    private void kill() throws Exception {
        long process = Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(process).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(postmaster.descendants(), Stream.of(postmaster)).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        Await.until("PostgreSQL is dead", PATIENCE, () -> all.stream().noneMatch(ProcessHandle::isAlive));
        postgres.close(); // lets go of the folder
    }

    private EmbeddedPostgres restarted() throws Exception {
        EmbeddedPostgres[] started = new EmbeddedPostgres[1];
        Await.until("PostgreSQL starts again", PATIENCE, () -> {
            try {
                started[0] = postgres();
                return true;
            } catch (IOException | IllegalStateException notYet) {
                return false;
            }
        });
        return started[0];
    }

    private EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .start();
    }
}
