package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.desk.DeskCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One key of an operator's phone lets an answered call go on to its callee. */
class PhoneReleaseTest {

    private static final String RELAY = "dtmf-relay";
    private static final String STAR = "Signal=*\r\nDuration=160\r\n";

    private final LinkedBlockingQueue<DeskCall> told = new LinkedBlockingQueue<>();
    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;
    private Dialog caller;
    private Dialog operator;

    @BeforeEach
    void talk() throws Exception {
        desk = DeskServer.start(
                TrialDesk.passingOn(0, "a key of more than 16 bytes".getBytes(StandardCharsets.UTF_8)),
                Sounds.direct(),
                told::add);
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        assertEquals(200, phone.register("101", TrialDesk.PASSWORD, 60));
        gateway.invite("rec-1", SipPeer.session("offer"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, SipPeer.session("answer"));
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        caller = gateway.acknowledge(ok, "");
        operator = ring.getServerTransaction().getDialog();
    }

    @AfterEach
    void close() {
        phone.close();
        gateway.close();
        desk.close();
    }

    @Test
    void theKeyConnectsCallerAndCalleeAndTheOperatorIsFree() throws Exception {
        long pressedAt = System.nanoTime();
        phone.within(operator, Request.INFO, RELAY, STAR);
        phone.expectResponse(200, Request.INFO);

        RequestEvent toCallee = gateway.expectRequest(Request.INVITE);
        assertTrue(
                toCallee.getRequest().getHeader("X-Anticall-Bypass").toString().contains("rec-1"));
        gateway.answer(toCallee.getServerTransaction(), 200, SipPeer.session("callee"));
        gateway.expectRequest(Request.ACK);
        RequestEvent moved = gateway.expectRequest(Request.INVITE);
        assertTrue(SipPeer.bodyOf(moved.getRequest()).contains("a=fmtp:8 callee"), "the caller hears the callee");
        gateway.answer(moved.getServerTransaction(), 200, SipPeer.session("offer"));
        gateway.expectRequest(Request.ACK);
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        System.out.println("released " + (System.nanoTime() - pressedAt) / 1_000_000 + " ms after the key");

        assertEquals(DeskCall.Outcome.RELEASED, last().outcome());
        gateway.within(caller, Request.BYE, "");
        assertEquals(
                toCallee.getDialog().getCallId().getCallId(),
                gateway.expectRequest(Request.BYE).getDialog().getCallId().getCallId());
    }

    @Test
    void theKeyPressedAgainTakesItBack() throws Exception {
        phone.within(operator, Request.INFO, RELAY, STAR);
        phone.expectResponse(200, Request.INFO);
        RequestEvent toCallee = gateway.expectRequest(Request.INVITE);
        gateway.answer(toCallee.getServerTransaction(), 180, "");

        phone.within(operator, Request.INFO, RELAY, STAR);
        phone.expectResponse(200, Request.INFO);

        assertEquals(
                Request.CANCEL,
                gateway.expectRequest(Request.CANCEL).getRequest().getMethod());
        phone.within(operator, Request.BYE, "");
        gateway.expectRequest(Request.BYE);
    }

    @Test
    void aCalleeWhoIsBusyLeavesTheCallWithTheOperator() throws Exception {
        phone.within(operator, Request.INFO, RELAY, STAR);
        phone.expectResponse(200, Request.INFO);
        gateway.answer(gateway.expectRequest(Request.INVITE).getServerTransaction(), 486, "");
        awaitAnswered(); // when the operator answered
        awaitAnswered(); // and again when it stays there

        phone.within(operator, Request.INFO, RELAY, STAR);
        phone.expectResponse(200, Request.INFO);

        gateway.answer(gateway.expectRequest(Request.INVITE).getServerTransaction(), 486, "");
    }

    @Test
    void otherKeysGoToTheCaller() throws Exception {
        phone.within(operator, Request.INFO, RELAY, "Signal=5\r\nDuration=160\r\n");

        RequestEvent passed = gateway.expectRequest(Request.INFO);
        assertTrue(SipPeer.bodyOf(passed.getRequest()).contains("Signal=5"));
        gateway.answer(passed.getServerTransaction(), 200, "");
        phone.expectResponse(200, Request.INFO);
    }

    @Test
    void theCallersKeysReleaseNothing() throws Exception {
        gateway.within(caller, Request.INFO, RELAY, STAR);

        RequestEvent passed = phone.expectRequest(Request.INFO);
        phone.answer(passed.getServerTransaction(), 200, "");
        gateway.expectResponse(200, Request.INFO);
        assertFalse(desk.calls().isEmpty());
    }

    private void awaitAnswered() throws Exception {
        DeskCall call = told.poll(20, TimeUnit.SECONDS);
        while (call.state() != DeskCall.State.ANSWERED) {
            call = told.poll(20, TimeUnit.SECONDS);
        }
    }

    /** The last thing told of the call. */
    private DeskCall last() throws Exception {
        DeskCall call = told.poll(20, TimeUnit.SECONDS);
        while (call != null && !call.state().isFinal()) {
            call = told.poll(20, TimeUnit.SECONDS);
        }
        return call;
    }
}
