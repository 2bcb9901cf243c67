package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a supervisor does to a call at the console, in a real browser beside the operator's. */
class SupervisorBrowserIT extends BrowserDesk {

    /** A page whose microphone is a tone of 700 Hz, after it was allowed the browser's own. */
    private static final String VOICE_700 =
            """
            const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wish) => {
              for (const track of (await ask(wish)).getTracks()) track.stop();
              const context = new AudioContext();
              const tone = context.createOscillator();
              const gain = context.createGain();
              const heard = context.createMediaStreamDestination();
              tone.frequency.value = 700;
              gain.gain.value = 0.25;
              tone.connect(gain).connect(heard);
              tone.start();
              return heard.stream;
            };
            """;

    private BrowserContext other;
    private Page shift;

    @BeforeEach
    void supervise() throws Exception {
        talking();
        other = context("en-GB");
        other.addInitScript(VOICE_700);
        shift = signedIn(other, "supervisor");
        shift.onConsoleMessage(message -> System.out.println("supervisor: " + message.text()));
        shift.onPageError(error -> System.out.println("supervisor: " + error));
        shift.locator("tr[data-id]").waitFor();
        shift.keyboard().press("ArrowDown");
    }

    @AfterEach
    void leave() {
        other.close();
    }

    @Test
    void aSupervisorListensWhispersJoinsAndTakesTheCallOverByKeys() throws Exception {
        shift.keyboard().press("l");
        hears(shift, "acc-shift", 0, 440);
        hears(shift, "acc-shift", 1, 1000);
        shift.keyboard().press("w");
        hears(page, "acc-station", 1, 700);
        assertFalse(caller.hearsBoth(700, 1000, 1_000), "the caller hears the whisper");
        shift.keyboard().press("j");
        assertTrue(caller.hearsBoth(700, 1000, PATIENCE_MILLIS), "the caller hears supervisor and operator");
        shift.keyboard().press("j");
        Await.until("only a whisper again", PATIENCE, () -> !caller.hearsBoth(700, 1000, 2_000));
        shift.keyboard().press("k");

        callerMoves();
        assertTrue(caller.hears(700, PATIENCE_MILLIS), "the caller hears the supervisor");
        hears(shift, "acc-station", 0, 440);
        seatIs("Breather"); // who takes a call over says what it was
        page.keyboard().press("r");
        seatIs("Ready");
        shift.keyboard().press("F9");
        gateway.expectRequest(Request.BYE);
    }

    @Test
    void keysThatComeFasterThanTheRelayAnswersAreDoneInTheirOrder() throws Exception {
        for (String key : List.of("w", "j", "w", "l", "l", "w", "j", "l")) {
            shift.keyboard().press(key);
        }

        assertTrue(caller.hearsBoth(700, 1000, PATIENCE_MILLIS), "the caller hears supervisor and operator");
        hears(shift, "acc-shift", 0, 440);
        shift.keyboard().press("w");
        assertTrue(caller.isWithout(700, PATIENCE_MILLIS), "the supervisor is done");
        bothHear();
    }
}
