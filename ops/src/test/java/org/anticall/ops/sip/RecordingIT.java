package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.media.Rtpengine;
import org.anticall.ops.media.Tone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real relay captures a call: what is in its recording, and what is left of it in the clear. */
class RecordingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void aCallIsRecordedWithTheCallerOnTheLeftAndSealed() throws Exception {
        List<AddressRange> loopback = List.of(AddressRange.parse("127.0.0.0/8"));
        try (Rtpengine rtpengine = new Rtpengine(7).start(folder);
                MediaRelays relays = new MediaRelays(List.of(rtpengine.address()));
                Recordings recordings = new Recordings(folder.resolve("relay-7"), folder.resolve("sealed"), KEY)) {
            Await.until("the relay is up", PATIENCE, relays::isAnyUp);
            assertTrue(recordings.work(relays), "the self-test");
            assertFalse(recordings.isFailing());
            try (DeskServer desk = DeskServer.start(
                            new DeskSettings(
                                    "127.0.0.1",
                                    0,
                                    loopback,
                                    loopback,
                                    "anticall-test",
                                    Map.of("101", "secret-101"),
                                    DeskPolicy.of(Duration.ofSeconds(15), Duration.ZERO),
                                    0),
                            Sounds.recorded(relays, recordings, false));
                    SipPeer gateway = new SipPeer("127.0.0.1", desk.port());
                    SipPeer phone = new SipPeer("127.0.0.1", desk.port());
                    Tone caller = new Tone(440);
                    Tone operator = new Tone(1000)) {
                assertEquals(200, phone.register("101", "secret-101", 60));
                gateway.invite("rec-1", caller.description());
                RequestEvent ring = phone.expectRequest(Request.INVITE);
                phone.answer(ring.getServerTransaction(), 200, operator.description());
                ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
                gateway.acknowledge(ok, "");
                operator.sendTo(SipPeer.bodyOf(ring.getRequest()));
                caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
                assertTrue(operator.hears(440, 20_000));
                assertTrue(caller.hears(1000, 20_000));
                gateway.within(ok.getDialog(), Request.BYE, "");

                Await.until("the recording is sealed", PATIENCE, () -> !recordings
                        .of("rec-1")
                        .isEmpty());
            }
            ByteArrayOutputStream wav = new ByteArrayOutputStream();
            Path part = recordings.of("rec-1").get(0);
            recordings.open(part, wav);
            assertTrue(pitchOf(wav.toByteArray(), 0, 440), "the caller is on the left");
            assertTrue(pitchOf(wav.toByteArray(), 1, 1000), "the operator is on the right");
            assertFalse(new String(Files.readAllBytes(part), StandardCharsets.ISO_8859_1).contains("WAVE"));
            try (Stream<Path> left = Files.list(folder.resolve("relay-7/pcaps"))) {
                assertEquals(List.of(), left.toList(), "nothing is left in the clear");
            }
        }
    }

    @Test
    void aRelayThatWritesElsewhereIsFoundOutByTheSelfTest() throws Exception {
        try (Rtpengine rtpengine = new Rtpengine(7).start(folder);
                MediaRelays relays = new MediaRelays(List.of(rtpengine.address()));
                Recordings recordings = new Recordings(folder.resolve("empty"), folder.resolve("sealed"), KEY)) {
            Await.until("the relay is up", PATIENCE, relays::isAnyUp);

            assertFalse(recordings.work(relays));

            assertTrue(recordings.isFailing());
        }
    }

    /** Whether a tenth of a second somewhere in the channel is mostly this tone (Goertzel). */
    private static boolean pitchOf(byte[] wav, int channel, int hertz) {
        ByteBuffer samples = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        int window = 800;
        for (int from = 44; from + 4 * window <= wav.length; from += 4 * window) {
            double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 8000);
            double before = 0;
            double last = 0;
            double power = 0;
            for (int i = 0; i < window; i++) {
                double sample = samples.getShort(from + 4 * i + 2 * channel);
                power += sample * sample;
                double next = sample + coefficient * last - before;
                before = last;
                last = next;
            }
            double at = last * last + before * before - coefficient * last * before;
            if (power > 1e6 && at / (window / 2.0) > 0.8 * power) {
                return true;
            }
        }
        return false;
    }
}
