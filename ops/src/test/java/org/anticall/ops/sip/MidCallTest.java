package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sip.ClientTransaction;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.junit.jupiter.api.Test;

/** What either party may do to an answered call besides ending it. */
class MidCallTest extends OneDesk {

    @Test
    void aReInvitePassesFromEitherSideToTheOther() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);
        assertEquals("v=0 hold", SipPeer.bodyOf(held.getRequest()));
        phone.answer(held.getServerTransaction(), 200, "v=0 held");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertEquals("v=0 held", SipPeer.bodyOf(ok.getResponse()));
        gateway.acknowledge(ok, "");
        phone.expectRequest(Request.ACK);

        phone.within(call.phone(), Request.INVITE, "");
        RequestEvent asked = gateway.expectRequest(Request.INVITE);
        gateway.answer(asked.getServerTransaction(), 200, "v=0 late");
        ResponseEvent late = phone.expectResponse(200, Request.INVITE);
        assertEquals("v=0 late", SipPeer.bodyOf(late.getResponse()));
        phone.acknowledge(late, "v=0 answer to late");
        assertEquals(
                "v=0 answer to late",
                SipPeer.bodyOf(gateway.expectRequest(Request.ACK).getRequest()));
    }

    @Test
    void aRefusedReInviteLeavesTheCallAsItIs() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        gateway.within(call.gateway(), Request.INVITE, "v=0 video");
        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 488, "");

        gateway.expectResponse(488, Request.INVITE);
        phone.within(call.phone(), Request.BYE, "");
        gateway.expectRequest(Request.BYE);
    }

    @Test
    void aRequestOfTheOtherSideWaitsWhileOneIsUnderWay() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);
        gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);

        phone.within(call.phone(), Request.INVITE, "v=0 glare");
        phone.expectResponse(491, Request.INVITE);
        gateway.within(call.gateway(), Request.UPDATE, "v=0 other");
        gateway.expectResponse(491, Request.UPDATE);

        phone.answer(held.getServerTransaction(), 200, "v=0 held");
        assertEquals(
                "v=0 held",
                SipPeer.bodyOf(gateway.expectResponse(200, Request.INVITE).getResponse()));
    }

    @Test
    void aReInviteCanBeCancelled() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);
        ClientTransaction hold = gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);
        phone.answer(held.getServerTransaction(), 180, "");
        gateway.expectResponse(100, Request.INVITE);

        gateway.cancel(hold);

        RequestEvent cancel = phone.expectRequest(Request.CANCEL);
        phone.answer(cancel.getServerTransaction(), 200, "");
        phone.answer(held.getServerTransaction(), 487, "");
        gateway.expectResponse(487, Request.INVITE);
    }

    @Test
    void aLegThatHasForgottenTheCallEndsIt() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        gateway.within(call.gateway(), Request.INFO, "signal=5");
        phone.answer(phone.expectRequest(Request.INFO).getServerTransaction(), 481, "");

        gateway.expectResponse(481, Request.INFO);
        gateway.expectRequest(Request.BYE);
        assertEquals(Outcome.CONNECTION_LOST, awaitState(State.ENDED).outcome());
    }

    @Test
    void withoutAnAckTheCallIsEndedOnBothSides() throws Exception {
        DeskServer desk = open(DeskServer.start(
                settings(Duration.ofSeconds(10), List.of("127.0.0.0/8")),
                InstantSource.system(),
                new CallTerms(Duration.ofMillis(600), Duration.ofSeconds(90), Duration.ofMinutes(30)),
                FAREWELL));
        desk.addListener(told::add);
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        gateway.expectResponse(200, Request.INVITE);

        phone.expectRequest(Request.BYE);
        gateway.expectRequest(Request.BYE);
        assertEquals(Outcome.CONNECTION_LOST, awaitState(State.ENDED).outcome());
    }
}
