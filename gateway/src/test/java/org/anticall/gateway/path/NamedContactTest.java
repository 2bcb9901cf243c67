package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anticall.gateway.config.DeskCalls;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.anticall.rules.record.BypassToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose Contact is a name is reached where it really is, by what the Record-Route URI says; no name is looked up. */
@Timeout(30)
class NamedContactTest {

    private static final String NAME = "sbc.carrier.example";

    private static String contact(String user, SipPeer peer) {
        return "Contact: <sip:" + user + "@" + text(peer.address()) + ">";
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[::1]") + ":" + address.getPort();
    }

    /** A request of whoever got {@code invite} to the name in its Contact. */
    private static String toTheName(String method, String invite, SipPeer from) {
        return method + " sip:+442071234567@" + NAME + " SIP/2.0\r\nVia: SIP/2.0/UDP " + text(from.address())
                + ";branch=z9hG4bKfar" + method + "\r\nRoute: "
                + String.join(", ", SipPeer.values(invite, "Record-Route")) + "\r\nFrom: "
                + SipPeer.value(invite, "To") + ";tag=far\r\nTo: " + SipPeer.value(invite, "From") + "\r\nCall-ID: "
                + SipPeer.value(invite, "Call-ID") + "\r\nCSeq: 7 " + method
                + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    private static String named(String invite) {
        return invite.replaceFirst("(Contact: <sip:\\+442071234567@)[^>]*>", "$1" + NAME + ">");
    }

    /** The desk hangs up: the caller hears it, its answer reaches the desk. */
    private static void deskHangsUp(PathFixture net, String invite) {
        net.desk.send(net.gateway(), toTheName("BYE", invite, net.desk));
        String bye = net.carrier.expect("BYE sip:+442071234567@" + NAME + " SIP/2.0");
        assertEquals(1, SipPeer.values(bye, "Via").size());
        net.carrierSends(SipPeer.response(bye, 200, "OK", "f1"));
        assertTrue(SipPeer.value(net.desk.expect("SIP/2.0 200"), "Via").contains("z9hG4bKfarBYE"));
    }

    @Test
    void theDeskReachesTheCallerAlsoAfterARestart() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(named(net.invite("named-1")));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            assertTrue(SipPeer.value(invite, "Contact").endsWith("@" + NAME + ">"), invite);
            net.desk.send(net.gateway(), SipPeer.response(invite, 200, "OK", "far", contact("desk", net.desk)));
            String answer = net.carrier.expect("SIP/2.0 200");

            net.desk.send(net.gateway(), toTheName("INVITE", invite, net.desk));
            String again = net.carrier.expect("INVITE sip:+442071234567@" + NAME);
            net.carrierSends(SipPeer.response(again, 200, "OK", "f1", contact("b", net.carrier)));
            net.desk.expect("SIP/2.0 200");
            int port = net.gateway().getPort();
            net.path.stop();
            net.startOn(port);
            deskHangsUp(net, invite);
            net.carrierSends(net.inDialog("INFO", 2, answer));
            net.desk.expect("INFO sip:desk@");
        }
    }

    @Test
    void theDeskReachesACallerByTheStreamItCameBy() throws IOException {
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TCP);
        net.judge = facts -> PathFixture.decision(PathFixture.divert(LadderStep.PASS));
        try (net;
                StreamPeer carrier = StreamPeer.connect(net.start().gateway(Transport.TCP))) {
            carrier.send(named(net.invite(carrier, "TCP", "named-2")));
            carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 200, "OK", "far", contact("desk", net.desk)));
            carrier.expect("SIP/2.0 200");
            net.desk.send(net.gateway(), toTheName("BYE", invite, net.desk));
            String bye = carrier.expect("BYE sip:+442071234567@" + NAME);
            carrier.send(SipPeer.response(bye, 200, "OK", "f1"));
            net.desk.expect("SIP/2.0 200");
        }
    }

    @Test
    void theDeskReachesACalleeItHasCalled(@TempDir Path directory) throws IOException {
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        PathFixture net = new PathFixture();
        net.deskCalls = new DeskCalls(Files.write(directory.resolve("bypass.key"), key), "core");
        try (net) {
            net.start();
            long now = net.clock.epochMillis();
            String record = new RecordIds("gw-test", 7).next(now);
            String token = BypassToken.sign(key, "+77172555555", record, now / 1000 + 60)
                    .text();
            String placed = net.invite("named-3", "X-Anticall-Bypass: " + token)
                    .replace(text(net.carrier.address()), text(net.desk.address()));
            net.desk.send(net.gateway(), placed);
            net.desk.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(
                    net.gateway(), SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:callee@" + NAME + ">"));
            String answer = net.desk.expect("SIP/2.0 200");
            assertEquals("<sip:callee@" + NAME + ">", SipPeer.value(answer, "Contact"));
            net.desk.send(
                    net.gateway(),
                    net.inDialog("BYE", 2, answer).replace(text(net.carrier.address()), text(net.desk.address())));
            String bye = net.core.expect("BYE sip:callee@" + NAME);
            net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            net.desk.expect("SIP/2.0 200");
        }
    }

    @Test
    void callerOverIpv6IsReachedByCalleeAndByDesk() throws IOException {
        InetAddress loopback = InetAddress.getAllByName("::1")[0];
        assumeTrue(isHere(loopback) || System.getenv("ANTICALL_REQUIRE_ALL") != null, "this machine has no IPv6");
        for (Verdict verdict : List.of(new Verdict.Pass(), PathFixture.divert(LadderStep.PASS))) {
            try (SipPeer carrier = new SipPeer("carrier", loopback);
                    SipPeer core = new SipPeer("core", loopback);
                    SipPeer desk = new SipPeer("desk", loopback);
                    PathFixture net = new PathFixture()) {
                net.local = loopback;
                net.peers = "::1/128";
                net.coreHops = List.of(new Hop(core.address(), Transport.UDP));
                net.deskHop = new Hop(desk.address(), Transport.UDP);
                net.judge = facts -> PathFixture.decision(verdict);
                net.start();
                String invite = named(net.invite("named-4")
                        .replace(SipPeer.text(net.gateway()), text(net.gateway()))
                        .replace(SipPeer.text(net.carrier.address()), text(carrier.address())));
                carrier.send(net.gateway(), invite);
                carrier.expect("SIP/2.0 100");
                SipPeer far = verdict.kind() == Verdict.Kind.DIVERT ? desk : core;
                String arrived = far.expect("INVITE");
                far.send(net.gateway(), SipPeer.response(arrived, 200, "OK", "far", contact("far", far)));
                carrier.expect("SIP/2.0 200");
                far.send(net.gateway(), toTheName("BYE", arrived, far));
                String bye = carrier.expect("BYE sip:+442071234567@" + NAME);
                carrier.send(net.gateway(), SipPeer.response(bye, 200, "OK", "f1"));
                far.expect("SIP/2.0 200");
            }
        }
    }

    private static boolean isHere(InetAddress host) {
        try (ServerSocket probe = new ServerSocket(0, 1, host)) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}
