package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.RelayedCall.Ear;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.anticall.ops.sip.SeatScreen.Voice;
import org.anticall.ops.sip.TonePages.Offer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators and supervisors at pages do to a call, told by tones: the caller is one of 440 Hz, the operator one of
 * 1000, a supervisor one of 700. Real relays, real SIP, no browser.
 */
class PageSeatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MUSIC = 392;
    private static final String CALL = "rec-1";

    @TempDir
    Path folder;

    private final List<Rtpengine> rtpengines = new ArrayList<>();
    private final TonePages pages = new TonePages();
    private MediaRelays relays;
    private KeptCalls kept;
    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;
    private Tone caller;
    private Tone operator;
    private Tone supervisor;

    @BeforeEach
    void start() throws Exception {
        rtpengines.add(new Rtpengine(8).start(folder));
        rtpengines.add(new Rtpengine(9).start(folder));
        startDesk(0);
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        caller = new Tone(440);
        operator = new Tone(1000);
        supervisor = new Tone(700);
    }

    @AfterEach
    void stop() throws Exception {
        stopDesk();
        pages.close();
        gateway.close();
        phone.close();
        caller.close();
        operator.close();
        supervisor.close();
        for (Rtpengine each : rtpengines) {
            each.close();
        }
    }

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

    // ---- supervisors

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

        String answer = done(desk.eavesdrop().whisper(CALL, supervisor.description()));
        supervisor.sendTo(answer);
        Voice voice = pages.voice("anna");
        try (Tone operatorsEar = new Tone(600)) {
            done(desk.consoleSeats().heardWhisper("anna", CALL, voice.tag(), operatorsEar.description()));

            assertTrue(operatorsEar.hears(700, PATIENCE_MILLIS), "the operator hears the supervisor");
            bothHear();
            assertFalse(caller.hears(700, 1_000), "the caller hears the supervisor");

            done(desk.eavesdrop().aloud(CALL, true));
            assertTrue(pages.voice("anna").aloud(), "the page is to mix the voice in");
            done(desk.eavesdrop().hush(CALL));
            assertEquals("", pages.voice("anna").tag());
            assertTrue(operatorsEar.isWithout(700, PATIENCE_MILLIS), "the supervisor is done");
            bothHear();
        }
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

    private Dialog talkingAtPage() throws Exception {
        sitsDown("anna");
        gateway.invite(CALL, caller.description());
        Offer offer = pages.offer("anna");
        assertFalse(offer.talking());
        answers("anna", offer, operator);
        return talking();
    }

    private Dialog talkingAtPhone() throws Exception {
        assertEquals(200, phone.register("101", "secret-101", 60));
        gateway.invite(CALL, caller.description());
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, operator.description());
        phone.expectRequest(Request.ACK);
        operator.sendTo(SipPeer.bodyOf(ring.getRequest()));
        return talking();
    }

    private Dialog talking() throws Exception {
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        bothHear();
        return ok.getDialog();
    }

    private void sitsDown(String seat) throws Exception {
        pages.arrive(seat);
        done(desk.consoleSeats().ready(seat));
    }

    /** The page answers what it is offered in the middle of a call. */
    private void takesTheOffer(String seat, Tone voice) throws Exception {
        Offer offer = pages.offer(seat);
        assertTrue(offer.talking());
        answers(seat, offer, voice);
    }

    private void answers(String seat, Offer offer, Tone voice) throws Exception {
        voice.sendTo(offer.description());
        assertTrue(done(desk.consoleSeats().answer(seat, offer.leg(), voice.description())));
    }

    private void callerMoves() throws Exception {
        RequestEvent moved = gateway.expectRequest(Request.INVITE);
        gateway.answer(moved.getServerTransaction(), 200, caller.description());
        caller.sendTo(SipPeer.bodyOf(moved.getRequest()));
        gateway.expectRequest(Request.ACK);
    }

    private void bothHear() throws Exception {
        assertTrue(caller.hears(1000, PATIENCE_MILLIS), "the caller hears the operator");
        assertTrue(operator.hears(440, PATIENCE_MILLIS), "the operator hears the caller");
    }

    private SeatStatus seat(String name) {
        return desk.seats().stream()
                .filter(each -> each.seat().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int carried() {
        return relays.all().stream().mapToInt(MediaRelay::calls).sum();
    }

    private static <T> T done(CompletableFuture<T> asked) throws Exception {
        return asked.get(20, TimeUnit.SECONDS);
    }

    private void stopDesk() {
        desk.close();
        relays.close();
        kept.close();
    }

    private void startDesk(int port) throws Exception {
        kept = new KeptCalls(folder.resolve("desk"));
        relays = new MediaRelays(rtpengines.stream().map(Rtpengine::address).toList());
        Await.until("the relays are up", PATIENCE, () -> relays.all().stream().allMatch(MediaRelay::isUp));
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        desk = DeskServer.start(
                new DeskSettings(
                        "127.0.0.1",
                        port,
                        loopback,
                        loopback,
                        "anticall-test",
                        Map.of("101", "secret-101"),
                        new DeskPolicy(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ZERO, 5, 3),
                        DeskSettings.DECLINE_KEY),
                Sounds.through(relays, false),
                pages,
                kept);
        pages.talkTo(desk.consoleSeats());
    }
}
