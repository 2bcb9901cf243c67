package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Diverted calls whose sound a real relay carries: what each side hears, and what it learns of the other. */
class AnchoredCallIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path recordings;

    private Rtpengine rtpengine;
    private MediaRelays relays;
    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;

    @BeforeEach
    void start() throws Exception {
        rtpengine = new Rtpengine(2).start(recordings);
        relays = new MediaRelays(List.of(rtpengine.address()));
        Await.until("the relay is up", PATIENCE, relays::isAnyUp);
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        desk = DeskServer.start(
                new DeskSettings(
                        "127.0.0.1",
                        0,
                        loopback,
                        loopback,
                        "anticall-test",
                        Map.of("101", "secret-101"),
                        new DeskPolicy(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ZERO, 5, 3),
                        DeskSettings.DECLINE_KEY),
                Sounds.through(relays, false));
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        assertEquals(200, phone.register("101", "secret-101", 60));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        phone.close();
        desk.close();
        relays.close();
        rtpengine.close();
    }

    @Test
    void callerAndOperatorHearEachOtherAndNeitherLearnsTheOthersAddress() throws Exception {
        try (Tone caller = new Tone(440);
                Tone operator = new Tone(1000)) {
            gateway.invite("rec-1", caller.description());
            RequestEvent ring = phone.expectRequest(Request.INVITE);
            String offered = SipPeer.bodyOf(ring.getRequest());
            phone.answer(ring.getServerTransaction(), 200, operator.description());
            ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
            String answered = SipPeer.bodyOf(ok.getResponse());
            gateway.acknowledge(ok, "");
            phone.expectRequest(Request.ACK);
            operator.sendTo(offered);
            caller.sendTo(answered);

            assertTrue(operator.hears(440, 5_000), "the operator hears the caller");
            assertTrue(caller.hears(1000, 5_000), "the caller hears the operator");
            assertFalse(offered.contains("m=audio " + caller.port() + " "), offered);
            assertFalse(answered.contains("m=audio " + operator.port() + " "), answered);

            gateway.within(ok.getDialog(), Request.BYE, "");
            gateway.expectResponse(200, Request.BYE);
            Await.until(
                    "the relay is free again",
                    PATIENCE,
                    () -> relays.all().get(0).calls() == 0);
        }
    }

    @Test
    void aLateOfferIsAnchoredToo() throws Exception {
        try (Tone caller = new Tone(440);
                Tone operator = new Tone(1000)) {
            gateway.invite("rec-2", "");
            RequestEvent ring = phone.expectRequest(Request.INVITE);
            phone.answer(ring.getServerTransaction(), 200, operator.description());
            ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
            caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
            gateway.acknowledge(ok, caller.description());
            operator.sendTo(SipPeer.bodyOf(phone.expectRequest(Request.ACK).getRequest()));

            assertTrue(operator.hears(440, 5_000), "the operator hears the caller");
            assertTrue(caller.hears(1000, 5_000), "the caller hears the operator");
        }
    }

    @Test
    void aReInviteMovesTheCallersSound() throws Exception {
        try (Tone caller = new Tone(440);
                Tone moved = new Tone(700);
                Tone operator = new Tone(1000)) {
            Dialog dialog = talking(caller, operator, "rec-3");
            caller.fallSilent();

            gateway.within(dialog, Request.INVITE, moved.description());
            RequestEvent again = phone.expectRequest(Request.INVITE);
            operator.sendTo(SipPeer.bodyOf(again.getRequest()));
            phone.answer(again.getServerTransaction(), 200, operator.description());
            ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
            moved.sendTo(SipPeer.bodyOf(ok.getResponse()));
            gateway.acknowledge(ok, "");

            assertTrue(operator.hears(700, 5_000), "the operator hears the caller where it is now");
            assertTrue(moved.hears(1000, 5_000), "the caller hears the operator there");
        }
    }

    @Test
    void withoutARelayTheCallerGoesDownTheLadderAndThePhoneDoesNotRing() throws Exception {
        rtpengine.kill();
        Await.until("the relay is known to be down", PATIENCE, () -> !relays.isAnyUp());
        try (Tone caller = new Tone(440)) {
            gateway.invite("rec-4", caller.description());

            gateway.expectResponse(480, Request.INVITE);
        }
    }

    @Test
    void aRelayThatDiedUnnoticedSendsTheCallerDownTheLadder() throws Exception {
        rtpengine.kill();
        try (Tone caller = new Tone(440)) {
            gateway.invite("rec-5", caller.description());

            gateway.expectResponse(480, Request.INVITE);
        }
    }

    /** A call both sides of which are heard. */
    private Dialog talking(Tone caller, Tone operator, String recordId) throws Exception {
        gateway.invite(recordId, caller.description());
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, operator.description());
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        phone.expectRequest(Request.ACK);
        operator.sendTo(SipPeer.bodyOf(ring.getRequest()));
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        assertTrue(operator.hears(440, 5_000));
        return ok.getDialog();
    }
}
