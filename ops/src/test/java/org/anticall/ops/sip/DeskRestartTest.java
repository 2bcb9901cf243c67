package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The desk stops and starts again while people talk. */
class DeskRestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] BYPASS_KEY = "a key of more than 16 bytes".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private KeptCalls kept;
    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;

    @BeforeEach
    void start() throws Exception {
        startDesk(0);
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        open.add(gateway);
        open.add(phone);
        assertEquals(200, phone.register("101", TrialDesk.PASSWORD, 60));
    }

    @AfterEach
    void stop() throws Exception {
        stopDesk();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void aCallThatIsTalkedOnGoesOnAndItsEndReachesTheOperator() throws Exception {
        Dialogs call = talking("rec-1");

        restart();
        bothKnowTheCall();
        assertEquals(DeskCall.State.ANSWERED, desk.calls().get(0).state());
        assertEquals(SeatStatus.State.ON_CALL, desk.seats().get(0).state());
        gateway.within(call.gateway(), Request.BYE, "");

        gateway.expectResponse(200, Request.BYE);
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        Await.until("the call is over", PATIENCE, () -> desk.calls().isEmpty());
        Await.until("nothing is kept of it", PATIENCE, () -> kept.calls().isEmpty());
    }

    @Test
    void theOperatorEndsACallOfBeforeTheRestart() throws Exception {
        Dialogs call = talking("rec-1");

        restart();
        bothKnowTheCall();
        phone.within(call.phone(), Request.BYE, "");

        phone.expectResponse(200, Request.BYE);
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
    }

    @Test
    void aReInvitePassesAfterTheRestartInBothDirections() throws Exception {
        Dialogs call = talking("rec-1");

        restart();
        bothKnowTheCall();
        gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);
        assertEquals("v=0 hold", SipPeer.bodyOf(held.getRequest()));
        phone.answer(held.getServerTransaction(), 200, "v=0 held");
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
        phone.expectRequest(Request.ACK);
        phone.within(call.phone(), Request.INVITE, "v=0 back");

        RequestEvent back = gateway.expectRequest(Request.INVITE);
        assertEquals("v=0 back", SipPeer.bodyOf(back.getRequest()));
        gateway.answer(back.getServerTransaction(), 200, "v=0 there");
        phone.acknowledge(phone.expectResponse(200, Request.INVITE), "");
        gateway.expectRequest(Request.ACK);
    }

    @Test
    void whoHungUpWhileTheDeskWasDownEndsTheCallForTheOtherToo() throws Exception {
        talking("rec-1");

        restart();
        phone.answer(phone.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 481, "");

        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        Await.until("the call is over", PATIENCE, () -> desk.calls().isEmpty());
    }

    @Test
    void aCallThatOnlyRangGoesDownItsLadder() throws Exception {
        gateway.invite("rec-1", SipPeer.session("offer"));
        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 180, "");

        Thread stopping = new Thread(this::stopDesk);
        stopping.start();

        gateway.expectResponse(480, Request.INVITE);
        RequestEvent cancel = phone.expectRequest(Request.CANCEL);
        phone.answer(cancel.getServerTransaction(), 200, "");
        stopping.join();
        startDesk(desk.port());
        assertEquals(List.of(), desk.calls());
    }

    @Test
    void aCallThatWasPassedOnToItsCalleeGoesOnToo() throws Exception {
        Dialogs call = talking("rec-1");
        phone.within(call.phone(), Request.INFO, "dtmf-relay", "Signal=*\r\nDuration=160\r\n");
        phone.expectResponse(200, Request.INFO);
        RequestEvent toCallee = gateway.expectRequest(Request.INVITE);
        gateway.answer(toCallee.getServerTransaction(), 200, "v=0 callee");
        gateway.expectRequest(Request.ACK);
        RequestEvent moved = gateway.expectRequest(Request.INVITE);
        gateway.answer(moved.getServerTransaction(), 200, "v=0 caller");
        gateway.expectRequest(Request.ACK);
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        Await.until("the callee's side is kept", PATIENCE, () -> kept.calls().stream()
                .anyMatch(each -> each.seat().isEmpty()));

        restart();
        gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        gateway.within(call.gateway(), Request.BYE, "");

        RequestEvent bye = gateway.expectRequest(Request.BYE);
        assertEquals(
                toCallee.getDialog().getCallId().getCallId(),
                bye.getDialog().getCallId().getCallId());
    }

    @Test
    void aFileThatIsNoCallCostsNoOtherOne() throws Exception {
        talking("rec-1");
        stopDesk();
        Files.writeString(folder.resolve("rec-0.call"), "{\"facts\":");

        startDesk(desk.port());

        assertEquals(
                List.of("rec-1"), desk.calls().stream().map(DeskCall::recordId).toList());
    }

    // ---- bench

    private record Dialogs(Dialog gateway, Dialog phone) {}

    private Dialogs talking(String recordId) throws Exception {
        gateway.invite(recordId, SipPeer.session("offer"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, SipPeer.session("answer"));
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        Await.until("the call is kept", PATIENCE, () -> !kept.calls().isEmpty());
        return new Dialogs(ok.getDialog(), ring.getServerTransaction().getDialog());
    }

    /** Both parties are asked whether they are still there, and are. */
    private void bothKnowTheCall() throws Exception {
        gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        phone.answer(phone.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
    }

    private void restart() throws Exception {
        stopDesk();
        startDesk(desk.port());
    }

    private void stopDesk() {
        desk.close();
        kept.close();
    }

    private void startDesk(int port) throws Exception {
        kept = new KeptCalls(folder);
        DeskSettings settings = TrialDesk.passingOn(port, BYPASS_KEY);
        desk = DeskServer.start(settings, Sounds.direct(), SeatScreen.NONE, kept);
        assertTrue(desk.port() > 0);
    }
}
