package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WhoMaySpeakTest {

    @Test
    void aStrangerIsDroppedAndCounted() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.peers = "127.0.0.1";
            net.start();
            try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
                byte[] bytes = net.invite("stranger-1").getBytes(StandardCharsets.UTF_8);
                stranger.send(new DatagramPacket(bytes, bytes.length, net.gateway()));
                PathFixture.until(
                        "counted",
                        () -> net.path.counters().transport().strangers.sum() == 1);
            }
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aGatewayWithAThousandBlocksOnAHundredTrunksKnowsWhoCalls() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.judge = facts -> PathFixture.decision(new Verdict.Pass());
            for (int trunk = 0; trunk < 100; trunk++) {
                List<Peer> blocks = new ArrayList<>();
                for (int block = 0; block < 10; block++) {
                    blocks.add(Objects.requireNonNull(Peer.parse("127." + (trunk + 1) + "." + block * 16 + ".0/20")));
                }
                net.moreTrunks.add(
                        new Trunk("t" + trunk, TrunkClass.INTERNATIONAL, blocks, "core", Trunk.OnOverload.PASS));
            }
            net.start();
            Map<String, String> callers = Map.of(
                    "127.1.0.1", "t0",
                    "127.1.15.255", "t0",
                    "127.100.144.0", "t99",
                    "127.100.159.255", "t99",
                    "127.100.160.0", "transit",
                    "127.101.0.1", "transit");
            for (Map.Entry<String, String> caller : callers.entrySet()) {
                try (SipPeer peer = new SipPeer("peer", InetAddress.getByName(caller.getKey()))) {
                    peer.send(
                            net.gateway(),
                            net.invite("from-" + caller.getKey())
                                    .replace(SipPeer.text(net.carrier.address()), SipPeer.text(peer.address())));
                    peer.expect("SIP/2.0 100");
                    net.core.expect("INVITE");
                    assertEquals(
                            caller.getValue(),
                            net.judged.get(net.judged.size() - 1).trunk(),
                            caller::getKey);
                }
            }
        }
    }

    @Test
    void anInviteOfAHopIsForbidden() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.core.send(net.gateway(), net.invite("hop-1"));
            PathFixture.until("counted", () -> net.path.counters().path().replies(4) == 1);
            assertEquals(0, net.judged.size());
        }
    }

    @Test
    void nobodySmugglesACallAsIfItWereInADialog() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("true-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            String token = SipPeer.value(invite, "Record-Route");

            String noRoute =
                    net.invite("smuggle-1").replace(net.gatewayText() + ">\r\n", net.gatewayText() + ">;tag=x\r\n");
            net.carrierSends(noRoute);
            net.carrier.expect("SIP/2.0 481");
            String otherToken =
                    noRoute.replace("smuggle-1", "smuggle-2").replace("CSeq", "Route: " + token + "\r\nCSeq");
            net.carrierSends(otherToken);
            net.carrier.expect("SIP/2.0 481");
            String ownToken = noRoute.replace("smuggle-1", "smuggle-3")
                    .replace("CSeq", "Route: <sip:" + net.gatewayText() + ";lr>\r\nCSeq");
            net.carrierSends(ownToken);
            net.carrier.expect("SIP/2.0 481");
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void tokensOfPassedAndDivertedCallsLookAlike() throws IOException {
        String[] routes = new String[2];
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("same-1"));
            routes[0] = SipPeer.value(net.core.expect("INVITE"), "Record-Route");
        }
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("same-2"));
            routes[1] = SipPeer.value(net.desk.expect("INVITE"), "Record-Route");
        }
        for (String route : routes) {
            assertTrue(route.matches("<sip:127\\.0\\.0\\.1:\\d+;lr;at=[0-9a-z]{52}>"), route);
        }
    }

    @ParameterizedTest(name = "{0} outside of a dialog: {1}")
    @CsvSource({
        "BYE, 481 Call/Transaction Does Not Exist",
        "CANCEL, 481 Call/Transaction Does Not Exist",
        "PRACK, 481 Call/Transaction Does Not Exist",
        "UPDATE, 481 Call/Transaction Does Not Exist",
        "INFO, 481 Call/Transaction Does Not Exist",
        "NOTIFY, 481 Call/Transaction Does Not Exist",
        "OPTIONS, 200 OK",
        "INVITE, 100 Trying",
        "REFER, 405 Method Not Allowed",
        "REGISTER, 405 Method Not Allowed",
        "MESSAGE, 405 Method Not Allowed",
        "SUBSCRIBE, 405 Method Not Allowed",
        "PUBLISH, 405 Method Not Allowed",
        "BREW, 405 Method Not Allowed",
        "invite, 405 Method Not Allowed"
    })
    void aRequestGetsWhatItsMethodMeansWhereThereIsNoDialog(String method, String answer) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String request = net.invite("m-2").replace("INVITE", method);
            net.carrierSends(request.replace(net.gatewayText() + ">\r\n", net.gatewayText() + ">;tag=t\r\n"));
            net.carrier.expect("SIP/2.0 481");
            net.core.expectNothingFrom(net.gateway());
            net.carrierSends(request);
            String outside = net.carrier.expect("SIP/2.0 " + answer);
            List<String> allowed = SipPeer.values(outside, "Allow");
            assertEquals(answer.startsWith("405") || method.equals("OPTIONS"), !allowed.isEmpty());
            assertTrue(allowed.isEmpty() || allowed.get(0).startsWith("INVITE, ACK"), outside);
        }
    }

    @Test
    void anAckThatBelongsToNothingIsDropped() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String ack = net.invite("ack-0").replace("INVITE", "ACK");
            net.carrierSends(ack);
            net.carrierSends(ack.replace(net.gatewayText() + ">\r\n", net.gatewayText() + ">;tag=t\r\n"));
            net.carrierSends(ack.replace("Max-Forwards: 70", "Max-Forwards: 0"));
            net.carrierSends(ack.replace("Call-ID: ack-0", "Call-ID: ack-0\r\nCall-ID: ack-1"));
            net.carrier.expectNothingFrom(net.gateway());
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void optionsToTheGatewayIsAnswered() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String options = net.invite("o-1").replace("INVITE", "OPTIONS");
            for (String uri : List.of(
                    "sip:" + net.gatewayText(),
                    "sip:+77172555555@" + net.gatewayText(),
                    "sip:gw.carrier.example",
                    "sips:gw.carrier.example;transport=tls",
                    "tel:+77172555555")) {
                net.carrierSends(options.replaceFirst("OPTIONS \\S+", "OPTIONS " + uri));
                assertTrue(SipPeer.values(net.carrier.expect("SIP/2.0 200 OK"), "X-Load")
                        .get(0)
                        .endsWith("state=open"));
            }
            net.carrierSends(options.replace("Max-Forwards: 70", "Max-Forwards: 0"));
            net.carrier.expect("SIP/2.0 200 OK");
            assertEquals(6, net.path.counters().path().requests(Method.OPTIONS));
            net.path.drain();
            net.carrierSends(options);
            assertTrue(
                    SipPeer.value(net.carrier.expect("SIP/2.0 503"), "X-Load").endsWith("state=draining"));
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aRequestWithoutHopsLeftGoesNoFurther() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("mf-0").replace("Max-Forwards: 70", "Max-Forwards: 0"));
            net.carrier.expect("SIP/2.0 483 Too Many Hops");
            net.carrierSends(net.invite("mf-1").replace("Max-Forwards: 70", "Max-Forwards: 1"));
            assertEquals("0", SipPeer.value(net.core.expect("INVITE"), "Max-Forwards"));
            net.carrierSends(net.invite("mf-2").replace("Max-Forwards: 70\r\n", ""));
            assertEquals("70", SipPeer.value(net.core.expect("INVITE"), "Max-Forwards"));
        }
    }

    @Test
    void aCallThatComesBackUnchangedIsALoop() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("loop-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            String again = invite.replaceFirst(
                    "Via:", "Via: SIP/2.0/UDP " + SipPeer.text(net.carrier.address()) + ";branch=z9hG4bKloop\r\nVia:");
            net.carrierSends(again);
            net.carrier.expect("SIP/2.0 482 Loop Detected");
            net.carrierSends(again.replace("z9hG4bKloop", "z9hG4bKspiral")
                    .replace("INVITE sip:+77172555555", "INVITE sip:+77172666666"));
            net.carrier.expect("SIP/2.0 100");
        }
    }

    @Test
    void keepAlivesAndGarbageAreDropped() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends("\r\n\r\n");
            net.carrierSends("\r\n");
            net.carrierSends("\0\0");
            net.carrierSends("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            net.carrierSends("x".repeat(9000));
            net.carrier.expectNothingFrom(net.gateway());
            assertEquals(3, net.path.counters().transport().keepAlives.sum());
            assertEquals(1, net.path.counters().transport().oversize.sum());
            assertEquals(1, net.path.counters().path().faults(SipFault.NO_START_LINE));
        }
    }

    @Test
    void aDatagramOverTheLimitIsAnsweredAndGoesNoFurther() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            for (int bytes : List.of(
                    SipLimits.MAX_DATAGRAM_BYTES - 1,
                    SipLimits.MAX_DATAGRAM_BYTES,
                    SipLimits.MAX_DATAGRAM_BYTES + 1,
                    20_000,
                    60_000)) {
                String invite = net.invite("long-" + bytes);
                String head = invite.substring(0, invite.indexOf("Content-Length"));
                String length = "Content-Length: ";
                int body = bytes
                        - head.length()
                        - length.length()
                        - Integer.toString(bytes).length()
                        - 4;
                String sent = head + length + body + "\r\n\r\n" + "x".repeat(body);
                sent = sent + "x".repeat(bytes - sent.length());
                net.carrierSends(sent);
                if (bytes <= SipLimits.MAX_DATAGRAM_BYTES) {
                    net.carrier.expect("SIP/2.0 100");
                    net.core.expect("INVITE");
                } else {
                    String answer = net.carrier.expect("SIP/2.0 513 Message Too Large");
                    assertEquals("long-" + bytes, SipPeer.value(answer, "Call-ID"));
                    net.carrierSends(sent.replace("INVITE", "ACK") + "behind the body");
                    net.carrierSends(sent.replace("Max-", "User-Agent: friendly-scanner\r\nMax-"));
                }
            }
            net.carrier.expectNothingFrom(net.gateway());
            net.core.expectNothingFrom(net.gateway());
            assertEquals(9, net.path.counters().transport().oversize.sum());
        }
    }

    @Test
    void aScannerGetsNoAnswerEvenToWhatIsWrong() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("scan-1", "Call-ID: other", "User-Agent: friendly-scanner"));
            net.carrierSends(net.invite("scan-2").replaceFirst("From: .*\r\n", "User-Agent: sipcli/v1.8\r\n"));
            net.carrier.expectNothingFrom(net.gateway());
            assertEquals(2, net.path.counters().path().scanners.sum());
        }
    }

    @Test
    void whatIsFramedButWrongIsRefused() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("bad-1", "Call-ID: other"));
            assertEquals(
                    "bad-1",
                    SipPeer.values(net.carrier.expect("SIP/2.0 400 Header Given Twice"), "Call-ID")
                            .get(0));
            net.carrierSends(net.invite("bad-2").replace("SIP/2.0\r\nVia", "SIP/3.0\r\nVia"));
            net.carrier.expect("SIP/2.0 505 ");
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aResponseThatBelongsToNothingIsDropped() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.core.send(
                    net.gateway(),
                    SipPeer.response(net.invite("stray-1"), 200, "OK", "t1")
                            .replace(
                                    SipPeer.text(net.carrier.address()) + ";branch=z9hG4bKstray-1",
                                    net.gatewayText() + ";branch=z9hG4bKacj0000000000000000000000a"));
            PathFixture.until(
                    "counted", () -> net.path.counters().path().strayResponses.sum() == 1);
            net.carrier.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aDrainedGatewayRefusesNewCallsOnly() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("drain-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.path.drain();
            net.carrierSends(net.invite("drain-2"));
            assertEquals("5", SipPeer.value(net.carrier.expect("SIP/2.0 503"), "Retry-After"));
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            net.carrier.expect("SIP/2.0 200");
            PathFixture.until("drained", () -> net.path.callsInSetup() == 0);
        }
    }

    @Test
    void aboveTheLimitCallsPassUnjudgedWithEverythingThatBelongsToThem() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(1, 10, 0, Duration.ofSeconds(10));
            net.start();
            net.carrierSends(net.invite("over-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            String second = net.invite("over-2");
            net.carrierSends(second);
            String unjudged = net.core.expect("INVITE sip:+77172555555@");
            assertEquals(1, net.judged.size());
            net.core.send(net.gateway(), SipPeer.response(unjudged, 486, "Busy Here", "t2"));
            String busy = net.carrier.expect("SIP/2.0 486");
            assertEquals(1, SipPeer.values(busy, "Via").size());
            net.carrierSends(net.same("ACK", second, SipPeer.value(busy, "To")));
            String ack = net.core.expect("ACK");
            assertEquals(
                    SipPeer.values(unjudged, "Via").get(0),
                    SipPeer.values(ack, "Via").get(0));
            assertEquals(1, net.path.counters().path().overloadPassed.sum());
        }
    }

    @Test
    void aboveTheLimitATrunkMayAskForRefusal() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(1, 10, 0, Duration.ofSeconds(10));
            net.onOverload = Trunk.OnOverload.REJECT;
            net.start();
            net.carrierSends(net.invite("over-1"));
            net.carrier.expect("SIP/2.0 100");
            net.carrierSends(net.invite("over-2"));
            assertEquals("5", SipPeer.value(net.carrier.expect("SIP/2.0 503"), "Retry-After"));
        }
    }
}
