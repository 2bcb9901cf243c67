package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's browser falls asleep, all of it, as it does with its machine, and wakes up again. */
class AsleepBrowserIT extends BrowserDesk {

    @AfterEach
    void awake() throws Exception {
        chromium.wake();
    }

    @Test
    void aCallThatRingsThereRingsElsewhereAndThePageKnowsWhenItWakesUp() throws Exception {
        try (SipPeer phone = new SipPeer("127.0.0.1", centre.server().deskPort())) {
            assertEquals(200, phone.register("101", "secret-101", 600));
            chromium.sleep();

            gateway.invite(CALL, caller.description());

            RequestEvent ring = phone.expectRequest(Request.INVITE);
            phone.answer(ring.getServerTransaction(), 200, caller.description());
            phone.expectRequest(Request.ACK);
            Dialog dialog = gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
            Await.until(
                    "the seat is free of whoever sleeps",
                    PATIENCE.plus(PATIENCE),
                    () -> operator().state() == SeatStatus.State.OFFLINE);
            gateway.within(dialog, Request.BYE, "");
            gateway.expectResponse(200, Request.BYE);
            chromium.wake();

            seatIs("Not at work");
            page.locator("#ready").click();
            seatIs("Ready");
        }
    }

    @Test
    void aCallIsHeardAgainAfterANapAndEndsIfItsOperatorSleepsOnWhosePaperworkWaits() throws Exception {
        talking();
        chromium.sleep();
        assertTrue(caller.hears(392, PATIENCE_MILLIS), "the caller hears music");
        chromium.wake();
        callerMoves();
        bothHear();

        chromium.sleep();
        assertTrue(caller.hears(392, PATIENCE_MILLIS), "the caller hears music");
        RequestEvent bye = gateway.expectRequest(Request.BYE);
        gateway.answer(bye.getServerTransaction(), 200, "");
        Await.until("the seat is free", PATIENCE, () -> operator().state() == SeatStatus.State.OFFLINE);
        chromium.wake();

        seatIs("Paperwork");
        page.keyboard().press("4");
        page.keyboard().press("Control+Enter");
        seatIs("Not at work");
        page.locator("#ready").click();
        seatIs("Ready");
        gateway.invite("another-call", caller.description());
        page.locator("[data-act=answer]").waitFor();
        page.keyboard().press("F2");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        bothHear();
    }

    private SeatStatus operator() {
        return centre.server().board().snapshot().seats().stream()
                .filter(each -> each.seat().equals("operator"))
                .findFirst()
                .orElseThrow();
    }
}
