package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.hop.HopSwitch;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OverloadTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aTrunkBringsNoMoreNewCallsInASecondThanItMay() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(3, 0, Trunk.OnOverload.REJECT);
            net.start();
            for (int i = 1; i <= 3; i++) {
                accepted(net, "rate-" + i);
            }
            refused(net, "rate-4");
            net.pass(Duration.ofMillis(334));
            accepted(net, "rate-5");
            refused(net, "rate-6");
            assertEquals(4, net.judged.size());
            assertEquals(2, net.path.counters().path().strains(Strain.TRUNK_RATE));
            assertTrue(net.path.strain().isRinging(Strain.TRUNK_RATE, MINUTE));
            assertEquals("transit", net.path.strain().where(Strain.TRUNK_RATE));
            assertFalse(net.path.strain().isRinging(Strain.TRUNK_CALLS, MINUTE));
        }
    }

    @Test
    void aTrunkHasNoMoreCallsAtATimeThanItMayAndTalkingCountsToo() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(0, 2, Trunk.OnOverload.REJECT);
            net.start();
            accepted(net, "calls-1");
            String first = net.core.expect("INVITE");
            accepted(net, "calls-2");
            String second = net.core.expect("INVITE");
            refused(net, "calls-3");
            net.core.send(net.gateway(), SipPeer.response(first, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            String answer = net.carrier.expect("SIP/2.0 200").replace("sip:c@127.0.0.1:9", coreContact(net));
            refused(net, "calls-4");
            net.carrierSends(net.inDialog("BYE", 2, answer));
            net.core.expect("BYE");
            accepted(net, "calls-5");
            refused(net, "calls-6");
            net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(second, 486, "Busy Here", "t2"));
            net.core.expect("ACK");
            net.carrier.expect("SIP/2.0 486");
            accepted(net, "calls-7");
            assertEquals(3, net.path.counters().path().strains(Strain.TRUNK_CALLS));
        }
    }

    private static String coreContact(PathFixture net) {
        return "sip:c@" + SipPeer.text(net.core.address());
    }

    @Test
    void retransmissionsAreNoCalls() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(2, 2, Trunk.OnOverload.REJECT);
            net.start();
            String invite = net.invite("again-1");
            for (int i = 0; i < 5; i++) {
                net.carrierSends(invite);
                net.carrier.expect("SIP/2.0 100");
            }
            accepted(net, "again-2");
            assertEquals(2, net.judged.size());
        }
    }

    @Test
    void whatPassedUnjudgedStaysUnjudgedWhenItsInviteComesAgain() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(1, 0, Trunk.OnOverload.PASS);
            net.start();
            accepted(net, "pass-1");
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            String second = net.invite("pass-2");
            net.carrierSends(second);
            String unjudged = net.core.expect("INVITE");
            net.pass(Duration.ofSeconds(2));
            net.carrierSends(second);
            String again = net.core.expect("INVITE");
            assertEquals(
                    SipPeer.values(unjudged, "Via").get(0),
                    SipPeer.values(again, "Via").get(0),
                    "the same transaction");
            assertEquals(1, net.judged.size());
            net.carrierSends(net.same("CANCEL", second, SipPeer.value(second, "To")));
            net.core.await("CANCEL");
        }
    }

    @Test
    void whatPassesUnjudgedSaysNothingOfItselfThatOnlyTheNetworkMaySay() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(1, 0, Trunk.OnOverload.PASS);
            net.start();
            accepted(net, "claim-1");
            net.core.expect("INVITE");
            net.carrierSends(net.invite(
                    "claim-2",
                    "From: <sip:+442071234567;verstat=TN-Validation-Passed@carrier.example>;tag=f1",
                    new String[] {"X-Anticall-Verdict: made-up"}));
            String unjudged = net.core.expect("INVITE");
            assertEquals("<sip:+442071234567@carrier.example>;tag=f1", SipPeer.value(unjudged, "From"));
            assertFalse(unjudged.contains("X-Anticall"), unjudged);
            assertEquals(1, net.judged.size());
        }
    }

    @Test
    void whatCannotPassForWantOfAHopIsRefusedAndPassesOnceThereIsOne() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(1, 0, Trunk.OnOverload.PASS);
            net.start();
            accepted(net, "hop-1");
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 486, "Busy Here", "t1"));
            net.core.expect("ACK");
            net.carrier.expect("SIP/2.0 486");
            net.path.hops().turn("core", HopSwitch.DOWN);
            refused(net, "hop-2");
            net.carrierSends(net.same("ACK", net.invite("hop-2"), "<sip:x@y>;tag=t"));
            net.core.expectNothingFrom(net.gateway());
            net.secondCore.expectNothingFrom(net.gateway());
            net.path.hops().turn("core", HopSwitch.UP);
            net.carrierSends(net.invite("hop-3"));
            net.core.expect("INVITE");
            assertEquals(1, net.judged.size());
        }
    }

    /** Else whoever got one call through unjudged could bring others by its branch, to whomever it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"another callee", "another caller", "a dialog"})
    void anotherInviteWithTheBranchOfAnUnjudgedOneIsJudged(String what) throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.limits = new TrunkLimits(1, 0, Trunk.OnOverload.PASS);
            net.start();
            accepted(net, "judged-1");
            net.core.expect("INVITE");
            String unjudged = net.invite("unjudged-1");
            net.carrierSends(unjudged);
            net.core.expect("INVITE");
            net.pass(Duration.ofSeconds(2));
            String other =
                    switch (what) {
                        case "another callee" -> unjudged.replace("sip:+77172555555", "sip:+77172666666");
                        case "another caller" -> unjudged.replace("+442071234567@carrier", "+77012345678@carrier");
                        default -> unjudged.replace("\r\nCall-ID", ";tag=made-up\r\nCall-ID");
                    };
            net.carrierSends(other);
            net.carrier.expect(what.equals("a dialog") ? "SIP/2.0 481" : "SIP/2.0 100");
            int judged = what.equals("a dialog") ? 1 : 2;
            PathFixture.until(what, () -> net.judged.size() == judged);
        }
    }

    @Test
    void aPeerHasNoMoreCallsInSetUpThanItMay() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(100, 2, 0, LONG);
            net.onOverload = Trunk.OnOverload.REJECT;
            net.start();
            accepted(net, "peer-1");
            accepted(net, "peer-2");
            refused(net, "peer-3");
            String first = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(first, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            net.carrier.expect("SIP/2.0 200");
            accepted(net, "peer-4");
            refused(net, "peer-5");
            assertEquals(2, net.path.counters().path().strains(Strain.PEER_CALLS));
        }
    }

    @Test
    void aPeerMaySendSoManyMessagesASecondAndTheRestIsNotRead() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(100, 100, 3, LONG);
            net.start();
            for (int i = 1; i <= 4; i++) {
                net.carrierSends(net.invite("message-" + i));
            }
            PathFixture.until("counted", () -> net.path.counters().path().strains(Strain.PEER_MESSAGES) == 1);
            assertEquals(3, net.judged.size());
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 180, "Ringing", "t1"));
            net.carrier.await("SIP/2.0 180");
        }
    }

    @Test
    void aFloodFromOnePeerDoesNotHurtAnother() throws Exception {
        try (PathFixture net = new PathFixture();
                DatagramSocket flooder = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            net.moreTrunks.add(new Trunk(
                    "flooded",
                    TrunkClass.INTERNATIONAL,
                    List.of(Objects.requireNonNull(Peer.parse("127.0.0.2"))),
                    "core",
                    Trunk.OnOverload.REJECT));
            net.overload = new OverloadSettings(200, 20, 500, LONG);
            net.start();
            AtomicBoolean quietIsDone = new AtomicBoolean();
            Thread flood = new Thread(() -> flood(net, flooder, quietIsDone), "flood");
            flood.start();
            PathFixture.until(
                    "the flood is above its budget",
                    () -> net.path.counters().path().strains(Strain.PEER_MESSAGES) > 0);
            for (int i = 1; i <= 20; i++) {
                untilAccepted(net, "quiet-" + i);
            }
            quietIsDone.set(true);
            flood.join();
            assertEquals(
                    20,
                    net.judged.stream()
                            .filter(facts -> facts.trunk().equals("transit"))
                            .count());
            assertEquals(
                    20,
                    net.judged.stream()
                            .filter(facts -> facts.trunk().equals("flooded"))
                            .count(),
                    "so many calls may the other one have in set-up");
            assertEquals(0, net.path.counters().path().overloadPassed.sum());
            assertEquals("flooded", net.path.strain().where(Strain.PEER_MESSAGES));
        }
    }

    private static void flood(PathFixture net, DatagramSocket flooder, AtomicBoolean quietIsDone) {
        for (int i = 0; !quietIsDone.get(); i++) {
            byte[] invite = net.invite("flood-" + i).getBytes(StandardCharsets.UTF_8);
            try {
                flooder.send(new DatagramPacket(invite, invite.length, net.gateway()));
            } catch (IOException full) {
                Thread.onSpinWait();
            }
        }
    }

    /** What every peer does: sends again until it hears something (RFC 3261 §17.1.1.2). */
    private static void untilAccepted(PathFixture net, String callId) throws IOException {
        net.carrier.socket.setSoTimeout(500);
        String invite = net.invite(callId);
        byte[] buffer = new byte[65_535];
        for (int tries = 0; tries < 20; tries++) {
            net.carrierSends(invite);
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    net.carrier.socket.receive(packet);
                    String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                    if (text.startsWith("SIP/2.0 100") && text.contains("Call-ID: " + callId + "\r\n")) {
                        return;
                    }
                }
            } catch (SocketTimeoutException lost) {
                // the machine's buffer was full: again
            }
        }
        throw new AssertionError(callId + " was never answered");
    }

    @Test
    void aLoopThatDoesNotKeepUpAdmitsNoMore() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(1000, 1000, 0, Duration.ofMillis(10));
            net.onOverload = Trunk.OnOverload.REJECT;
            net.judge = facts -> {
                long end = System.nanoTime() + 60_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return PathFixture.decision(new Verdict.Pass());
            };
            net.start();
            int[] sent = {0};
            PathFixture.until("the loop is seen to be late", () -> {
                if (sent[0] < 100) {
                    net.carrierSends(net.invite("late-" + sent[0]++));
                }
                return net.path.counters().path().strains(Strain.LAG) > 0;
            });
            net.carrier.await("SIP/2.0 503");
            assertTrue(net.path.strain().isRinging(Strain.LAG, MINUTE));
        }
    }

    private static void accepted(PathFixture net, String callId) {
        net.carrierSends(net.invite(callId));
        assertTrue(net.carrier.expect("SIP/2.0 100").contains("Call-ID: " + callId));
    }

    private static void refused(PathFixture net, String callId) {
        net.carrierSends(net.invite(callId));
        String refusal = net.carrier.expect("SIP/2.0 503");
        assertTrue(refusal.contains("Call-ID: " + callId));
        assertEquals("5", SipPeer.value(refusal, "Retry-After"));
    }
}
