package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.TestRecords;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.http.Barriers;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.junit.jupiter.api.Test;

/** What operators do at the console, in a real browser. */
class BrowserSeatIT extends BrowserDesk {

    @Test
    void aCallIsAnsweredAndBothHearEachOtherAndItsOutcomeMakesTheSeatReady() throws Exception {
        Dialog dialog = talking();

        gateway.within(dialog, Request.BYE, "");
        gateway.expectResponse(200, Request.BYE);
        seatIs("Paperwork");
        page.keyboard().press("1");
        page.locator("[name=organisation]").fill("Bank security");
        page.keyboard().press("Control+Enter");

        seatIs("Ready");
    }

    @Test
    void theSoundIsTriedBothWaysBeforeAnybodyCalls() {
        page.keyboard().press("y");

        page.locator("#test-state", new Page.LocatorOptions().setHasText("your voice got to the relay"))
                .waitFor(new Locator.WaitForOptions().setTimeout(2 * PATIENCE_MILLIS));
    }

    @Test
    void whereNoRelayAnswersATestCallSaysSo() throws Exception {
        for (Rtpengine each : rtpengines) {
            each.kill();
        }
        page.keyboard().press("y");

        page.locator("#test-state", new Page.LocatorOptions().setHasText("No relay answers"))
                .waitFor(new Locator.WaitForOptions().setTimeout(2 * PATIENCE_MILLIS));
    }

    @Test
    void onHoldTheCallerHearsMusic() throws Exception {
        talking();

        page.keyboard().press("h");

        assertTrue(caller.hears(392, PATIENCE_MILLIS), "the caller hears music");
        page.keyboard().press("h");
        bothHear();
    }

    @Test
    void whoIsMutedIsNotHeardAndHearsOn() throws Exception {
        talking();

        page.keyboard().press("F8");

        assertTrue(caller.isWithout(1000, PATIENCE_MILLIS), "the caller does not hear the operator");
        pageHears(440);
        page.keyboard().press("F8");
        bothHear();
    }

    @Test
    void aReloadInMidCallReturnsToTheCall() throws Exception {
        Dialog dialog = talking();

        page.reload();

        callerMoves();
        page.locator("[data-act=end]").waitFor();
        bothHear();
        page.keyboard().press("F9");
        assertEquals(dialog, gateway.expectRequest(Request.BYE).getDialog());
        seatIs("Paperwork");
    }

    @Test
    void aRelayThatDiesInMidCallIsReplacedByTheOther() throws Exception {
        talking();
        long diedAt = System.nanoTime();

        // The desk takes the relay with the fewest calls, in the order of the configuration.
        rtpengines.get(0).kill();

        callerMoves();
        bothHear();
        System.out.println(
                "both heard each other " + (System.nanoTime() - diedAt) / 1_000_000 + " ms after a relay died");
    }

    @Test
    void anAnsweredCallGoesOnToItsCalleeByOneKeyAndTheOperatorIsFree() throws Exception {
        talking();
        try (Tone callee = new Tone(700)) {
            page.keyboard().press("F4");

            RequestEvent ring = gateway.expectRequest(Request.INVITE);
            String token = ring.getRequest().getHeader("X-Anticall-Bypass").toString();
            assertTrue(token.contains(CALL), token);
            gateway.answer(ring.getServerTransaction(), 200, callee.description());
            callee.sendTo(SipPeer.bodyOf(ring.getRequest()));
            gateway.expectRequest(Request.ACK);
            RequestEvent moved = callerMoves();

            assertTrue(caller.hears(700, PATIENCE_MILLIS), "the caller hears the callee");
            assertTrue(callee.hears(440, PATIENCE_MILLIS), "the callee hears the caller");
            seatIs("Paperwork");
            gateway.within(moved.getDialog(), Request.BYE, "");
            assertEquals(ring.getDialog(), gateway.expectRequest(Request.BYE).getDialog());
        }
    }

    @Test
    void aDecisionToConnectIsTakenBackWithinASecond() throws Exception {
        talking();

        page.keyboard().press("F4");
        page.keyboard().press("F4");

        bothHear();
        page.keyboard().press("F9");
        gateway.expectRequest(Request.BYE);
    }

    @Test
    void aCallThatIsNotTakenGoesDownItsLadder() throws Exception {
        gateway.invite(CALL, caller.description());
        page.locator("[data-act=next]").click();

        gateway.expectResponse(480, Request.INVITE);
        seatIs("Ready");
    }

    @Test
    void aSupervisorPausesASeatAndEndsItsCall() throws Exception {
        talking();
        try (BrowserContext other = context("en-GB")) {
            Page shift = signedIn(other, "supervisor");

            shift.locator("[data-seat=operator] [data-act=pause]").click();
            shift.locator("tr[data-id]").click();
            shift.locator("[data-act=end]").click();

            gateway.expectRequest(Request.BYE);
            seatIs("Paperwork");
            page.keyboard().press("4");
            page.keyboard().press("Control+Enter");
            seatIs("Pause");
        }
    }

    @Test
    void notesSaveThemselvesAndAreThereAfterAReload() throws Exception {
        gateway.invite(CALL, caller.description());
        page.locator("[data-act=answer]").waitFor();
        page.keyboard().press("t");
        page.keyboard().type("Major Sokolov, wants a code");
        page.locator("#note-state", new Page.LocatorOptions().setHasText("Saved"))
                .waitFor();

        page.reload();

        page.locator("[data-act=answer]").waitFor();
        Await.until("the note is there", PATIENCE, () -> page.locator("textarea")
                .inputValue()
                .equals("Major Sokolov, wants a code"));
    }

    @Test
    void aPageThatLosesTheNetworkKeepsTheCallAndSaysWhatTheCallerHears() throws Exception {
        talking();

        context.setOffline(true);
        assertTrue(caller.hears(392, PATIENCE_MILLIS), "the caller hears music");
        context.setOffline(false);

        callerMoves();
        bothHear();
    }

    @Test
    void noStateOfTheSeatKeepsAnybodyOutInAnyLanguage() throws Exception {
        speak("kk");
        Barriers.none(page, "seat-ready-kk");
        centre.deliver(TestRecords.diverted(
                CALL, 447700900123L, 77172345641L, "D10", TestRecords.LANDLINE_FROM_ABROAD, Instant.now()));
        gateway.invite(CALL, caller.description());
        page.locator("[data-act=answer]").waitFor();
        speak("ru");
        Barriers.none(page, "seat-ringing-ru");
        page.keyboard().press("F2");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        Dialog dialog = gateway.acknowledge(ok, "");
        page.locator("[data-act=hold]").waitFor();
        Barriers.none(page, "seat-talking-ru");
        try (BrowserContext other = context("ru-RU")) {
            Page shift = signedIn(other, "supervisor");
            shift.locator("tr[data-id]").click();
            shift.locator("[data-act=listen]").waitFor();
            Barriers.none(shift, "shift-ru");
        }
        gateway.within(dialog, Request.BYE, "");
        speak("en");
        seatIs("Paperwork");
        page.keyboard().press("1");
        Barriers.none(page, "seat-paperwork-en");
    }

    private void speak(String language) {
        page.locator("#language").selectOption(language);
        page.locator("html[lang=" + language + "]").waitFor();
    }
}
