package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.TestRecords;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.http.Barriers;
import org.anticall.ops.http.Chromium;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator at the console, in a real browser: its microphone is a tone of 1000 Hz, the caller is one of 440 Hz. */
class BrowserSeatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String CALL = "7Q4K21M8R0ABCDEFGHJK";

    /** The pitch that the page hears, from the spectrum of its sound. */
    private static final String PITCH =
            """
            () => {
              const sound = document.querySelector("acc-station")?.seat.sound;
              if (!sound) return 0;
              if (window.ear?.sound !== sound) {
                const context = new AudioContext();
                const analyser = context.createAnalyser();
                analyser.fftSize = 4096;
                context.createMediaStreamSource(sound).connect(analyser);
                window.ear = { sound, context, analyser };
              }
              const bins = new Float32Array(window.ear.analyser.frequencyBinCount);
              window.ear.analyser.getFloatFrequencyData(bins);
              const loudest = bins.indexOf(Math.max(...bins));
              return bins[loudest] < -80 ? 0 : (loudest * window.ear.context.sampleRate) / 4096;
            }
            """;

    @TempDir
    static Path shared;

    private static Chromium chromium;

    @TempDir
    Path state;

    private final List<Rtpengine> rtpengines = new ArrayList<>();
    private RunningCentre centre;
    private SipPeer gateway;
    private BrowserContext context;
    private Page page;
    private Tone caller;

    @BeforeAll
    static void startBrowser() throws Exception {
        chromium = Chromium.withVoice(Voice.write(shared.resolve("voice.wav"), 1000));
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        rtpengines.add(new Rtpengine(5).start(state.resolve("recordings")));
        rtpengines.add(new Rtpengine(6).start(state.resolve("recordings")));
        Path key = Files.writeString(state.resolve("bypass.key"), "a key of more than 16 bytes");
        centre = RunningCentre.withRelays(
                state, rtpengines.stream().map(Rtpengine::address).toList(), key);
        gateway = new SipPeer("127.0.0.1", centre.server().deskPort());
        context = chromium.context("en-GB", 1280, 800);
        page = signedIn(context, "operator");
        page.onConsoleMessage(message -> System.out.println("browser: " + message.text()));
        page.onPageError(error -> System.out.println("browser: " + error));
        page.locator("#ready").click();
        seatIs("Ready");
        caller = new Tone(440);
    }

    @AfterEach
    void stop() throws Exception {
        caller.close();
        context.close();
        gateway.close();
        centre.close();
        for (Rtpengine each : rtpengines) {
            each.close();
        }
    }

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
        try (BrowserContext other = chromium.context("en-GB", 1280, 800)) {
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
        try (BrowserContext other = chromium.context("ru-RU", 1280, 800)) {
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

    /** The desk tells the caller where its sound goes from now on. */
    private RequestEvent callerMoves() throws Exception {
        RequestEvent moved = gateway.expectRequest(Request.INVITE);
        gateway.answer(moved.getServerTransaction(), 200, caller.description());
        caller.sendTo(SipPeer.bodyOf(moved.getRequest()));
        gateway.expectRequest(Request.ACK);
        return moved;
    }

    private Page signedIn(BrowserContext where, String account) {
        Page opened = where.newPage();
        opened.setDefaultTimeout(PATIENCE_MILLIS);
        opened.navigate(centre.uri("/").toString());
        opened.locator("#name").fill(account);
        opened.locator("#password").fill(centre.passwordOf(account));
        opened.keyboard().press("Enter");
        return opened;
    }

    private void seatIs(String word) {
        page.locator("#state", new Page.LocatorOptions().setHasText(word)).waitFor();
    }

    /** A call both sides of which are heard. */
    private Dialog talking() throws Exception {
        gateway.invite(CALL, caller.description());
        page.locator("[data-act=answer]").waitFor();
        page.keyboard().press("F2");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        Dialog dialog = gateway.acknowledge(ok, "");
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        bothHear();
        return dialog;
    }

    private void bothHear() throws Exception {
        assertTrue(caller.hears(1000, PATIENCE_MILLIS), "the caller hears the operator");
        pageHears(440);
    }

    private void pageHears(int hertz) throws Exception {
        Await.until("the page hears " + hertz + " Hz", PATIENCE, () -> near(hertz, pitch()));
    }

    private double pitch() {
        return ((Number) page.evaluate(PITCH)).doubleValue();
    }

    private static boolean near(int hertz, double pitch) {
        return Math.abs(pitch - hertz) < 30;
    }
}
