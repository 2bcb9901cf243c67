package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.sip.RequestEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.SeatStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the machine's clock an hour on or back: nobody is signed out, no ring ends early or never. */
class ClockJumpTest {

    private static final Duration RING = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TonePages pages = new TonePages();
    private volatile Duration jump = Duration.ZERO;
    private SteadyClock clock;
    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;

    @BeforeEach
    void start() throws Exception {
        clock = new SteadyClock(() -> Instant.now().plus(jump), System::nanoTime);
        desk = DeskServer.start(TrialDesk.settings(Duration.ofSeconds(15), RING), pages, clock);
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        pages.talkTo(desk.consoleSeats());
    }

    @AfterEach
    void stop() {
        desk.close();
        pages.close();
        gateway.close();
        phone.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void whoWaitsForCallsGoesOnWaitingAndRings(int hours) throws Exception {
        assertEquals(200, phone.register("101", TrialDesk.PASSWORD, 600));
        pages.arrive("anna");
        desk.consoleSeats().ready("anna").get(20, TimeUnit.SECONDS);

        jump = Duration.ofHours(hours);

        Await.until(
                "the desk has the new time",
                PATIENCE,
                () -> Duration.between(Instant.now().plus(jump), clock.instant())
                                .abs()
                                .compareTo(Duration.ofMinutes(1))
                        < 0);
        secondsPass(3);
        assertEquals(SeatStatus.State.READY, state("anna"));
        assertEquals(SeatStatus.State.READY, state("101"));
        desk.consoleSeats().leave("anna").get(20, TimeUnit.SECONDS);
        gateway.invite("rec-1", SipPeer.session("offer"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, SipPeer.session("answer"));
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void aRingLastsAsLongAsItShould(int hours) throws Exception {
        assertEquals(200, phone.register("101", TrialDesk.PASSWORD, 600));
        gateway.invite("rec-1", SipPeer.session("offer"));
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 180, "");
        long rangAt = System.nanoTime();

        jump = Duration.ofHours(hours);

        gateway.expectResponse(480, Request.INVITE);
        Duration rang = Duration.ofNanos(System.nanoTime() - rangAt);
        assertTrue(rang.compareTo(RING.minusMillis(500)) > 0, "it rang for " + rang);
    }

    /** What the desk does every second is done so many times more. */
    private void secondsPass(int seconds) throws Exception {
        Instant begin = Instant.now();
        Await.until(
                "seconds pass",
                PATIENCE,
                () -> Duration.between(begin, Instant.now()).toSeconds() >= seconds);
        desk.turn().get(20, TimeUnit.SECONDS);
    }

    private SeatStatus.State state(String seat) {
        return desk.seats().stream()
                .filter(each -> each.seat().equals(seat))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
