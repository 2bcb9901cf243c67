package org.anticall.ops.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Carrier and called party against each other, over UDP on loopback. */
class AgentsTest {

    private static final String HERE = "127.0.0.1";
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final BlockingQueue<ArrivedCall> arrived = new LinkedBlockingQueue<>();
    private CalledParty citizens;
    private Carrier carrier;

    @AfterEach
    void close() {
        carrier.close();
        citizens.close();
    }

    @Test
    void theCalleeAnswersTalksAndHangsUp() throws Exception {
        connect(call -> new Manner.Answers(SOON, SOON, "citizen"));

        Heard heard = place(offer("a1"), LONG, LONG);

        assertEquals(List.of("180", "answered citizen", "ended"), heard.untilOver());
    }

    @Test
    void theCallerHangsUp() throws Exception {
        connect(call -> new Manner.Answers(SOON, LONG, "citizen"));

        Heard heard = place(offer("a2"), LONG, SOON);

        assertEquals(List.of("180", "answered citizen", "ended"), heard.untilOver());
    }

    @Test
    void aBusyCalleeRefuses() throws Exception {
        connect(call -> new Manner.Refuses(Duration.ZERO, 486));

        Heard heard = place(offer("a3"), LONG, LONG);

        assertEquals(List.of("180", "declined 486"), heard.untilOver());
    }

    @Test
    void anImpatientCallerCancels() throws Exception {
        connect(call -> new Manner.Ignores());

        Heard heard = place(offer("a4"), Duration.ofMillis(200), LONG);

        assertEquals(List.of("180", "declined 487"), heard.untilOver());
        awaitNoCall();
    }

    @Test
    void theCalleeReadsWhatTheCallerWrote() throws Exception {
        connect(call -> new Manner.Refuses(Duration.ZERO, 486));
        CallOffer offer = new CallOffer(
                "a5",
                "+77172251234",
                "Bank",
                "sip:anonymous@anonymous.invalid",
                "sip:+74952345678@carrier.example;user=phone",
                "<sip:+77012345678@carrier.example;user=phone>;reason=no-answer;counter=1",
                true,
                "call-5");

        place(offer, LONG, LONG).untilOver();

        ArrivedCall read = arrived.poll(5, TimeUnit.SECONDS);
        assertEquals(offer.callId(), read.callId());
        assertEquals(offer.callee(), read.callee());
        assertEquals(offer.displayName(), read.displayName());
        assertEquals(offer.presented(), read.presented());
        assertEquals(offer.asserted(), read.asserted());
        assertTrue(read.privacy());
        assertEquals("call-5", read.session());
        assertTrue(read.headers().contains("Diversion"), () -> read.headers().toString());
    }

    @Test
    void headersThatTheCallerLeavesOutAreNotThere() throws Exception {
        connect(call -> new Manner.Refuses(Duration.ZERO, 486));

        place(offer("a6"), LONG, LONG).untilOver();

        ArrivedCall read = arrived.poll(5, TimeUnit.SECONDS);
        assertEquals("", read.displayName());
        assertNull(read.asserted());
        assertFalse(read.privacy());
        assertFalse(read.headers().contains("Diversion"));
    }

    @Test
    void numbersThatAreNoNumbersCanBeCalledFrom() throws Exception {
        connect(call -> new Manner.Refuses(Duration.ZERO, 486));

        for (String user : List.of("MICROSOFT", "102", "+7102", "+442071234567890123", "+74951")) {
            String uri = "sip:" + user + "@carrier.example;user=phone";
            place(new CallOffer("a7-" + user, "112", "", uri, uri, null, false, "x"), LONG, LONG)
                    .untilOver();
            assertEquals(uri, arrived.poll(5, TimeUnit.SECONDS).presented());
        }
    }

    @Test
    void aHundredCallsRunSideBySide() throws Exception {
        CountDownLatch allRing = new CountDownLatch(100);
        connect(call -> {
            allRing.countDown();
            return new Manner.Answers(Duration.ofMillis(300), SOON, "citizen");
        });

        List<Heard> calls = new java.util.ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(place(offer("many-" + i), LONG, LONG));
        }

        assertTrue(allRing.await(10, TimeUnit.SECONDS));
        for (Heard call : calls) {
            assertEquals(List.of("180", "answered citizen", "ended"), call.untilOver());
        }
        awaitNoCall();
    }

    private void connect(Manners manners) throws IOException {
        citizens = CalledParty.open("citizens", HERE, 0, call -> {
            arrived.add(call);
            return manners.of(call);
        });
        carrier = Carrier.open(HERE, 0, new InetSocketAddress(InetAddress.getLoopbackAddress(), citizens.port()));
    }

    private Heard place(CallOffer offer, Duration patience, Duration talk) {
        Heard heard = new Heard();
        carrier.place(offer, patience, talk, heard);
        return heard;
    }

    private void awaitNoCall() {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (citizens.callsUnderWay() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(0, citizens.callsUnderWay());
    }

    private static CallOffer offer(String callId) {
        return new CallOffer(
                callId, "+77172251234", "", "sip:+74952345678@carrier.example;user=phone", null, null, false, callId);
    }
}
