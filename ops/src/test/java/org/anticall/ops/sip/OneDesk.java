package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.AfterEach;

/** A desk of two seats whose phones and gateways are peers of the test. */
abstract class OneDesk {

    static final String OFFER = SipPeer.session("offer");
    static final String ANSWER = "v=0 answer";
    static final Duration FAREWELL = Duration.ofMillis(500);

    final LinkedBlockingQueue<DeskCall> told = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    record Dialogs(Dialog gateway, Dialog phone) {}

    /** A call that is answered and acknowledged on both sides. */
    static Dialogs answered(SipPeer gateway, SipPeer phone) throws Exception {
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        return new Dialogs(ok.getDialog(), ring.getServerTransaction().getDialog());
    }

    DeskServer desk(Duration answerWithin) throws Exception {
        return desk(settings(answerWithin, List.of("127.0.0.0/8")), InstantSource.system());
    }

    DeskServer desk(DeskSettings settings, InstantSource clock) throws Exception {
        DeskServer desk = open(DeskServer.start(settings, clock, CallTerms.USUAL, FAREWELL));
        desk.addListener(told::add);
        return desk;
    }

    static DeskSettings settings(Duration answerWithin, List<String> gateways) {
        return new DeskSettings(
                "127.0.0.1",
                0,
                gateways.stream().map(AddressRange::parse).toList(),
                List.of(AddressRange.parse("127.0.0.0/8")),
                "anticall-test",
                Map.of("101", "secret-101", "102", "secret-102"),
                new DeskPolicy(answerWithin, Duration.ofSeconds(2), Duration.ZERO, 5, 3),
                DeskSettings.DECLINE_KEY);
    }

    SipPeer peer(DeskServer desk) throws Exception {
        return open(new SipPeer("127.0.0.1", desk.port()));
    }

    SipPeer phone(DeskServer desk, String user) throws Exception {
        SipPeer phone = peer(desk);
        assertEquals(200, phone.register(user, "secret-" + user, 60));
        assertEquals(SeatStatus.State.READY, seat(desk, user));
        return phone;
    }

    <T extends AutoCloseable> T open(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** What the seat does after everything that has reached the desk by now is dealt with. */
    static SeatStatus.State seat(DeskServer desk, String name) throws Exception {
        desk.release("no such call").get(5, TimeUnit.SECONDS);
        return desk.seats().stream()
                .filter(seat -> seat.seat().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    DeskCall next() throws Exception {
        DeskCall call = told.poll(5, TimeUnit.SECONDS);
        assertNotNull(call, "nothing more happened to the call");
        return call;
    }

    DeskCall awaitState(State state) throws Exception {
        DeskCall call = next();
        while (call.state() != state) {
            call = next();
        }
        return call;
    }
}
