package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopCare;
import org.anticall.gateway.config.Probing;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.hop.HopSwitch;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the gateway finds out that a next hop is gone, and what calls notice of it. */
@Timeout(60)
class HopHealthTest {

    private static final Probing PROBING =
            new Probing(Set.of("core"), Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);

    private static PathFixture probing() throws IOException {
        PathFixture net = new PathFixture();
        net.care = new HopCare(PROBING, List.of());
        net.start();
        return net;
    }

    private static String state(PathFixture net, int hop) {
        return net.path.hopStates().stream()
                .filter(state -> state.hop().startsWith("core/"))
                .skip(hop)
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** One round of probes: the first core is silent, the second one answers. */
    private static void firstMisses(PathFixture net) {
        net.core.await("OPTIONS");
        String probe = net.secondCore.await("OPTIONS sip:" + SipPeer.text(net.secondCore.address()) + " SIP/2.0");
        net.secondCore.send(net.gateway(), SipPeer.response(probe, 200, "OK", "p"));
        long before = net.path.counters().path().hopProbesMissed.sum();
        net.pass(Duration.ofMillis(1010));
        PathFixture.until(
                "missed", () -> net.path.counters().path().hopProbesMissed.sum() == before + 1);
    }

    @Test
    void aHopIsGoneAfterThreeMissedProbesAndBackAfterTwoAnswers() throws IOException {
        try (PathFixture net = probing()) {
            for (int missed = 1; missed <= 3; missed++) {
                firstMisses(net);
                assertEquals(missed < 3 ? "up" : "failing", state(net, 0), "after " + missed);
                assertEquals("up", state(net, 1));
                net.pass(Duration.ofSeconds(5));
            }
            net.carrierSends(net.invite("probe-1"));
            net.secondCore.await("INVITE");
            for (int answered = 1; answered <= 2; answered++) {
                String probe = net.core.await("OPTIONS");
                net.core.send(net.gateway(), SipPeer.response(probe, 405, "Not Here", "p"));
                net.core.expectNothingFrom(net.gateway());
                assertEquals(answered < 2 ? "failing" : "up", state(net, 0), "after " + answered);
                net.pass(Duration.ofSeconds(6));
            }
        }
    }

    @Test
    void aHopOverTcpIsAskedOverItsConnectionAndIsBackWhenItListensAgain() throws IOException {
        try (PathFixture net = new PathFixture();
                StreamServer hop = new StreamServer()) {
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.coreHops = List.of(new Hop(hop.address(), Transport.TCP));
            net.care = new HopCare(PROBING, List.of());
            net.start();
            try (StreamPeer connection = hop.accept()) {
                answer(net, connection);
                net.pass(Duration.ofSeconds(6));
                answer(net, connection);
                assertEquals(1, net.path.counters().transport().openTcp.sum());
                for (int missed = 1; missed <= 3; missed++) {
                    net.pass(Duration.ofSeconds(6));
                    connection.expect("OPTIONS");
                    awaitMissed(net);
                    assertEquals(missed < 3 ? "up" : "failing", state(net, 0), "after " + missed);
                }
            }
            PathFixture.until(
                    "the connection is gone",
                    () -> net.path.counters().transport().openTcp.sum() == 0);
            net.pass(Duration.ofSeconds(6));
            try (StreamPeer connection = hop.accept()) {
                answer(net, connection);
                assertEquals("failing", state(net, 0));
                net.pass(Duration.ofSeconds(6));
                answer(net, connection);
                PathFixture.until("the hop is back", () -> state(net, 0).equals("up"));
            }
        }
    }

    private static void answer(PathFixture net, StreamPeer hop) {
        long stray = net.path.counters().path().strayResponses.sum();
        String probe = hop.expect("OPTIONS");
        assertTrue(SipPeer.value(probe, "Via").startsWith("SIP/2.0/TCP "), probe);
        hop.send(SipPeer.response(probe, 200, "OK", "p"));
        // What comes behind it on the same stream is handled behind it.
        hop.send(SipPeer.response(probe, 200, "OK", "p"));
        PathFixture.until(
                "answered", () -> net.path.counters().path().strayResponses.sum() == stray + 1);
    }

    /** Lets time pass until one more probe counts as missed. */
    private static void awaitMissed(PathFixture net) {
        long before = net.path.counters().path().hopProbesMissed.sum();
        net.pass(Duration.ofMillis(1010));
        PathFixture.until(
                "missed", () -> net.path.counters().path().hopProbesMissed.sum() > before);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void withSeveralLoopsEveryAnswerFindsTheOneThatAsks(int loops) throws IOException {
        List<SipPeer> hops = new ArrayList<>();
        try (PathFixture net = new PathFixture()) {
            for (int i = 0; i < 8; i++) {
                hops.add(new SipPeer("hop " + i));
            }
            net.coreHops = hops.stream()
                    .map(hop -> new Hop(hop.address(), Transport.UDP))
                    .toList();
            net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
            net.care = new HopCare(PROBING, List.of());
            net.start();
            for (int round = 0; round < 2; round++) {
                for (SipPeer hop : hops.subList(0, 7)) {
                    String probe = hop.expect("OPTIONS");
                    hop.send(net.gateway(), SipPeer.response(probe, 200, "OK", "p"));
                    hop.expectNothingFrom(net.gateway());
                }
                hops.get(7).expect("OPTIONS");
                awaitMissed(net);
                assertEquals(
                        round + 1, net.path.counters().path().hopProbesMissed.sum());
                net.pass(Duration.ofSeconds(6));
            }
            hops.get(7).expect("OPTIONS");
            awaitMissed(net);
            PathFixture.until("the silent one is gone", () -> state(net, 7).equals("failing"));
            assertEquals(0, net.path.counters().path().strayResponses.sum());
        } finally {
            hops.forEach(SipPeer::close);
        }
    }

    @Test
    void anAnswerToAProbeThatNobodySentIsDropped() throws IOException {
        try (PathFixture net = probing()) {
            String probe = net.core.await("OPTIONS");
            net.core.send(net.gateway(), SipPeer.response(probe, 200, "OK", "p"));
            net.core.send(net.gateway(), SipPeer.response(probe, 200, "OK", "p"));
            PathFixture.until(
                    "stray", () -> net.path.counters().path().strayResponses.sum() == 1);
        }
    }

    @Test
    void callsThatWaitForALostHopGoToTheNextAtOnceAndAnsweredOnesStay() throws IOException {
        try (PathFixture net = probing()) {
            net.carrierSends(net.invite("ringing-1"));
            net.carrier.expect("SIP/2.0 100");
            String ringing = net.core.await("INVITE");
            net.core.send(net.gateway(), SipPeer.response(ringing, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            net.carrierSends(net.invite("waiting-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.await("INVITE");

            String first = net.path.hopStates().get(0).hop();
            assertTrue(net.path.hops().turn(first, HopSwitch.DOWN));
            assertTrue(net.secondCore.await("INVITE").contains("Call-ID: waiting-1"));
            net.core.send(net.gateway(), SipPeer.response(ringing, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            assertTrue(net.carrier.await("SIP/2.0 200").contains("Call-ID: ringing-1"));
            net.carrierSends(net.invite("new-1"));
            assertTrue(net.secondCore.await("INVITE").contains("Call-ID: new-1"));
            assertTrue(net.path.hops().turn("core", HopSwitch.UP));
            assertEquals("up", state(net, 0));
        }
    }

    @Test
    void aClosedPortIsNoticedAtTheFirstRetransmission() throws IOException {
        int closed;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            closed = socket.getLocalPort();
        }
        try (PathFixture net = new PathFixture()) {
            net.coreHops = List.of(
                    new Hop(new InetSocketAddress(InetAddress.getLoopbackAddress(), closed), Transport.UDP),
                    new Hop(net.secondCore.address(), Transport.UDP));
            net.start();
            net.carrierSends(net.invite("closed-1"));
            net.carrier.expect("SIP/2.0 100");
            net.secondCore.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMillis(510));
            net.secondCore.expect("INVITE");
            assertEquals("avoided", state(net, 0));
            net.carrierSends(net.invite("closed-2"));
            assertTrue(net.secondCore.expect("INVITE").contains("closed-2"));
        }
    }

    @Test
    void aHopThatAsksForPeaceGetsIt() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("peace-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.send(
                    net.gateway(),
                    SipPeer.response(net.core.expect("INVITE"), 503, "Busy", "t", "Retry-After: 20 (maintenance)"));
            net.secondCore.expect("INVITE");
            net.pass(Duration.ofSeconds(19));
            net.carrierSends(net.invite("peace-2"));
            assertTrue(net.secondCore.await("INVITE sip:+77172555555@").contains("peace-"));
            net.core.await("ACK");
            net.core.expectNothingFrom(net.gateway());
            net.pass(Duration.ofSeconds(2));
            net.carrierSends(net.invite("peace-3"));
            // Calls before it that the second hop has left unanswered for so long may come first.
            String invite = net.core.await("INVITE");
            while (!invite.contains("peace-3")) {
                invite = net.core.await("INVITE");
            }
        }
    }

    @Test
    void aNameInARouteIsTheHopOfThatName() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("named-1"));
            net.carrier.expect("SIP/2.0 100");
            String contact = "Contact: <sip:callee@127.0.0.1:9>";
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 200, "OK", "t1", contact));
            String answer = net.carrier.expect("SIP/2.0 200");
            String ours = SipPeer.value(answer, "Record-Route");
            net.carrierSends(net.inDialog("BYE", 2, answer)
                    .replace("Route: " + ours, "Route: " + ours + ",<sip:unknown.example;lr>"));
            net.core.expect("BYE sip:callee@127.0.0.1:9");
        }
    }
}
