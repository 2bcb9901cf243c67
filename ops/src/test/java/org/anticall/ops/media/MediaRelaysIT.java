package org.anticall.ops.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.media.RelayedCall.Party;
import org.anticall.ops.media.RelayedCall.Profile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control protocol and the health of relays, against real daemons. */
class MediaRelaysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path recordings;

    private Rtpengine first;
    private Rtpengine second;
    private MediaRelays relays;

    @BeforeEach
    void start() throws Exception {
        first = new Rtpengine(0).start(recordings);
        second = new Rtpengine(1).start(recordings);
        relays = new MediaRelays(List.of(first.address(), second.address()));
        Await.until("both relays are up", PATIENCE, () -> relays.all().stream().allMatch(MediaRelay::isUp));
    }

    @AfterEach
    void stop() throws Exception {
        relays.close();
        first.close();
        second.close();
    }

    @Test
    void bothPartiesHearEachOtherThroughTheRelay() throws Exception {
        try (Tone caller = new Tone(440);
                Tone operator = new Tone(1000)) {
            RelayedCall call = relays.begin("both-hear").orElseThrow();

            String offer = get(call.offer(Party.CALLER, Profile.RTP, caller.description()));
            String answer = get(call.answer(Party.OPERATOR, Profile.RTP, operator.description()));
            assertFalse(offer.contains("m=audio " + caller.port() + " "), "the caller's port is not told");
            operator.sendTo(offer);
            caller.sendTo(answer);

            assertTrue(operator.hears(440, 5_000), "the operator hears the caller");
            assertTrue(caller.hears(1000, 5_000), "the caller hears the operator");
            assertTrue(call.end().get(5, TimeUnit.SECONDS).containsKey("totals"), "statistics are told at the end");
        }
    }

    @Test
    void callsGoToTheRelayThatCarriesFewest() throws Exception {
        RelayedCall one = relays.begin("one").orElseThrow();
        RelayedCall two = relays.begin("two").orElseThrow();
        assertEquals(2, List.of(one.relay(), two.relay()).stream().distinct().count());

        one.end().get(5, TimeUnit.SECONDS);

        assertEquals(one.relay(), relays.begin("three").orElseThrow().relay());
    }

    @Test
    void aBrowserIsOfferedEncryptionAndIce() throws Exception {
        try (Tone caller = new Tone(440)) {
            RelayedCall call = relays.begin("browser").orElseThrow();

            String offer = get(call.offer(Party.CALLER, Profile.WEBRTC, caller.description()));

            assertTrue(offer.contains("UDP/TLS/RTP/SAVPF"), offer);
            assertTrue(offer.contains("a=fingerprint:"), offer);
            assertTrue(offer.contains("a=ice-ufrag:"), offer);
            assertTrue(offer.contains("a=mid:"), offer);
            call.end().get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aDescriptionTheRelayCannotReadIsRefusedWithItsReason() {
        RelayedCall call = relays.begin("garbage").orElseThrow();

        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> call.offer(Party.CALLER, Profile.RTP, "no session")
                        .get(5, TimeUnit.SECONDS));

        assertInstanceOf(RelayFailure.class, failed.getCause());
        assertTrue(
                failed.getCause().getMessage().contains("the relay refuses"),
                failed.getCause().getMessage());
    }

    @Test
    void aKilledRelayGetsNoCallsUntilItIsBack() throws Exception {
        MediaRelay gone = relays.all().get(0);
        first.kill();
        Await.until("the relay is known to be down", PATIENCE, () -> !gone.isUp());

        assertEquals(
                second.address(),
                relays.begin("elsewhere").orElseThrow().relay().address());
        assertTrue(relays.isAnyUp());

        first.start(recordings);
        Await.until("the relay is up again", PATIENCE, gone::isUp);
    }

    @Test
    void withoutAnyRelayThereIsNoSound() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(first.address().getAddress(), 9);
        try (MediaRelays none = new MediaRelays(List.of(nobody))) {
            assertFalse(none.isAnyUp());
            assertTrue(none.begin("none").isEmpty());
        }
    }

    private static String get(CompletableFuture<String> description) throws Exception {
        return description.get(5, TimeUnit.SECONDS);
    }
}
