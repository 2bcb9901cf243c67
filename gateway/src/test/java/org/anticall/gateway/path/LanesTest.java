package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several event loops: whatever the machine delivers where, each call has one owner. */
@Timeout(60)
class LanesTest {

    private static final int CALLS = 40;

    private static PathFixture net(int loops) throws IOException {
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TCP);
        net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
        net.judge = facts -> PathFixture.decision(new Verdict.Pass());
        net.coreHops = List.of(new Hop(net.core.address(), Transport.UDP));
        return net.start();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void retransmissionsFromAnotherSocketMeetTheirCall(int loops) throws IOException {
        try (PathFixture net = net(loops)) {
            List<SipPeer> sockets = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sockets.add(new SipPeer("socket " + i));
            }
            for (int call = 0; call < CALLS; call++) {
                String invite = net.invite("many-" + call).replace(";branch", ";rport;branch");
                SipPeer first = sockets.get(call % 8);
                first.send(net.gateway(), invite);
                first.expect("SIP/2.0 100");
                net.core.expect("INVITE");
                sockets.get((call + 3) % 8).send(net.gateway(), invite);
                first.expect("SIP/2.0 100");
                SipPeer third = sockets.get((call + 5) % 8);
                third.send(net.gateway(), net.same("CANCEL", invite, SipPeer.value(invite, "To")));
                third.expect("SIP/2.0 200");
                first.send(net.gateway(), invite);
                first.expect("SIP/2.0 100");
            }
            assertEquals(CALLS, net.judged.size());
            assertEquals(
                    2 * CALLS,
                    net.path.counters().path().retransmissionsAbsorbed.sum());
            assertEquals(CALLS, net.path.callsInSetup());
            sockets.forEach(SipPeer::close);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void answersFindTheirCallWhereverTheyLand(int loops) throws IOException {
        try (PathFixture net = net(loops);
                SipPeer elsewhere = new SipPeer("another socket of the core")) {
            for (int call = 0; call < CALLS; call++) {
                net.carrierSends(net.invite("back-" + call));
                net.carrier.expect("SIP/2.0 100");
                String invite = net.core.expect("INVITE");
                SipPeer answering = call % 2 == 0 ? net.core : elsewhere;
                answering.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t" + call));
                net.carrier.expect("SIP/2.0 180");
                net.core.send(
                        net.gateway(),
                        SipPeer.response(
                                invite,
                                200,
                                "OK",
                                "t" + call,
                                "Contact: <sip:c@" + SipPeer.text(net.core.address()) + ">"));
                String answer = net.carrier.expect("SIP/2.0 200");
                net.carrierSends(net.inDialog("BYE", 2, answer));
                String bye = net.core.expect("BYE");
                net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t" + call));
                net.carrier.expect("SIP/2.0 200");
            }
            assertEquals(0, net.path.counters().path().strayResponses.sum());
            PathFixture.until(
                    "every call's end was seen",
                    () -> net.path.counters().path().answeredCalls() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aStreamOfAnotherLoopCarriesTheAnswers(int loops) throws IOException {
        try (PathFixture net = net(loops);
                StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            for (int call = 0; call < CALLS; call++) {
                carrier.send(net.invite(carrier, "TCP", "stream-" + call));
                carrier.expect("SIP/2.0 100");
                String invite = net.core.expect("INVITE");
                net.core.send(net.gateway(), SipPeer.response(invite, 486, "Busy Here", "t" + call));
                net.core.expect("ACK");
                carrier.expect("SIP/2.0 486");
            }
            assertEquals(1, net.path.counters().transport().connectionsAccepted.sum());
            assertEquals(0, net.path.counters().transport().connectionsMade.sum());
        }
    }

    @Test
    void whatWaitsForALoopThatIsBusyIsBoundedAndCounted() throws IOException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<SipPeer> sockets = new ArrayList<>();
        try (PathFixture net = new PathFixture()) {
            net.wire = new WireSettings(2, StreamSettings.DEFAULT, null);
            net.overload = new OverloadSettings(20_000, 10_000, 0, Duration.ofDays(1));
            net.judge = facts -> {
                entered.countDown();
                await(goOn);
                return PathFixture.decision(new Verdict.Pass());
            };
            net.start();
            net.carrierSends(net.invite("held"));
            await(entered);
            // By their ports half of them reach the loop that is free, by their Call-ID half of their messages the
            // other.
            for (int i = 0; i < 32; i++) {
                sockets.add(new SipPeer("socket " + i));
            }
            int[] sent = {0};
            PathFixture.until("the bound is reached", () -> {
                for (SipPeer each : sockets) {
                    each.send(net.gateway(), options(net, each, "wait-" + sent[0]++));
                }
                return net.path.counters().path().handOversDropped.sum() > 0;
            });
            assertTrue(sent[0] > Lane.MAX_HANDED_OVER, "sent " + sent[0]);
            goOn.countDown();
            net.core.expect("INVITE");
            net.carrier.await("SIP/2.0 100");
        } finally {
            goOn.countDown();
            sockets.forEach(SipPeer::close);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    private static String options(PathFixture net, SipPeer from, String callId) {
        return "OPTIONS sip:" + net.gatewayText() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + SipPeer.text(from.address())
                + ";branch=z9hG4bK" + callId + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }
}
