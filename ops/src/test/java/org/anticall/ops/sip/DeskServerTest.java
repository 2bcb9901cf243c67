package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.address.SipURI;
import javax.sip.header.FromHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.junit.jupiter.api.Test;

/** A diverted call from its INVITE to its end, and who may offer one. */
class DeskServerTest extends OneDesk {

    @Test
    void aDivertedCallIsAnsweredByThePhoneAndEndedByTheCaller() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        assertEquals(OFFER, SipPeer.bodyOf(ring.getRequest()));
        FromHeader from = (FromHeader) ring.getRequest().getHeader(FromHeader.NAME);
        assertEquals("D10", from.getAddress().getDisplayName());
        assertEquals("+447700900123", ((SipURI) from.getAddress().getURI()).getUser());
        phone.answer(ring.getServerTransaction(), 180, "");
        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertEquals(ANSWER, SipPeer.bodyOf(ok.getResponse()));
        Dialog dialog = gateway.acknowledge(ok, "");
        gateway.within(dialog, Request.BYE, "");
        gateway.expectResponse(200, Request.BYE);

        RequestEvent bye = phone.expectRequest(Request.BYE);
        phone.answer(bye.getServerTransaction(), 200, "");

        assertEquals(State.OFFERED, next().state());
        DeskCall ringing = next();
        assertEquals(State.RINGING, ringing.state());
        assertEquals("101", ringing.seat());
        assertEquals("+447700900123", ringing.caller());
        assertEquals("+77172111111", ringing.callee());
        assertEquals("D10", ringing.rule());
        assertEquals(State.ANSWERED, next().state());
        assertEquals(Outcome.CALLER_HUNG_UP, next().outcome());
    }

    @Test
    void theOperatorEndsTheCall() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        phone.within(call.phone(), Request.BYE, "");
        phone.expectResponse(200, Request.BYE);

        RequestEvent bye = gateway.expectRequest(Request.BYE);
        gateway.answer(bye.getServerTransaction(), 200, "");
        awaitState(State.ENDED);
    }

    @Test
    void anAnswerToALateOfferComesInTheAck() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", "");
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        assertEquals("", SipPeer.bodyOf(ring.getRequest()));

        phone.answer(ring.getServerTransaction(), 200, OFFER);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertTrue(SipPeer.bodyOf(ok.getResponse()).endsWith("a=fmtp:8 offer\r\n"));
        gateway.acknowledge(ok, ANSWER);

        assertEquals(ANSWER, SipPeer.bodyOf(phone.expectRequest(Request.ACK).getRequest()));
    }

    @Test
    void cancelFollowsTheInviteToThePhone() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        ClientTransaction invite = gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");

        gateway.cancel(invite);

        gateway.expectResponse(487, Request.INVITE);
        RequestEvent cancel = phone.expectRequest(Request.CANCEL);
        phone.answer(cancel.getServerTransaction(), 200, "");
        phone.answer(ring.getServerTransaction(), 487, "");
        awaitState(State.ABANDONED);
    }

    @Test
    void aPhoneThatAnswersWhileTheCallerCancelsIsHungUp() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        ClientTransaction invite = gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");
        gateway.cancel(invite);
        gateway.expectResponse(487, Request.INVITE);
        RequestEvent cancel = phone.expectRequest(Request.CANCEL);

        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.answer(cancel.getServerTransaction(), 200, "");

        phone.expectRequest(Request.ACK);
        RequestEvent bye = phone.expectRequest(Request.BYE);
        phone.answer(bye.getServerTransaction(), 200, "");
    }

    @Test
    void aPhoneThatHasNotAnsweredAtAllIsCancelledWithItsFirstSign() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        ClientTransaction invite = gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        gateway.cancel(invite);
        gateway.expectResponse(487, Request.INVITE);
        awaitState(State.ABANDONED);

        phone.answer(ring.getServerTransaction(), 180, "");

        phone.expectRequest(Request.CANCEL);
    }

    @Test
    void nobodyAnswersInTimeAndTheGatewayGoesDownTheLadder() throws Exception {
        DeskServer desk = desk(Duration.ofMillis(700));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");

        ResponseEvent refused = gateway.expectResponse(480, Request.INVITE);

        assertNull(refused.getResponse().getHeader("X-Anticall-Release"));
        phone.expectRequest(Request.CANCEL);
        assertEquals(Outcome.NOT_ANSWERED, awaitState(State.LADDERED).outcome());
    }

    @Test
    void withNobodySignedInTheCallIsRefusedAtOnce() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);

        gateway.expectResponse(480, Request.INVITE);
        assertTrue(
                gateway.received().stream()
                        .noneMatch(message -> message instanceof Response response && response.getStatusCode() == 180),
                "the caller heard ringing");
    }

    @Test
    void aBusyPhonePassesTheCallToTheNextSeat() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer first = phone(desk, "101");
        SipPeer second = phone(desk, "102");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);

        first.answer(first.expectRequest(Request.INVITE).getServerTransaction(), 486, "");

        RequestEvent ring = second.expectRequest(Request.INVITE);
        second.answer(ring.getServerTransaction(), 200, ANSWER);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
        assertEquals("102", awaitState(State.ANSWERED).seat());
    }

    @Test
    void aPhoneThatIsGoneDoesNotHoldTheCallUp() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer dead = phone(desk, "101");
        SipPeer alive = phone(desk, "102");
        dead.close();
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);

        RequestEvent ring = alive.expectRequest(Request.INVITE);
        alive.answer(ring.getServerTransaction(), 200, ANSWER);
        gateway.expectResponse(200, Request.INVITE);
    }

    @Test
    void aCallIsReleasedFromTheConsole() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");

        assertTrue(desk.release("rec-1").get(5, TimeUnit.SECONDS));

        Response released = gateway.expectResponse(480, Request.INVITE).getResponse();
        assertEquals(
                "X-Anticall-Release: rec-1",
                released.getHeader("X-Anticall-Release").toString().trim());
        phone.expectRequest(Request.CANCEL);
        assertFalse(desk.release("rec-1").get(5, TimeUnit.SECONDS));
    }

    @Test
    void theDeclineKeyOfAPhoneReleasesTheCall() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);

        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 603, "");

        Response released = gateway.expectResponse(480, Request.INVITE).getResponse();
        assertNotNull(released.getHeader("X-Anticall-Release"));
        awaitState(State.RELEASED);
    }

    @Test
    void theConsoleEndsAnAnsweredCall() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        answered(gateway, phone);
        awaitState(State.ANSWERED);

        assertTrue(desk.end("rec-1").get(5, TimeUnit.SECONDS));

        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
    }

    // ---- who may, and what is shown

    @Test
    void onlyAGatewayMayDivert() throws Exception {
        DeskServer desk = desk(settings(Duration.ofSeconds(10), List.of("127.0.0.9")), InstantSource.system());
        SipPeer phone = phone(desk, "101");
        SipPeer stranger = peer(desk);

        stranger.invite("rec-1", OFFER);

        stranger.expectResponse(403, Request.INVITE);
        assertEquals(List.of(), desk.calls());
        assertEquals(2, phone.received().size(), "the phone got more than the answers to its registration");
    }

    @Test
    void anInviteWithoutAVerdictIsRefused() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        phone(desk, "101");
        SipPeer gateway = peer(desk);
        Request plain = gateway.diverted("rec-1", OFFER);
        plain.removeHeader("X-Anticall-Verdict");

        gateway.send(plain);

        gateway.expectResponse(403, Request.INVITE);
    }

    @Test
    void nothingNamesTheDesk() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);
        phone.within(call.phone(), Request.BYE, "");
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");

        for (Message message : gateway.received()) {
            String text = message.toString().toLowerCase(Locale.ROOT);
            for (String telltale : List.of("server:", "user-agent:", "anticall", "jain", "nist")) {
                assertFalse(text.contains(telltale), telltale + " in\n" + message);
            }
            if (message instanceof Response response && response.getStatusCode() == 200) {
                assertFalse(text.contains("contact: <sip:desk"), "the desk names itself in\n" + message);
            }
            assertNull(message.getHeader(RetryAfterHeader.NAME));
        }
    }

    @Test
    void closingEndsCallsOnBothSidesAndLeavesNoThread() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        answered(gateway, phone);
        awaitState(State.ANSWERED);
        Thread closing = new Thread(desk::close);

        closing.start();
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        closing.join(10_000);

        assertFalse(closing.isAlive());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ThreadGroup group = thread.getThreadGroup();
            assertFalse(
                    group != null && group.getName().equals("sip-127.0.0.1:" + desk.port()),
                    thread.getName() + " is left");
        }
        assertEquals(Outcome.DESK_CLOSED, awaitState(State.ENDED).outcome());
    }
}
