package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose one side, or both, is TCP. */
@Timeout(30)
class StreamCallTest {

    private static PathFixture onBoth() throws IOException {
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TCP);
        net.judge = facts -> PathFixture.decision(new Verdict.Pass());
        return net;
    }

    private static StreamPeer carrier(PathFixture net) throws IOException {
        return StreamPeer.connect(net.gateway(Transport.TCP));
    }

    @Test
    void aCallFromTcpToUdpKeepsTheTransportOfEachSide() throws IOException {
        try (PathFixture net = onBoth().start();
                StreamPeer carrier = carrier(net)) {
            carrier.send(net.invite(carrier, "TCP", "t-1"));
            carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            List<String> vias = SipPeer.values(invite, "Via");
            assertTrue(vias.get(0).startsWith("SIP/2.0/UDP " + SipPeer.text(net.gateway(Transport.UDP))), vias.get(0));
            String port = carrier.text().substring(carrier.text().indexOf(':') + 1);
            assertTrue(vias.get(1).endsWith(";received=127.0.0.1;rport=" + port), vias.get(1));
            List<String> routes = SipPeer.values(invite, "Record-Route");
            assertEquals(2, routes.size());
            assertTrue(routes.get(0).startsWith("<sip:" + SipPeer.text(net.gateway(Transport.UDP)) + ";lr;at="));
            assertTrue(routes.get(1)
                    .startsWith("<sip:" + SipPeer.text(net.gateway(Transport.TCP)) + ";transport=tcp;lr;at="));

            net.core.send(
                    net.gateway(),
                    SipPeer.response(
                            invite, 200, "OK", "t1", "Contact: <sip:c@" + SipPeer.text(net.core.address()) + ">"));
            String answer = carrier.expect("SIP/2.0 200");
            assertEquals(1, SipPeer.values(answer, "Via").size());
            carrier.send(net.inDialog("ACK", 1, answer));
            String ack = net.core.expect("ACK sip:c@");
            assertEquals(List.of(), SipPeer.values(ack, "Route"));
            carrier.send(net.inDialog("BYE", 2, answer).replace("SIP/2.0/UDP", "SIP/2.0/TCP"));
            String bye = net.core.expect("BYE sip:c@");
            net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            carrier.expect("SIP/2.0 200");
        }
    }

    @Test
    void whoEndsItsSideBehindItsRequestIsAnsweredAllTheSame() throws IOException {
        try (PathFixture net = onBoth().start()) {
            for (int i = 0; i < 20; i++) {
                try (StreamPeer carrier = carrier(net)) {
                    carrier.send(net.invite(carrier, "TCP", "half-" + i).replace("INVITE", "OPTIONS"));
                    carrier.socket.shutdownOutput();
                    carrier.expect("SIP/2.0 200");
                    carrier.expectEnd();
                }
            }
        }
    }

    /** Whoever makes a connection for each call has one from such a port sooner or later. */
    @Test
    void whoseTcpPortHasTheNumberOfTheGatewaysUdpPortIsReached() throws IOException {
        for (boolean called = false; !called; ) {
            try (PathFixture net = onBoth().start();
                    StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP), net.gateway(Transport.UDP))) {
                carrier.send(net.invite(carrier, "TCP", "number-1"));
                carrier.expect("SIP/2.0 100");
                String invite = net.core.expect("INVITE");
                String contact = "Contact: <sip:c@" + SipPeer.text(net.core.address()) + ">";
                net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact));
                String answer = carrier.expect("SIP/2.0 200");
                carrier.send(net.inDialog("BYE", 2, answer)
                        .replace("UDP " + SipPeer.text(net.carrier.address()), "TCP " + carrier.text()));
                net.core.send(net.gateway(), SipPeer.response(net.core.expect("BYE"), 200, "OK", "t1"));
                assertEquals("2 BYE", SipPeer.value(carrier.expect("SIP/2.0 200"), "CSeq"));
                called = true;
            } catch (BindException taken) {
                // Another program has this number by TCP: again, with another one.
            }
        }
    }

    /** With two loops the call may be handled by another one than its connection. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoEndsItsSideWhileThePhoneRingsHearsHowTheCallEnds(int loops) throws IOException {
        try (PathFixture net = onBoth()) {
            net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
            net.start();
            for (int i = 0; i < 8; i++) {
                try (StreamPeer carrier = carrier(net)) {
                    carrier.send(net.invite(carrier, "TCP", "listens-" + i));
                    carrier.expect("SIP/2.0 100");
                    carrier.socket.shutdownOutput();
                    carrier.expectBytes("\r\n\r\n");
                    String invite = net.core.expect("INVITE");
                    net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
                    carrier.expect("SIP/2.0 180");
                    net.core.send(net.gateway(), SipPeer.response(invite, 486, "Busy Here", "t1"));
                    net.core.expect("ACK");
                    carrier.expect("SIP/2.0 486");
                    carrier.expectEnd();
                }
            }
            PathFixture.until("all are closed", () -> net.path.openConnections() == 0);
        }
    }

    @Test
    void aRequestOfTheCalleeReachesTheCallerByTheTransportItWasRecordedWith() throws IOException {
        try (PathFixture net = onBoth().start();
                StreamServer contact = new StreamServer();
                StreamPeer carrier = carrier(net)) {
            carrier.send(net.invite(carrier, "TCP", "t-2"));
            carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            carrier.expect("SIP/2.0 200");
            String bye = "BYE sip:caller@" + SipPeer.text(contact.address()) + " SIP/2.0\r\nVia: SIP/2.0/UDP "
                    + SipPeer.text(net.core.address()) + ";branch=z9hG4bKb\r\nRoute: "
                    + String.join(", ", SipPeer.values(invite, "Record-Route")) + "\r\nFrom: <sip:c@x>;tag=t1\r\nTo: "
                    + SipPeer.value(invite, "From") + "\r\nCall-ID: t-2\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";
            net.core.send(net.gateway(), bye);
            try (StreamPeer caller = contact.accept()) {
                String arrived = caller.expect("BYE sip:caller@");
                assertEquals(List.of(), SipPeer.values(arrived, "Route"));
                assertTrue(SipPeer.values(arrived, "Via")
                        .get(0)
                        .startsWith("SIP/2.0/TCP " + SipPeer.text(net.gateway(Transport.TCP))));
                caller.send(SipPeer.response(arrived, 200, "OK", "f1"));
                net.core.expect("SIP/2.0 200");
            }
        }
    }

    @Test
    void callsToATcpHopShareOneConnection() throws IOException {
        try (StreamServer core = new StreamServer();
                PathFixture net = onBoth()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TCP));
            net.start();
            net.carrierSends(net.invite("h-1"));
            try (StreamPeer hop = core.accept()) {
                String first = hop.expect("INVITE");
                net.carrier.expect("SIP/2.0 100");
                net.carrierSends(net.invite("h-2"));
                net.carrier.expect("SIP/2.0 100");
                String second = hop.expect("INVITE");
                hop.send(SipPeer.response(first, 486, "Busy Here", "t1")
                        + SipPeer.response(second, 404, "Not Found", "t2"));
                hop.expect("ACK");
                hop.expect("ACK");
                assertEquals("h-1", SipPeer.value(net.carrier.expect("SIP/2.0 486"), "Call-ID"));
                assertEquals("h-2", SipPeer.value(net.carrier.expect("SIP/2.0 404"), "Call-ID"));
                assertEquals(1, net.path.counters().transport().connectionsMade.sum());
            }
        }
    }

    @Test
    void aTcpHopThatIsDownCostsNoTime() throws IOException {
        StreamServer dead = new StreamServer();
        dead.close();
        try (PathFixture net = onBoth()) {
            net.coreHops = List.of(new Hop(dead.address(), Transport.TCP), new Hop(net.core.address(), Transport.UDP));
            net.start();
            net.carrierSends(net.invite("d-1"));
            net.core.expect("INVITE");
            assertEquals(1, net.path.counters().transport().connectFailures.sum());
        }
    }

    @Test
    void aHopWhoseConnectionBreaksBeforeItAnswersIsLeft() throws IOException {
        try (StreamServer core = new StreamServer();
                PathFixture net = onBoth()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TCP), new Hop(net.core.address(), Transport.UDP));
            net.start();
            net.carrierSends(net.invite("d-2"));
            StreamPeer hop = core.accept();
            hop.expect("INVITE");
            hop.close();
            net.core.expect("INVITE");
        }
    }

    @Test
    void anAnswerWhoseConnectionIsGoneGoesToWhereTheSenderListens() throws IOException {
        try (PathFixture net = onBoth().start();
                StreamServer listening = new StreamServer()) {
            StreamPeer carrier = carrier(net);
            carrier.send(net.invite(carrier, "TCP", "g-1").replace(carrier.text(), SipPeer.text(listening.address())));
            carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            carrier.close();
            PathFixture.until("closed", () -> net.path.openConnections() == 0);
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            try (StreamPeer again = listening.accept()) {
                again.expect("SIP/2.0 200 OK");
            }
        }
    }

    @Test
    void nothingIsRepeatedOnAStream() throws IOException {
        try (StreamServer core = new StreamServer();
                PathFixture net = onBoth()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TCP));
            net.start();
            try (StreamPeer carrier = carrier(net)) {
                carrier.send(net.invite(carrier, "TCP", "r-1"));
                carrier.expect("SIP/2.0 100");
                StreamPeer hop = core.accept();
                String invite = hop.expect("INVITE");
                hop.send(SipPeer.response(invite, 486, "Busy Here", "t1"));
                hop.expect("ACK");
                String busy = carrier.expect("SIP/2.0 486");
                net.pass(java.time.Duration.ofSeconds(4));
                String options = net.invite(carrier, "TCP", "fence").replace("INVITE", "OPTIONS");
                carrier.send(options);
                carrier.expect("SIP/2.0 200");
                carrier.send(net.same("ACK", net.invite(carrier, "TCP", "r-1"), SipPeer.value(busy, "To")));
                assertEquals(0, net.path.counters().path().retransmissionsSent.sum());
                hop.close();
            }
        }
    }

    @Test
    void aMessageThatIsTooLongForADatagramPassesOverStreams() throws IOException {
        try (StreamServer core = new StreamServer();
                PathFixture net = onBoth()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TCP));
            net.start();
            try (StreamPeer carrier = carrier(net)) {
                String body = "v=0\r\n" + "a=x".repeat(10_000);
                String invite = net.invite(carrier, "TCP", "l-1");
                String head = invite.substring(0, invite.indexOf("Content-Length"));
                carrier.send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                try (StreamPeer hop = core.accept()) {
                    assertTrue(hop.expect("INVITE").endsWith(body));
                }
            }
        }
    }
}
