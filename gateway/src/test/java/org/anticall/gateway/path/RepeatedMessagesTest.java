package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes by a stream, and goes on where datagrams get lost, arrives. */
@Timeout(60)
class RepeatedMessagesTest {

    private static final Duration T1 = Duration.ofMillis(500);

    private static PathFixture net() throws IOException {
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TCP);
        net.judge = facts -> PathFixture.decision(new Verdict.Pass());
        return net;
    }

    private static String answered(PathFixture net, StreamPeer carrier, String callId) {
        carrier.send(net.invite(carrier, "TCP", callId));
        carrier.expect("SIP/2.0 100");
        String contact = "Contact: <sip:c@" + SipPeer.text(net.core.address()) + ">";
        net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 200, "OK", "t1", contact));
        return carrier.expect("SIP/2.0 200");
    }

    private static String inDialog(PathFixture net, String method, String answer) {
        return net.inDialog(method, 2, answer).replace("SIP/2.0/UDP", "SIP/2.0/TCP");
    }

    private static void nothingMoreComes(PathFixture net) throws IOException {
        LongAdder repeated = net.path.counters().path().retransmissionsSent;
        long sent = repeated.sum();
        net.pass(Duration.ofSeconds(60));
        net.core.expectNothingFrom(net.gateway());
        assertEquals(sent, repeated.sum());
    }

    @Test
    void aByeIsRepeatedUntilItIsAnswered() throws IOException {
        try (PathFixture net = net().start();
                StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            carrier.send(inDialog(net, "BYE", answered(net, carrier, "bye-1")));
            String bye = net.core.expect("BYE");
            net.pass(T1.plusMillis(10));
            assertEquals(bye, net.core.receive());
            net.pass(T1.multipliedBy(2).plusMillis(10));
            assertEquals(bye, net.core.receive());
            net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            carrier.expect("SIP/2.0 200");
            nothingMoreComes(net);
        }
    }

    @Test
    void aReInviteIsRepeatedUntilAnythingIsHeardOfIt() throws IOException {
        try (PathFixture net = net().start();
                StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            carrier.send(inDialog(net, "INVITE", answered(net, carrier, "re-1")));
            String invite = net.core.expect("INVITE");
            net.pass(T1.plusMillis(10));
            assertEquals(invite, net.core.receive());
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
            carrier.expect("SIP/2.0 180");
            nothingMoreComes(net);
        }
    }

    @Test
    void anInviteThatPassesUnjudgedIsRepeatedUntilAnythingIsHeardOfIt() throws IOException {
        try (PathFixture net = net()) {
            net.limits = new TrunkLimits(1, 0, Trunk.OnOverload.PASS);
            net.start();
            try (StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
                answered(net, carrier, "judged");
                carrier.send(net.invite(carrier, "TCP", "unjudged"));
                String invite = net.core.expect("INVITE");
                net.pass(T1.plusMillis(10));
                assertEquals(invite, net.core.receive());
                net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
                carrier.expect("SIP/2.0 180");
                nothingMoreComes(net);
                assertEquals(1, net.judged.size());
            }
        }
    }

    /** Who sent the ACK by a stream knows nothing of the INVITE any more (timer D is 0 there). */
    @Test
    void theAckToAFailedReInviteIsSaidAgainWhenTheFailureComesAgain() throws IOException {
        try (PathFixture net = net().start();
                StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            String reInvite = inDialog(net, "INVITE", answered(net, carrier, "re-2"));
            carrier.send(reInvite);
            String failure = SipPeer.response(net.core.expect("INVITE"), 488, "Not Acceptable Here", "t1");
            net.core.send(net.gateway(), failure);
            carrier.expect("SIP/2.0 488");
            net.core.send(net.gateway(), failure);
            carrier.expect("SIP/2.0 488");
            carrier.send(reInvite.replace("INVITE sip", "ACK sip").replace("CSeq: 2 INVITE", "CSeq: 2 ACK"));
            String ack = net.core.expect("ACK");
            net.core.send(net.gateway(), failure);
            assertEquals(ack, net.core.receive());
            carrier.send("\r\n\r\n");
            carrier.expectBytes("\r\n");
            nothingMoreComes(net);
        }
    }

    /** Who got a 1xx by datagram does not ask again, and who failed the INVITE by a stream does not say so again. */
    @Test
    void theFailureOfAReInviteIsRepeatedUntilItsAckComes() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PathFixture net = net()) {
            net.coreHops = List.of(new Hop((InetSocketAddress) listening.getLocalSocketAddress(), Transport.TCP));
            net.start();
            net.carrierSends(net.invite("re-3"));
            net.carrier.expect("SIP/2.0 100");
            try (StreamPeer core = new StreamPeer(listening.accept())) {
                String contact = "Contact: <sip:c@" + core.text() + ";transport=tcp>";
                core.send(SipPeer.response(core.expect("INVITE"), 200, "OK", "t1", contact));
                String reInvite = net.inDialog("INVITE", 2, net.carrier.expect("SIP/2.0 200"));
                net.carrierSends(reInvite);
                core.send(SipPeer.response(core.expect("INVITE"), 488, "Not Acceptable Here", "t1"));
                String failure = net.carrier.expect("SIP/2.0 488");
                net.pass(T1.plusMillis(10));
                assertEquals(failure, net.carrier.receive());
                net.pass(T1.multipliedBy(2).plusMillis(10));
                assertEquals(failure, net.carrier.receive());
                net.carrierSends(reInvite.replace("INVITE sip", "ACK sip").replace("CSeq: 2 INVITE", "CSeq: 2 ACK"));
                core.expect("ACK");
                net.pass(Duration.ofSeconds(60));
                net.carrier.expectNothingFrom(net.gateway());
            }
        }
    }

    @Test
    void whatNobodyAnswersIsGivenUpAndAnAcknowledgementLeavesOnce() throws IOException {
        try (PathFixture net = net().start();
                StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            String answer = answered(net, carrier, "lost-1");
            carrier.send(inDialog(net, "ACK", answer).replace("CSeq: 2", "CSeq: 1"));
            net.core.expect("ACK");
            carrier.send(inDialog(net, "INFO", answer));
            net.core.expect("INFO");
            net.pass(T1.multipliedBy(64).minusMillis(20));
            net.core.expect("INFO");
            nothingMoreComes(net);
        }
    }

    /** With several loops the answer may come to another one than the request. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void everyCallIsEndedOverALineThatLosesOneDatagramInTwenty(int loops) throws IOException {
        int calls = 100;
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (LossyRelay line = new LossyRelay(gateway, 7);
                Callee callee = new Callee("callee", 100, line.far());
                PathFixture net = net()) {
            line.nearEnd(callee.peer.address());
            net.time = LoopClock.system();
            net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
            net.coreHops = List.of(new Hop(line.far(), Transport.UDP));
            net.startOn(port);
            try (StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
                for (int i = 0; i < calls; i++) {
                    carrier.send(net.invite(carrier, "TCP", "lossy-" + i));
                }
                Set<String> ending = new HashSet<>();
                Set<String> ended = new HashSet<>();
                while (ended.size() < calls) {
                    String message = carrier.receive();
                    String callId = SipPeer.value(message, "Call-ID");
                    boolean ofInvite = SipPeer.value(message, "CSeq").endsWith("INVITE");
                    if (message.startsWith("SIP/2.0 200") && ofInvite) {
                        carrier.send(inDialog(net, "ACK", message).replace("CSeq: 2", "CSeq: 1"));
                        if (ending.add(callId)) {
                            carrier.send(inDialog(net, "BYE", message));
                        }
                    } else if (!ofInvite) {
                        assertTrue(message.startsWith("SIP/2.0 200"), message);
                        ended.add(callId);
                    }
                }
                PathFixture.until("all ended", () -> callee.ended.size() == calls);
                assertTrue(line.lost.get() > 0, "a line that loses nothing");
            }
        }
    }
}
