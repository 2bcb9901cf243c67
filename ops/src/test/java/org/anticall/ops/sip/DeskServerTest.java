package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.address.SipURI;
import javax.sip.header.FromHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskServerTest {

    private static final String OFFER = SipPeer.session("offer");
    private static final String ANSWER = "v=0 answer";
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final LinkedBlockingQueue<DeskCall> told = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    // ---- registration

    @Test
    void aPhoneThatRegistersIsAReadySeat() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);

        assertEquals(200, phone.register("101", "secret-101", 60));

        assertEquals(SeatStatus.State.READY, seat(desk, "101"));
        assertEquals(SeatStatus.State.OFFLINE, seat(desk, "102"));
    }

    @Test
    void aPhoneThatUnregistersIsOffline() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);
        phone.register("101", "secret-101", 60);

        assertEquals(200, phone.register("101", "secret-101", 0));

        assertEquals(SeatStatus.State.OFFLINE, seat(desk, "101"));
    }

    @Test
    void aPhoneThatDoesNotRegisterAgainGoesOffline() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        LinkedBlockingQueue<SeatStatus> seats = new LinkedBlockingQueue<>();
        desk.addListener(new DeskListener() {
            @Override
            public void changed(DeskCall call) {}

            @Override
            public void changed(SeatStatus seat) {
                seats.add(seat);
            }
        });

        peer(desk).register("101", "secret-101", 1);

        assertEquals(SeatStatus.State.READY, seats.poll(5, TimeUnit.SECONDS).state());
        assertEquals(SeatStatus.State.OFFLINE, seats.poll(5, TimeUnit.SECONDS).state());
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));

        assertEquals(403, peer(desk).register("101", "secret-102", 60));

        assertEquals(SeatStatus.State.OFFLINE, seat(desk, "101"));
    }

    @Test
    void aUserWhoDoesNotExistIsTreatedLikeAWrongPassword() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));

        assertEquals(403, peer(desk).register("999", "secret-101", 60));
    }

    @Test
    void afterFiveWrongPasswordsTheRightOneHasToWait() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);
        for (int attempt = 1; attempt <= 4; attempt++) {
            phone.register("101", "wrong", 60);
        }
        assertEquals(200, phone.register("101", "secret-101", 60), "after four failures");
        for (int attempt = 1; attempt <= 5; attempt++) {
            phone.register("102", "wrong", 60);
        }

        assertEquals(403, phone.register("102", "secret-102", 60), "after five failures");
        assertEquals(200, phone.register("101", "secret-101", 60), "another user from the same address");
    }

    @Test
    void aNonceThatIsTooOldIsStaleAndNotAFailure() throws Exception {
        Instant[] now = {Instant.parse("2026-11-21T09:00:00Z")};
        DeskServer desk = desk(settings(Duration.ofSeconds(10), List.of("127.0.0.0/8")), () -> now[0]);
        SipPeer phone = peer(desk);
        Response challenge = phone.challenge("101");
        now[0] = now[0].plus(Duration.ofMinutes(5));

        Response again = phone.answerChallenge("101", "secret-101", 60, challenge);

        assertEquals(401, again.getStatusCode());
        assertTrue(((WWWAuthenticateHeader) again.getHeader(WWWAuthenticateHeader.NAME)).isStale());
        assertEquals(200, phone.answerChallenge("101", "secret-101", 60, again).getStatusCode());
    }

    @Test
    void credentialsCannotBePlayedBack() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = peer(desk);
        Response challenge = phone.challenge("101");
        assertEquals(
                200, phone.answerChallenge("101", "secret-101", 60, challenge).getStatusCode());

        assertEquals(
                401, phone.answerChallenge("101", "secret-101", 60, challenge).getStatusCode());
    }

    // ---- the call

    @Test
    void aDivertedCallIsAnsweredByThePhoneAndEndedByTheCaller() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        assertEquals(OFFER, SipPeer.bodyOf(ring.getRequest()));
        FromHeader from = (FromHeader) ring.getRequest().getHeader(FromHeader.NAME);
        assertEquals("D10", from.getAddress().getDisplayName());
        assertEquals("+447700900123", ((SipURI) from.getAddress().getURI()).getUser());
        phone.answer(ring.getServerTransaction(), 180, "");
        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertEquals(ANSWER, SipPeer.bodyOf(ok.getResponse()));
        Dialog dialog = gateway.acknowledge(ok, "");
        gateway.within(dialog, Request.BYE, "");
        gateway.expectResponse(200, Request.BYE);

        RequestEvent bye = phone.expectRequest(Request.BYE);
        phone.answer(bye.getServerTransaction(), 200, "");

        assertEquals(State.OFFERED, next().state());
        DeskCall ringing = next();
        assertEquals(State.RINGING, ringing.state());
        assertEquals("101", ringing.seat());
        assertEquals("+447700900123", ringing.caller());
        assertEquals("+77172111111", ringing.callee());
        assertEquals("D10", ringing.rule());
        assertEquals(State.ANSWERED, next().state());
        assertEquals(Outcome.CALLER_HUNG_UP, next().outcome());
    }

    @Test
    void theOperatorEndsTheCall() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        phone.within(call.phone(), Request.BYE, "");
        phone.expectResponse(200, Request.BYE);

        RequestEvent bye = gateway.expectRequest(Request.BYE);
        gateway.answer(bye.getServerTransaction(), 200, "");
        awaitState(State.ENDED);
    }

    @Test
    void anAnswerToALateOfferComesInTheAck() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", "");
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        assertEquals("", SipPeer.bodyOf(ring.getRequest()));

        phone.answer(ring.getServerTransaction(), 200, OFFER);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertTrue(SipPeer.bodyOf(ok.getResponse()).endsWith("a=fmtp:8 offer\r\n"));
        gateway.acknowledge(ok, ANSWER);

        assertEquals(ANSWER, SipPeer.bodyOf(phone.expectRequest(Request.ACK).getRequest()));
    }

    @Test
    void cancelFollowsTheInviteToThePhone() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        ClientTransaction invite = gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");

        gateway.cancel(invite);

        gateway.expectResponse(487, Request.INVITE);
        RequestEvent cancel = phone.expectRequest(Request.CANCEL);
        phone.answer(cancel.getServerTransaction(), 200, "");
        phone.answer(ring.getServerTransaction(), 487, "");
        awaitState(State.ABANDONED);
    }

    @Test
    void aPhoneThatAnswersWhileTheCallerCancelsIsHungUp() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        ClientTransaction invite = gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");
        gateway.cancel(invite);
        gateway.expectResponse(487, Request.INVITE);
        RequestEvent cancel = phone.expectRequest(Request.CANCEL);

        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.answer(cancel.getServerTransaction(), 200, "");

        phone.expectRequest(Request.ACK);
        RequestEvent bye = phone.expectRequest(Request.BYE);
        phone.answer(bye.getServerTransaction(), 200, "");
    }

    @Test
    void aPhoneThatHasNotAnsweredAtAllIsCancelledWithItsFirstSign() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        ClientTransaction invite = gateway.invite("rec-1", OFFER);
        gateway.expectResponse(180, Request.INVITE);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        gateway.cancel(invite);
        gateway.expectResponse(487, Request.INVITE);
        awaitState(State.ABANDONED);

        phone.answer(ring.getServerTransaction(), 180, "");

        phone.expectRequest(Request.CANCEL);
    }

    @Test
    void nobodyAnswersInTimeAndTheGatewayGoesDownTheLadder() throws Exception {
        DeskServer desk = desk(Duration.ofMillis(700));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");

        ResponseEvent refused = gateway.expectResponse(480, Request.INVITE);

        assertNull(refused.getResponse().getHeader("X-Anticall-Release"));
        phone.expectRequest(Request.CANCEL);
        assertEquals(Outcome.NOT_ANSWERED, awaitState(State.LADDERED).outcome());
    }

    @Test
    void withNobodySignedInTheCallIsRefusedAtOnce() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);

        gateway.expectResponse(480, Request.INVITE);
        assertTrue(
                gateway.received().stream()
                        .noneMatch(message -> message instanceof Response response && response.getStatusCode() == 180),
                "the caller heard ringing");
    }

    @Test
    void aBusyPhonePassesTheCallToTheNextSeat() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer first = phone(desk, "101");
        SipPeer second = phone(desk, "102");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);

        first.answer(first.expectRequest(Request.INVITE).getServerTransaction(), 486, "");

        RequestEvent ring = second.expectRequest(Request.INVITE);
        second.answer(ring.getServerTransaction(), 200, ANSWER);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
        assertEquals("102", awaitState(State.ANSWERED).seat());
    }

    @Test
    void aPhoneThatIsGoneDoesNotHoldTheCallUp() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer dead = phone(desk, "101");
        SipPeer alive = phone(desk, "102");
        dead.close();
        SipPeer gateway = peer(desk);

        gateway.invite("rec-1", OFFER);

        RequestEvent ring = alive.expectRequest(Request.INVITE);
        alive.answer(ring.getServerTransaction(), 200, ANSWER);
        gateway.expectResponse(200, Request.INVITE);
    }

    @Test
    void aCallIsReleasedFromTheConsole() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");

        assertTrue(desk.release("rec-1").get(5, TimeUnit.SECONDS));

        Response released = gateway.expectResponse(480, Request.INVITE).getResponse();
        assertEquals(
                "X-Anticall-Release: rec-1",
                released.getHeader("X-Anticall-Release").toString().trim());
        phone.expectRequest(Request.CANCEL);
        assertFalse(desk.release("rec-1").get(5, TimeUnit.SECONDS));
    }

    @Test
    void theDeclineKeyOfAPhoneReleasesTheCall() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);

        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 603, "");

        Response released = gateway.expectResponse(480, Request.INVITE).getResponse();
        assertNotNull(released.getHeader("X-Anticall-Release"));
        awaitState(State.RELEASED);
    }

    @Test
    void theConsoleEndsAnAnsweredCall() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        answered(gateway, phone);
        awaitState(State.ANSWERED);

        assertTrue(desk.end("rec-1").get(5, TimeUnit.SECONDS));

        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
    }

    @Test
    void aReInvitePassesFromEitherSideToTheOther() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);
        assertEquals("v=0 hold", SipPeer.bodyOf(held.getRequest()));
        phone.answer(held.getServerTransaction(), 200, "v=0 held");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertEquals("v=0 held", SipPeer.bodyOf(ok.getResponse()));
        gateway.acknowledge(ok, "");
        phone.expectRequest(Request.ACK);

        phone.within(call.phone(), Request.INVITE, "");
        RequestEvent asked = gateway.expectRequest(Request.INVITE);
        gateway.answer(asked.getServerTransaction(), 200, "v=0 late");
        ResponseEvent late = phone.expectResponse(200, Request.INVITE);
        assertEquals("v=0 late", SipPeer.bodyOf(late.getResponse()));
        phone.acknowledge(late, "v=0 answer to late");
        assertEquals(
                "v=0 answer to late",
                SipPeer.bodyOf(gateway.expectRequest(Request.ACK).getRequest()));
    }

    @Test
    void aRefusedReInviteLeavesTheCallAsItIs() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        gateway.within(call.gateway(), Request.INVITE, "v=0 video");
        phone.answer(phone.expectRequest(Request.INVITE).getServerTransaction(), 488, "");

        gateway.expectResponse(488, Request.INVITE);
        phone.within(call.phone(), Request.BYE, "");
        gateway.expectRequest(Request.BYE);
    }

    @Test
    void aRequestOfTheOtherSideWaitsWhileOneIsUnderWay() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);
        gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);

        phone.within(call.phone(), Request.INVITE, "v=0 glare");
        phone.expectResponse(491, Request.INVITE);
        gateway.within(call.gateway(), Request.UPDATE, "v=0 other");
        gateway.expectResponse(491, Request.UPDATE);

        phone.answer(held.getServerTransaction(), 200, "v=0 held");
        assertEquals(
                "v=0 held",
                SipPeer.bodyOf(gateway.expectResponse(200, Request.INVITE).getResponse()));
    }

    @Test
    void aReInviteCanBeCancelled() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);
        ClientTransaction hold = gateway.within(call.gateway(), Request.INVITE, "v=0 hold");
        RequestEvent held = phone.expectRequest(Request.INVITE);
        phone.answer(held.getServerTransaction(), 180, "");
        gateway.expectResponse(100, Request.INVITE);

        gateway.cancel(hold);

        RequestEvent cancel = phone.expectRequest(Request.CANCEL);
        phone.answer(cancel.getServerTransaction(), 200, "");
        phone.answer(held.getServerTransaction(), 487, "");
        gateway.expectResponse(487, Request.INVITE);
    }

    @Test
    void aLegThatHasForgottenTheCallEndsIt() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);

        gateway.within(call.gateway(), Request.INFO, "signal=5");
        phone.answer(phone.expectRequest(Request.INFO).getServerTransaction(), 481, "");

        gateway.expectResponse(481, Request.INFO);
        gateway.expectRequest(Request.BYE);
        assertEquals(Outcome.CONNECTION_LOST, awaitState(State.ENDED).outcome());
    }

    @Test
    void withoutAnAckTheCallIsEndedOnBothSides() throws Exception {
        DeskServer desk = open(DeskServer.start(
                settings(Duration.ofSeconds(10), List.of("127.0.0.0/8")),
                InstantSource.system(),
                new CallTerms(Duration.ofMillis(600), Duration.ofSeconds(90), Duration.ofMinutes(30)),
                FAREWELL));
        desk.addListener(told::add);
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        gateway.expectResponse(200, Request.INVITE);

        phone.expectRequest(Request.BYE);
        gateway.expectRequest(Request.BYE);
        assertEquals(Outcome.CONNECTION_LOST, awaitState(State.ENDED).outcome());
    }

    // ---- who may, and what is shown

    @Test
    void onlyAGatewayMayDivert() throws Exception {
        DeskServer desk = desk(settings(Duration.ofSeconds(10), List.of("127.0.0.9")), InstantSource.system());
        SipPeer phone = phone(desk, "101");
        SipPeer stranger = peer(desk);

        stranger.invite("rec-1", OFFER);

        stranger.expectResponse(403, Request.INVITE);
        assertEquals(List.of(), desk.calls());
        assertEquals(2, phone.received().size(), "the phone got more than the answers to its registration");
    }

    @Test
    void anInviteWithoutAVerdictIsRefused() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        phone(desk, "101");
        SipPeer gateway = peer(desk);
        Request plain = gateway.diverted("rec-1", OFFER);
        plain.removeHeader("X-Anticall-Verdict");

        gateway.send(plain);

        gateway.expectResponse(403, Request.INVITE);
    }

    @Test
    void nothingNamesTheDesk() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        Dialogs call = answered(gateway, phone);
        phone.within(call.phone(), Request.BYE, "");
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");

        for (Message message : gateway.received()) {
            String text = message.toString().toLowerCase(Locale.ROOT);
            for (String telltale : List.of("server:", "user-agent:", "anticall", "jain", "nist")) {
                assertFalse(text.contains(telltale), telltale + " in\n" + message);
            }
            if (message instanceof Response response && response.getStatusCode() == 200) {
                assertFalse(text.contains("contact: <sip:desk"), "the desk names itself in\n" + message);
            }
            assertNull(message.getHeader(RetryAfterHeader.NAME));
        }
    }

    @Test
    void closingEndsCallsOnBothSidesAndLeavesNoThread() throws Exception {
        DeskServer desk = desk(Duration.ofSeconds(10));
        SipPeer phone = phone(desk, "101");
        SipPeer gateway = peer(desk);
        answered(gateway, phone);
        awaitState(State.ANSWERED);
        Thread closing = new Thread(desk::close);

        closing.start();
        gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        phone.answer(phone.expectRequest(Request.BYE).getServerTransaction(), 200, "");
        closing.join(10_000);

        assertFalse(closing.isAlive());
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ThreadGroup group = thread.getThreadGroup();
            assertFalse(
                    group != null && group.getName().equals("sip-127.0.0.1:" + desk.port()),
                    thread.getName() + " is left");
        }
        assertEquals(Outcome.DESK_CLOSED, awaitState(State.ENDED).outcome());
    }

    // ---- bench

    private record Dialogs(Dialog gateway, Dialog phone) {}

    /** A call that is answered and acknowledged on both sides. */
    private static Dialogs answered(SipPeer gateway, SipPeer phone) throws Exception {
        gateway.invite("rec-1", OFFER);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, ANSWER);
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        return new Dialogs(ok.getDialog(), ring.getServerTransaction().getDialog());
    }

    private DeskServer desk(Duration answerWithin) throws Exception {
        return desk(settings(answerWithin, List.of("127.0.0.0/8")), InstantSource.system());
    }

    private DeskServer desk(DeskSettings settings, InstantSource clock) throws Exception {
        DeskServer desk = open(DeskServer.start(settings, clock, CallTerms.USUAL, FAREWELL));
        desk.addListener(told::add);
        return desk;
    }

    private static DeskSettings settings(Duration answerWithin, List<String> gateways) {
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

    private SipPeer peer(DeskServer desk) throws Exception {
        return open(new SipPeer("127.0.0.1", desk.port()));
    }

    private SipPeer phone(DeskServer desk, String user) throws Exception {
        SipPeer phone = peer(desk);
        assertEquals(200, phone.register(user, "secret-" + user, 60));
        assertEquals(SeatStatus.State.READY, seat(desk, user));
        return phone;
    }

    private <T extends AutoCloseable> T open(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** What the seat does after everything that has reached the desk by now is dealt with. */
    private static SeatStatus.State seat(DeskServer desk, String name) throws Exception {
        desk.release("no such call").get(5, TimeUnit.SECONDS);
        return desk.seats().stream()
                .filter(seat -> seat.seat().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private DeskCall next() throws Exception {
        DeskCall call = told.poll(5, TimeUnit.SECONDS);
        assertNotNull(call, "nothing more happened to the call");
        return call;
    }

    private DeskCall awaitState(State state) throws Exception {
        DeskCall call = next();
        while (call.state() != state) {
            call = next();
        }
        return call;
    }
}
