package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.evidence.BoardChange;
import org.anticall.ops.evidence.BoardView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's button and the gateway's answer, with all that lies between: web server, desk, SIP. */
class ReleaseFromConsoleTest {

    private static final String CALL = "7Q4K21M8R0ABCDEFGHJK";

    @TempDir
    Path state;

    @Test
    void anOperatorReleasesARingingCallFromTheConsole() throws Exception {
        try (RunningCentre centre = RunningCentre.withDesk(state);
                SipPeer phone = new SipPeer("127.0.0.1", centre.server().deskPort());
                SipPeer gateway = new SipPeer("127.0.0.1", centre.server().deskPort());
                BoardView board = centre.server().board().view()) {
            assertEquals(200, phone.register("101", "secret-101", 60));
            gateway.invite(CALL, "");
            phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 180, "");
            await(board, State.RINGING);

            assertEquals(202, release(centre).statusCode());

            Response released = gateway.expectResponse(480, Request.INVITE).getResponse();
            assertEquals(
                    "X-Anticall-Release: " + CALL,
                    released.getHeader("X-Anticall-Release").toString().trim());
            await(board, State.RELEASED);
            assertEquals(409, release(centre).statusCode());
        }
    }

    private static HttpResponse<String> release(RunningCentre centre) throws Exception {
        HttpResponse<String> signedIn = centre.send(HttpRequest.newBuilder(centre.uri("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"operator\",\"password\":\"" + centre.passwordOf("operator") + "\"}")));
        JsonNode session = new ObjectMapper().readTree(signedIn.body());
        return centre.send(HttpRequest.newBuilder(centre.uri("/api/calls/" + CALL + "/release"))
                .header("Cookie", signedIn.headers().firstValue("Set-Cookie").orElseThrow())
                .header("X-CSRF-Token", session.get("csrf").asText())
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static void await(BoardView board, State wanted) throws InterruptedException {
        BoardChange change;
        do {
            change = Objects.requireNonNull(board.next(10_000), "the call did not become " + wanted);
        } while (change.calls().stream().noneMatch(each -> each.call().state() == wanted));
    }
}
