package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sip.message.Request;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.Test;

/** A desk whose sound goes straight: pages of the console cannot be heard, phones can. */
class NoRelayTest extends OneDesk {

    @Test
    void aPageThatCannotBeHeardKeepsNoCallFromThePhones() throws Exception {
        DeskServer desk = desk();
        SipPeer phone = phone(desk, "101");
        assertTrue(desk.consoleSeats().ready("anna").get(20, TimeUnit.SECONDS));
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);

        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
        assertEquals(SeatStatus.State.READY, seat(desk, "anna"));
    }

    @Test
    void withPagesAloneTheCallGoesDownItsLadder() throws Exception {
        DeskServer desk = desk();
        assertTrue(desk.consoleSeats().ready("anna").get(20, TimeUnit.SECONDS));
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);

        gateway.expectResponse(480, Request.INVITE);
        assertEquals(Outcome.NO_SEAT_LEFT, awaitState(State.LADDERED).outcome());
    }

    private DeskServer desk() throws Exception {
        DeskServer desk = open(DeskServer.start(
                settings(Duration.ofSeconds(10), List.of("127.0.0.0/8")), SeatScreen.NONE, SteadyClock.ofSystem()));
        desk.addListener(told::add);
        return desk;
    }
}
