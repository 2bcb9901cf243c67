package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.transport.TransportCounters;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer may do with a stream, and what happens when it does more. */
@Timeout(30)
class StreamLimitsTest {

    private static PathFixture onTcp() throws IOException {
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TCP);
        return net;
    }

    private static StreamPeer connect(PathFixture net) throws IOException {
        return StreamPeer.connect(net.gateway(Transport.TCP));
    }

    private static TransportCounters counters(PathFixture net) {
        return net.path.counters().transport();
    }

    private static String options(PathFixture net, StreamPeer from, String callId) {
        return net.invite(from, "TCP", callId).replace("INVITE", "OPTIONS");
    }

    @Test
    void messagesAreFoundHoweverTheBytesComeIn() throws IOException {
        try (PathFixture net = onTcp().start();
                StreamPeer peer = connect(net)) {
            String two = "\r\n" + options(net, peer, "f-1") + "\r\n\r\n" + options(net, peer, "f-2");
            peer.send(two);
            assertEquals("f-1", SipPeer.value(peer.expect("SIP/2.0 200"), "Call-ID"));
            peer.expectBytes("\r\n");
            assertEquals("f-2", SipPeer.value(peer.expect("SIP/2.0 200"), "Call-ID"));
            for (char each : options(net, peer, "f-3").toCharArray()) {
                peer.send(String.valueOf(each));
            }
            assertEquals("f-3", SipPeer.value(peer.expect("SIP/2.0 200"), "Call-ID"));
        }
    }

    @Test
    void aKeepAliveIsAnswered() throws IOException {
        try (PathFixture net = onTcp().start();
                StreamPeer peer = connect(net)) {
            peer.send("\r");
            peer.send("\n");
            peer.send("\r\n");
            peer.expectBytes("\r\n");
            peer.send("\r\n\r\n\r\n\r\n");
            peer.expectBytes("\r\n\r\n");
            assertEquals(3, counters(net).keepAlives.sum());
        }
    }

    @Test
    void aStreamEndsWhereNobodyKnowsTheLength() throws IOException {
        try (PathFixture net = onTcp().start()) {
            refused(net, "Content-Length: \\d+\r\n", "", "SIP/2.0 400 Missing Content-Length");
            refused(net, "Content-Length: (\\d+)", "Content-Length: $1\r\nl: $1", "SIP/2.0 400 Header Given Twice");
            refused(net, "Content-Length: \\d+", "Content-Length: -1", "SIP/2.0 400 Malformed Content-Length");
            refused(net, "Content-Length: \\d+", "Content-Length: 1 2", "SIP/2.0 400 Malformed Content-Length");
            refused(net, "Content-Length: \\d+", "Content-Length:", "SIP/2.0 400 Malformed Content-Length");
            refused(net, "Content-Length: \\d+", "Content-Length: 45057", "SIP/2.0 413 Request Entity Too Large");
            refused(net, "Content-Length: \\d+", "Content-Length: 99999999999", "SIP/2.0 413");
            refused(net, "Max-Forwards", "X: " + "y".repeat(16_384) + "\r\nMax-Forwards", "SIP/2.0 513");
            assertEquals(8, counters(net).framingFaults.sum());
        }
    }

    private static void refused(PathFixture net, String what, String by, String answer) throws IOException {
        try (StreamPeer peer = connect(net)) {
            String text = options(net, peer, "bad").replaceFirst(what, by);
            peer.send(text + options(net, peer, "next"));
            assertEquals("bad", SipPeer.value(peer.expect(answer), "Call-ID"));
            peer.expectEnd();
        }
    }

    @Test
    void theLongestBodyIsRead() throws IOException {
        try (PathFixture net = onTcp().start();
                StreamPeer peer = connect(net)) {
            String text = options(net, peer, "long");
            String head = text.substring(0, text.indexOf("Content-Length"));
            peer.send(head + "Content-Length: 45056\r\n\r\n" + "x".repeat(45_056));
            peer.expect("SIP/2.0 200");
            peer.send(options(net, peer, "next"));
            peer.expect("SIP/2.0 200");
        }
    }

    /** There and back by streams, at the limit and one byte below and above it. */
    @ParameterizedTest
    @CsvSource({"-1, -1, passes", "0, 0, passes", "1, 0, SIP/2.0 513 Message Too Large", "0, 1, SIP/2.0 413"})
    void theLongestMessagePassesAndOneByteMoreIsRefused(int head, int body, String what) throws IOException {
        int headBytes = SipLimits.MAX_HEAD_BYTES + head;
        int bodyBytes = SipLimits.MAX_BODY_BYTES + body;
        try (StreamServer core = new StreamServer();
                PathFixture net = onTcp()) {
            net.judge = facts -> PathFixture.decision(new Verdict.Pass());
            net.coreHops = List.of(new Hop(core.address(), Transport.TCP));
            net.start();
            try (StreamPeer peer = connect(net)) {
                peer.send(PathFixture.sized(net.invite(peer, "TCP", "longest"), headBytes, bodyBytes));
                if (what.equals("passes")) {
                    peer.expect("SIP/2.0 100");
                    try (StreamPeer hop = core.accept()) {
                        String invite = hop.expect("INVITE");
                        assertTrue(invite.endsWith("\r\n\r\n" + "x".repeat(bodyBytes)), "the body as it was");
                        String answer = SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>");
                        hop.send(PathFixture.sized(answer, headBytes, bodyBytes));
                        assertTrue(peer.expect("SIP/2.0 200").endsWith("\r\n\r\n" + "x".repeat(bodyBytes)));
                    }
                } else {
                    assertEquals("longest", SipPeer.value(peer.expect(what), "Call-ID"));
                    peer.expectEnd();
                }
            }
        }
    }

    @Test
    void garbageIsNotAnswered() throws IOException {
        try (PathFixture net = onTcp().start();
                StreamPeer http = connect(net);
                StreamPeer binary = connect(net)) {
            http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            http.expectEnd();
            binary.send(new byte[20_000]);
            binary.expectEnd();
        }
    }

    @Test
    void aStrangersConnectionIsClosedWithoutAWord() throws IOException {
        try (PathFixture net = onTcp()) {
            net.peers = "192.0.2.0/24";
            net.start();
            try (StreamPeer peer = connect(net)) {
                peer.expectEnd();
                PathFixture.until("counted", () -> counters(net).strangers.sum() == 1);
            }
        }
    }

    @Test
    void thereAreNoMoreConnectionsThanAllowed() throws IOException {
        try (PathFixture net = onTcp()) {
            net.wire =
                    new WireSettings(1, new StreamSettings(3, 2, Duration.ofMinutes(10), Duration.ofSeconds(5)), null);
            net.start();
            StreamPeer first = connect(net);
            try (StreamPeer second = connect(net);
                    StreamPeer third = connect(net)) {
                third.expectEnd();
                second.send(options(net, second, "c-2"));
                second.expect("SIP/2.0 200");
                first.close();
                PathFixture.until("closed", () -> net.path.openConnections() == 1);
                try (StreamPeer fourth = connect(net)) {
                    fourth.send(options(net, fourth, "c-4"));
                    fourth.expect("SIP/2.0 200");
                }
            }
            assertEquals(1, counters(net).connectionsRefused.sum());
        }
    }

    @Test
    void whoIsSilentOrSlowIsClosed() throws IOException {
        try (PathFixture net = onTcp().start();
                StreamPeer slow = connect(net);
                StreamPeer silent = connect(net)) {
            slow.send("INVITE sip:a@b SIP/2.0\r\nVia:");
            silent.send(options(net, silent, "s-1"));
            silent.expect("SIP/2.0 200");
            net.passUntil(
                    "the sender is too slow",
                    Duration.ofSeconds(6),
                    () -> counters(net).slowSenders.sum() == 1);
            slow.expectEnd();
            silent.send(options(net, silent, "s-2"));
            silent.expect("SIP/2.0 200");
            net.pass(Duration.ofMinutes(11));
            silent.expectEnd();
            assertEquals(1, counters(net).slowSenders.sum());
            assertEquals(1, counters(net).idleConnections.sum());
        }
    }

    @Test
    void whoDoesNotReadIsDropped() throws IOException {
        try (PathFixture net = onTcp().start();
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            InetSocketAddress gateway = net.gateway(Transport.TCP);
            socket.connect(gateway);
            try (StreamPeer peer = new StreamPeer(socket)) {
                byte[] many = options(net, peer, "slow").repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                PathFixture.until("dropped", () -> {
                    try {
                        peer.send(many);
                    } catch (UncheckedIOException closed) {
                        return counters(net).slowReaders.sum() > 0;
                    }
                    return counters(net).slowReaders.sum() > 0;
                });
                PathFixture.until("closed", () -> net.path.openConnections() == 0);
            }
        }
    }
}
