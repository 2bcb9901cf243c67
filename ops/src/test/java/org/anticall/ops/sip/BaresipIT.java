package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Needs;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real softphone at the desk. Needs Debian's package {@code baresip}. */
class BaresipIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LinkedBlockingQueue<DeskCall> calls = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<SeatStatus> seats = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    private DeskServer desk;
    private SipPeer gateway;

    @BeforeEach
    void openDesk() throws Exception {
        Needs.program("baresip", "baresip-core");
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        desk = DeskServer.start(
                new DeskSettings(
                        "127.0.0.1",
                        0,
                        loopback,
                        loopback,
                        "anticall-test",
                        Map.of("101", "s3cret"),
                        new DeskPolicy(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ZERO, 5, 3),
                        DeskSettings.DECLINE_KEY),
                Sounds.direct());
        desk.addListener(new DeskListener() {
            @Override
            public void changed(DeskCall call) {
                calls.add(call);
            }

            @Override
            public void changed(SeatStatus seat) {
                seats.add(seat);
            }
        });
        gateway = new SipPeer("127.0.0.1", desk.port());
    }

    @AfterEach
    void closeDesk() {
        if (desk != null) {
            gateway.close();
            desk.close();
        }
    }

    @Test
    void baresipRegistersAnswersByItselfAndIsHungUp() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.AUTO)) {
            gateway.invite("rec-1", sdp());
            ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
            assertTrue(SipPeer.bodyOf(ok.getResponse()).contains("PCMA"), "the phone's own answer comes through");
            Dialog dialog = gateway.acknowledge(ok, "");
            phone.awaitOutput("Call established", PATIENCE);
            gateway.within(dialog, Request.BYE, "");
            gateway.expectResponse(200, Request.BYE);

            assertEquals(Outcome.CALLER_HUNG_UP, await(State.ENDED).outcome());
            phone.awaitOutput("session closed", PATIENCE);
        }
        awaitSeat(SeatStatus.State.OFFLINE);
    }

    @Test
    void baresipIsAnsweredAndHungUpByHand() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.MANUAL)) {
            gateway.invite("rec-1", sdp());
            gateway.expectResponse(180, Request.INVITE);
            phone.awaitOutput("Incoming call", PATIENCE);
            phone.accept();
            gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
            phone.awaitOutput("Call established", PATIENCE);

            phone.hangUp();

            gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
            assertEquals(Outcome.OPERATOR_HUNG_UP, await(State.ENDED).outcome());
        }
    }

    @Test
    void theCallerHangsUpWhileBaresipRings() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.MANUAL)) {
            var invite = gateway.invite("rec-1", sdp());
            gateway.expectResponse(180, Request.INVITE);
            phone.awaitOutput("Incoming call", PATIENCE);

            gateway.cancel(invite);

            gateway.expectResponse(487, Request.INVITE);
            phone.awaitOutput("session closed", PATIENCE);
            await(State.ABANDONED);
        }
    }

    private Baresip phone(Baresip.Answering answering) throws Exception {
        Baresip phone = Baresip.start(
                directory,
                "101",
                "s3cret",
                new InetSocketAddress(IpLiteral.parse("127.0.0.1"), desk.port()),
                answering);
        awaitSeat(SeatStatus.State.READY);
        return phone;
    }

    private DeskCall await(State state) throws Exception {
        while (true) {
            DeskCall call = calls.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(call, "the call did not become " + state);
            if (call.state() == state) {
                return call;
            }
        }
    }

    private void awaitSeat(SeatStatus.State state) throws Exception {
        while (true) {
            SeatStatus seat = seats.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(seat, "the seat did not become " + state);
            if (seat.state() == state) {
                return;
            }
        }
    }

    private static String sdp() {
        return """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 40000 RTP/AVP 8 0
                a=rtpmap:8 PCMA/8000
                a=rtpmap:0 PCMU/8000
                a=sendrecv
                """
                .replace("\n", "\r\n");
    }
}
