package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.sip.Dialog;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.Test;

/** What operators at pages do to a call, and what becomes of it when page, relay or desk are gone for a while. */
class PageSeatIT extends ToneDesk {

    @Test
    void aPageThatIsReloadedReturnsToItsCallAndTheCallerHearsMusicMeanwhile() throws Exception {
        talkingAtPage();

        pages.leave("anna");
        done(desk.consoleSeats().away("anna"));
        operator.fallSilent();
        assertTrue(caller.hears(MUSIC, PATIENCE_MILLIS), "the caller hears music");
        done(desk.consoleSeats().here("anna", true));
        pages.arrive("anna");

        takesTheOffer("anna", operator);
        callerMoves();
        bothHear();
    }

    @Test
    void whenARelayDiesBothSidesMoveToTheOtherOne() throws Exception {
        talkingAtPage();
        long diedAt = System.nanoTime();

        // The desk takes the relay with the fewest calls, in the order of the configuration.
        rtpengines.get(0).kill();

        takesTheOffer("anna", operator);
        callerMoves();
        bothHear();
        System.out.println(
                "both heard each other " + (System.nanoTime() - diedAt) / 1_000_000 + " ms after a relay died");
    }

    // ---- over a restart of the desk

    @Test
    void partiesGoOnTalkingWhileTheDeskIsDownAndThePageIsAtItsCallAgain() throws Exception {
        Dialog dialog = talkingAtPage();
        Await.until("the call is kept", PATIENCE, () -> !kept.calls().isEmpty());

        pages.leave("anna");
        stopDesk();
        assertTrue(caller.hears(1000, PATIENCE_MILLIS), "the caller hears the operator while there is no desk");
        assertTrue(operator.hears(440, PATIENCE_MILLIS), "the operator hears the caller");
        startDesk(desk.port());
        gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        assertEquals(SeatStatus.State.ON_CALL, seat("anna").state());
        done(desk.consoleSeats().here("anna", true));
        pages.arrive("anna");

        takesTheOffer("anna", operator);
        callerMoves();
        bothHear();
        gateway.within(dialog, Request.BYE, "");
        gateway.expectResponse(200, Request.BYE);
        pages.silence("anna");
        Await.until("paperwork", PATIENCE, () -> seat("anna").state() == SeatStatus.State.WRAP_UP);
    }

    @Test
    void whoSatAtTheConsoleSitsThereAfterARestartAndOwesWhatWasOwed() throws Exception {
        Dialog dialog = talkingAtPage();
        gateway.within(dialog, Request.BYE, "");
        Await.until("paperwork", PATIENCE, () -> seat("anna").unfiled());
        sitsDown("boris");
        done(desk.consoleSeats().pause("boris", "meal"));
        Await.until(
                "both are kept",
                PATIENCE,
                () -> kept.seats().size() == 2
                        && kept.seats().stream().anyMatch(each -> CALL.equals(each.unfiled()))
                        && kept.seats().stream().anyMatch(each -> "meal".equals(each.pauseReason())));

        stopDesk();
        startDesk(desk.port());

        assertTrue(seat("anna").unfiled());
        assertEquals(CALL, seat("anna").recordId());
        assertEquals("meal", seat("boris").pauseReason());
        done(desk.consoleSeats().filed("anna", CALL));
        assertFalse(seat("anna").unfiled());
    }

    @Test
    void aPhonesCallGoesOnOverARestartAndEndsAtTheRelayToo() throws Exception {
        Dialog dialog = talkingAtPhone();
        Await.until("the call is kept", PATIENCE, () -> !kept.calls().isEmpty());

        stopDesk();
        startDesk(desk.port());
        gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        phone.answer(phone.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        bothHear();
        assertEquals(1, carried());
        gateway.within(dialog, Request.BYE, "");

        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        Await.until("the relay is free", PATIENCE, () -> carried() == 0);
    }
}
