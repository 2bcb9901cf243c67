package org.anticall.ops.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.sip.AddressRange;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.sip.DeskSettings;
import org.anticall.ops.sip.Sounds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Phones against the desk's registrar, over UDP on loopback. */
@Timeout(60)
class PhoneRegistrationTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private DeskServer desk;
    private CalledParty phones;

    @BeforeEach
    void open() throws IOException {
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        desk = DeskServer.start(
                new DeskSettings(
                        "127.0.0.1",
                        0,
                        loopback,
                        loopback,
                        "anticall",
                        Map.of("101", "first", "102", "second"),
                        DeskPolicy.of(Duration.ofSeconds(3), Duration.ZERO),
                        DeskSettings.DECLINE_KEY),
                Sounds.direct());
        phones = CalledParty.open("phones", "127.0.0.1", 0, call -> new Manner.Ignores());
    }

    @AfterEach
    void close() {
        phones.close();
        desk.close();
    }

    @Test
    void aPhoneWithTheRightPasswordIsTaken() throws Exception {
        assertEquals(200, register("101", "first", LONG));

        awaitReady("101");
        assertEquals(SeatStatus.State.OFFLINE, state("102"));
    }

    @Test
    void aPhoneWithAWrongPasswordIsNot() throws Exception {
        int status = register("101", "guessed", LONG);

        assertTrue(status >= 400, () -> "status " + status);
        assertEquals(SeatStatus.State.OFFLINE, state("101"));
    }

    @Test
    void severalPhonesShareOneAddress() throws Exception {
        assertEquals(200, register("101", "first", LONG));
        assertEquals(200, register("102", "second", LONG));

        awaitReady("101");
        awaitReady("102");
    }

    @Test
    void aRegistrationIsRefreshedBeforeItEnds() throws Exception {
        register("101", "first", Duration.ofSeconds(2));

        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (phones.registrationsConfirmed() < 3 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }

        assertTrue(phones.registrationsConfirmed() >= 3, () -> phones.registrationsConfirmed() + " registrations");
        awaitReady("101");
    }

    private int register(String user, String password, Duration expiry) throws Exception {
        return phones.register(user, password, address(desk.port()), expiry).get(20, TimeUnit.SECONDS);
    }

    /** The desk answers the phone and tells the others in its own order. */
    private void awaitReady(String seat) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (state(seat) != SeatStatus.State.READY && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(SeatStatus.State.READY, state(seat));
    }

    private SeatStatus.State state(String seat) {
        return desk.seats().stream()
                .filter(status -> status.seat().equals(seat))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
