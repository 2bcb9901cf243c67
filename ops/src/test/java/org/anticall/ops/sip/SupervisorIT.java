package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.sip.Dialog;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.media.RelayedCall.Ear;
import org.anticall.ops.media.Tone;
import org.anticall.ops.sip.Eavesdrop.Mouth;
import org.anticall.ops.sip.SeatScreen.Turn;
import org.anticall.ops.sip.SeatScreen.Voice;
import org.junit.jupiter.api.Test;

/** What supervisors do to a call: they listen, whisper and take over. */
class SupervisorIT extends ToneDesk {

    @Test
    void aSupervisorHearsBothPartiesApartAndNeitherHearsAnything() throws Exception {
        talkingAtPage();
        List<Ear> ears = done(desk.eavesdrop().listen(CALL));

        try (Tone left = new Tone(600);
                Tone right = new Tone(600)) {
            done(desk.eavesdrop().heard(CALL, ears.get(0).tag(), left.description()));
            done(desk.eavesdrop().heard(CALL, ears.get(1).tag(), right.description()));
            left.sendTo(ears.get(0).description());
            right.sendTo(ears.get(1).description());

            assertTrue(left.hears(440, PATIENCE_MILLIS), "the caller, on the left");
            assertTrue(right.hears(1000, PATIENCE_MILLIS), "the operator, on the right");
            bothHear();
            assertFalse(caller.hears(600, 1_000), "the caller hears the listener");

            done(desk.eavesdrop().deaf(CALL, ears.get(0).tag()));
            assertTrue(left.isWithout(440, PATIENCE_MILLIS), "no more is heard");
            bothHear();
        }
    }

    @Test
    void aWhisperIsHeardByTheOperatorAlone() throws Exception {
        talkingAtPage();

        Mouth mouth = done(desk.eavesdrop().whisper(CALL, supervisor.description()));
        supervisor.sendTo(mouth.answer());
        Voice voice = pages.voice("anna");
        assertEquals(Turn.BEGINS, voice.turn());
        assertEquals(mouth.name(), voice.name());
        try (Tone operatorsEar = new Tone(600)) {
            done(desk.consoleSeats().heardWhisper("anna", CALL, voice.tag(), operatorsEar.description()));

            assertTrue(operatorsEar.hears(700, PATIENCE_MILLIS), "the operator hears the supervisor");
            bothHear();
            assertFalse(caller.hears(700, 1_000), "the caller hears the supervisor");

            done(desk.eavesdrop().aloud(CALL, mouth.name(), true));
            assertEquals(new Voice(mouth.name(), Turn.ALOUD), pages.voice("anna"), "the page is to mix the voice in");
            done(desk.eavesdrop().hush(CALL, mouth.name()));
            assertEquals(new Voice(mouth.name(), Turn.ENDS), pages.voice("anna"));
            assertTrue(operatorsEar.isWithout(700, PATIENCE_MILLIS), "the supervisor is done");
            bothHear();
        }
    }

    @Test
    void theLateEndOfAWhisperEndsNoOther() throws Exception {
        talkingAtPage();
        Mouth first = done(desk.eavesdrop().whisper(CALL, supervisor.description()));
        pages.voice("anna");
        Mouth second = done(desk.eavesdrop().whisper(CALL, supervisor.description()));
        supervisor.sendTo(second.answer());
        Voice voice = pages.voice("anna");
        try (Tone operatorsEar = new Tone(600)) {
            done(desk.consoleSeats().heardWhisper("anna", CALL, voice.tag(), operatorsEar.description()));

            done(desk.eavesdrop().hush(CALL, first.name()));

            assertEquals(first.name(), pages.voice("anna").name());
            assertFalse(operatorsEar.isWithout(700, 5_000), "the second whisper goes on");
            assertThrows(ExecutionException.class, () -> done(desk.eavesdrop().hush(CALL, "caller")));
            bothHear();
        }
    }

    @Test
    void aPageThatWasNotThereWhenItTookACallOverIsOfferedItWhenItIs() throws Exception {
        talkingAtPage();
        pages.arrive("boris");
        done(desk.consoleSeats().standBy("boris"));
        assertTrue(done(desk.eavesdrop().takeOver(CALL, "boris")));
        assertTrue(pages.offer("boris").talking(), "said to nobody");

        done(desk.consoleSeats().here("boris", true));

        takesTheOffer("boris", supervisor);
        callerMoves();
        pages.silence("anna");
        operator.fallSilent();
        supervisorTalksAndEnds();
    }

    @Test
    void nobodyWhispersToAPhone() throws Exception {
        talkingAtPhone();

        ExecutionException refused = assertThrows(
                ExecutionException.class, () -> done(desk.eavesdrop().whisper(CALL, supervisor.description())));

        assertInstanceOf(IllegalStateException.class, refused.getCause());
    }

    @Test
    void aSupervisorTakesACallOverFromAPage() throws Exception {
        talkingAtPage();

        takesOver("boris");

        pages.silence("anna");
        operator.fallSilent(); // as a page does
        Await.until("paperwork", PATIENCE, () -> seat("anna").state() == SeatStatus.State.WRAP_UP);
        supervisorTalksAndEnds();
    }

    @Test
    void aSupervisorTakesACallOverFromAPhone() throws Exception {
        talkingAtPhone();

        takesOver("boris");

        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        operator.fallSilent();
        supervisorTalksAndEnds();
    }

    @Test
    void aTakeOverThatThePageDoesNotAnswerLeavesTheCallWhereItIs() throws Exception {
        Dialog dialog = talkingAtPage();
        pages.arrive("boris");
        done(desk.consoleSeats().standBy("boris"));
        assertTrue(done(desk.eavesdrop().takeOver(CALL, "boris")));
        assertTrue(pages.offer("boris").talking());

        bothHear();
        done(desk.consoleSeats().leave("boris"));

        bothHear();
        assertEquals(SeatStatus.State.ON_CALL, seat("anna").state());
        gateway.within(dialog, Request.BYE, "");
        gateway.expectResponse(200, Request.BYE);
    }

    // ---- bench

    private void takesOver(String seat) throws Exception {
        pages.arrive(seat);
        done(desk.consoleSeats().standBy(seat));
        assertEquals(SeatStatus.State.PAUSED, seat(seat).state());
        assertTrue(done(desk.eavesdrop().takeOver(CALL, seat)));
        takesTheOffer(seat, supervisor);
        callerMoves();
    }

    private void supervisorTalksAndEnds() throws Exception {
        assertTrue(caller.hears(700, PATIENCE_MILLIS), "the caller hears the supervisor");
        assertTrue(supervisor.hears(440, PATIENCE_MILLIS), "the supervisor hears the caller");
        assertEquals("boris", desk.calls().get(0).seat());
        assertTrue(done(desk.consoleSeats().end("boris", CALL)));
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
    }
}
