package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.anticall.ops.sip.TonePages.Offer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A desk whose seats are told by tones: the caller is one of 440 Hz, the operator one of 1000, a supervisor one of 700. Real
 * relays, real SIP, no browser.
 */
abstract class ToneDesk {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int PATIENCE_MILLIS = 20_000;
    static final int MUSIC = 392;
    static final String CALL = "rec-1";

    @TempDir
    Path folder;

    final List<Rtpengine> rtpengines = new ArrayList<>();
    final TonePages pages = new TonePages();
    final Queue<DeskCall> told = new ConcurrentLinkedQueue<>();
    MediaRelays relays;
    KeptCalls kept;
    DeskServer desk;
    SipPeer gateway;
    SipPeer phone;
    Tone caller;
    Tone operator;
    Tone supervisor;

    @BeforeEach
    void start() throws Exception {
        rtpengines.add(new Rtpengine(8).start(folder, relayOptions()));
        rtpengines.add(new Rtpengine(9).start(folder, relayOptions()));
        startDesk(0);
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        caller = new Tone(440);
        operator = new Tone(1000);
        supervisor = new Tone(700);
    }

    /** More that the relays are to do. */
    List<String> relayOptions() throws Exception {
        return List.of();
    }

    /** How calls are heard. */
    Sounds sounds() {
        return Sounds.through(relays, false);
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

    Dialog talkingAtPage() throws Exception {
        sitsDown("anna");
        gateway.invite(CALL, caller.description());
        Offer offer = pages.offer("anna");
        assertFalse(offer.talking());
        answers("anna", offer, operator);
        return talking();
    }

    Dialog talkingAtPhone() throws Exception {
        assertEquals(200, phone.register("101", "secret-101", 60));
        gateway.invite(CALL, caller.description());
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, operator.description());
        phone.expectRequest(Request.ACK);
        operator.sendTo(SipPeer.bodyOf(ring.getRequest()));
        return talking();
    }

    Dialog talking() throws Exception {
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        bothHear();
        return ok.getDialog();
    }

    void sitsDown(String seat) throws Exception {
        pages.arrive(seat);
        done(desk.consoleSeats().ready(seat));
    }

    /** The page answers what it is offered in the middle of a call. */
    void takesTheOffer(String seat, Tone voice) throws Exception {
        Offer offer = pages.offer(seat);
        assertTrue(offer.talking());
        answers(seat, offer, voice);
    }

    void answers(String seat, Offer offer, Tone voice) throws Exception {
        voice.sendTo(offer.description());
        assertTrue(done(desk.consoleSeats().answer(seat, offer.leg(), voice.description())));
    }

    void callerMoves() throws Exception {
        RequestEvent moved = gateway.expectRequest(Request.INVITE);
        gateway.answer(moved.getServerTransaction(), 200, caller.description());
        caller.sendTo(SipPeer.bodyOf(moved.getRequest()));
        gateway.expectRequest(Request.ACK);
    }

    void bothHear() throws Exception {
        assertTrue(caller.hears(1000, PATIENCE_MILLIS), "the caller hears the operator");
        assertTrue(operator.hears(440, PATIENCE_MILLIS), "the operator hears the caller");
    }

    SeatStatus seat(String name) {
        return desk.seats().stream()
                .filter(each -> each.seat().equals(name))
                .findFirst()
                .orElseThrow();
    }

    int carried() {
        return relays.all().stream().mapToInt(MediaRelay::calls).sum();
    }

    static <T> T done(CompletableFuture<T> asked) throws Exception {
        return asked.get(20, TimeUnit.SECONDS);
    }

    void stopDesk() {
        desk.close();
        relays.close();
        kept.close();
    }

    void startDesk(int port) throws Exception {
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
                        DeskSettings.DECLINE_KEY,
                        "a key of more than 16 bytes".getBytes(StandardCharsets.UTF_8),
                        "*"),
                sounds(),
                pages,
                kept,
                told::add);
        pages.talkTo(desk.consoleSeats());
    }
}
