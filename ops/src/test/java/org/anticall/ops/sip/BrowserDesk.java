package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.http.Chromium;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An operator at the console, in a real browser: its microphone is a tone of 1000 Hz, the caller is one of 440 Hz. */
abstract class BrowserDesk {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int PATIENCE_MILLIS = 20_000;
    static final String CALL = "7Q4K21M8R0ABCDEFGHJK";

    /** The pitch of what a page hears: a call and a whisper at a seat, two parties at the shift. */
    static final String PITCH =
            """
            ([view, which]) => {
              const element = document.querySelector(view);
              const heard = view === "acc-shift" ? element?.sounds : [element?.seat.sound, element?.seat.whisper?.heard];
              const sound = heard?.[which];
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

    static Chromium chromium;

    @TempDir
    Path state;

    final List<Rtpengine> rtpengines = new ArrayList<>();
    RunningCentre centre;
    SipPeer gateway;
    BrowserContext context;
    Page page;
    Tone caller;

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
        context = context("en-GB");
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

    BrowserContext context(String language) {
        return chromium.context(language, 1280, 800);
    }

    /** The desk tells the caller where its sound goes from now on. */
    RequestEvent callerMoves() throws Exception {
        RequestEvent moved = gateway.expectRequest(Request.INVITE);
        gateway.answer(moved.getServerTransaction(), 200, caller.description());
        caller.sendTo(SipPeer.bodyOf(moved.getRequest()));
        gateway.expectRequest(Request.ACK);
        return moved;
    }

    Page signedIn(BrowserContext where, String account) {
        Page opened = where.newPage();
        opened.setDefaultTimeout(PATIENCE_MILLIS);
        opened.navigate(centre.uri("/").toString());
        opened.locator("#name").fill(account);
        opened.locator("#password").fill(centre.passwordOf(account));
        opened.keyboard().press("Enter");
        return opened;
    }

    void seatIs(String word) {
        page.locator("#state", new Page.LocatorOptions().setHasText(word)).waitFor();
    }

    /** A call both sides of which are heard. */
    Dialog talking() throws Exception {
        gateway.invite(CALL, caller.description());
        page.locator("[data-act=answer]").waitFor();
        page.keyboard().press("F2");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        Dialog dialog = gateway.acknowledge(ok, "");
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        bothHear();
        return dialog;
    }

    void bothHear() throws Exception {
        assertTrue(caller.hears(1000, PATIENCE_MILLIS), "the caller hears the operator");
        pageHears(440);
    }

    void pageHears(int hertz) throws Exception {
        hears(page, "acc-station", 0, hertz);
    }

    /** @param which of the sounds that view has */
    static void hears(Page where, String view, int which, int hertz) throws Exception {
        Await.until(
                view + " hears " + hertz + " Hz",
                PATIENCE,
                () -> near(hertz, ((Number) where.evaluate(PITCH, List.of(view, which))).doubleValue()));
    }

    private static boolean near(int hertz, double pitch) {
        return Math.abs(pitch - hertz) < 30;
    }
}
