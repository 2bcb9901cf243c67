package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same calls over IPv6. */
@Timeout(30)
class Ipv6Test {

    private InetAddress loopback;

    @BeforeEach
    void findLoopback() throws IOException {
        loopback = InetAddress.getAllByName("::1")[0];
        boolean there = true;
        try (ServerSocket probe = new ServerSocket(0, 1, loopback)) {
            there = probe.isBound();
        } catch (IOException none) {
            there = false;
        }
        assumeTrue(there || System.getenv("ANTICALL_REQUIRE_ALL") != null, "this machine has no IPv6");
    }

    private PathFixture net(Verdict verdict, SipPeer core, SipPeer desk) throws IOException {
        PathFixture net = new PathFixture();
        net.local = loopback;
        net.peers = "::1/128";
        net.transports = List.of(Transport.UDP, Transport.TCP);
        net.coreHops = List.of(new Hop(core.address(), Transport.UDP));
        net.deskHop = new Hop(desk.address(), Transport.UDP);
        net.judge = facts -> PathFixture.decision(verdict);
        return net.start();
    }

    private static String text(InetSocketAddress address) {
        return "[::1]:" + address.getPort();
    }

    private static String invite(PathFixture net, SipPeer carrier, String callId) {
        return net.invite(callId)
                .replace(SipPeer.text(net.gateway()), text(net.gateway()))
                .replace(SipPeer.text(net.carrier.address()), text(carrier.address()));
    }

    @Test
    void aCallIsSetUpAndEnded() throws IOException {
        try (SipPeer carrier = new SipPeer("carrier", loopback);
                SipPeer core = new SipPeer("core", loopback);
                PathFixture net = net(new Verdict.Pass(), core, core)) {
            carrier.send(net.gateway(), invite(net, carrier, "v6-1"));
            carrier.expect("SIP/2.0 100");
            String invite = core.expect("INVITE");
            List<String> vias = SipPeer.values(invite, "Via");
            assertTrue(vias.get(0).startsWith("SIP/2.0/UDP " + text(net.gateway()) + ";branch="), vias.get(0));
            assertEquals("SIP/2.0/UDP " + text(carrier.address()) + ";branch=z9hG4bKv6-1", vias.get(1));
            String route = SipPeer.value(invite, "Record-Route");
            assertTrue(route.startsWith("<sip:" + text(net.gateway()) + ";lr;at="), route);
            core.send(
                    net.gateway(),
                    SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@" + text(core.address()) + ">"));
            String answer = carrier.expect("SIP/2.0 200");
            carrier.send(net.gateway(), inDialog(net, carrier, "BYE", answer));
            String bye = core.expect("BYE sip:c@[::1]:");
            core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            carrier.expect("SIP/2.0 200");
        }
    }

    private static String inDialog(PathFixture net, SipPeer carrier, String method, String answer) {
        return net.inDialog(method, 2, answer).replace(SipPeer.text(net.carrier.address()), text(carrier.address()));
    }

    @Test
    void whereARequestReallyCameFromIsSaidWithoutBrackets() throws IOException {
        try (SipPeer carrier = new SipPeer("carrier", loopback);
                SipPeer core = new SipPeer("core", loopback);
                PathFixture net = net(new Verdict.Pass(), core, core)) {
            carrier.send(
                    net.gateway(),
                    invite(net, carrier, "v6-2")
                            .replace(text(carrier.address()) + ";branch", "[2001:db8::9:1]:5060;rport;branch"));
            carrier.expect("SIP/2.0 100");
            String via = SipPeer.values(core.expect("INVITE"), "Via").get(1);
            assertTrue(via.contains(";rport=" + carrier.port()), via);
            assertTrue(via.endsWith(";received=::1"), via);
        }
    }

    @Test
    void aDialogWithTheDeskFindsIt() throws IOException {
        try (SipPeer carrier = new SipPeer("carrier", loopback);
                SipPeer core = new SipPeer("core", loopback);
                SipPeer desk = new SipPeer("desk", loopback);
                PathFixture net = net(PathFixture.divert(), core, desk)) {
            carrier.send(net.gateway(), invite(net, carrier, "v6-3"));
            carrier.expect("SIP/2.0 100");
            String invite = desk.expect("INVITE sip:desk@" + text(desk.address()) + " SIP/2.0");
            desk.send(
                    net.gateway(),
                    SipPeer.response(invite, 200, "OK", "d1", "Contact: <sip:d@" + text(desk.address()) + ">"));
            String answer = carrier.expect("SIP/2.0 200");
            String contact = SipPeer.value(answer, "Contact");
            assertEquals("<sip:+77172555555@" + text(net.gateway()) + ">", contact);
            carrier.send(net.gateway(), inDialog(net, carrier, "BYE", answer));
            String bye = desk.expect("BYE sip:desk@[::1]:");
            desk.send(net.gateway(), SipPeer.response(bye, 200, "OK", "d1"));
            carrier.expect("SIP/2.0 200");
            String byeOfDesk = "BYE sip:caller@" + text(carrier.address()) + " SIP/2.0\r\nVia: SIP/2.0/UDP "
                    + text(desk.address()) + ";branch=z9hG4bKdesk\r\nRoute: " + SipPeer.value(invite, "Record-Route")
                    + "\r\nFrom: " + SipPeer.value(answer, "To") + "\r\nTo: " + SipPeer.value(answer, "From")
                    + "\r\nCall-ID: v6-3\r\nCSeq: 9 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
            desk.send(net.gateway(), byeOfDesk);
            String arrived = carrier.expect("BYE sip:caller@");
            assertEquals(1, SipPeer.values(arrived, "Via").size());
            carrier.send(net.gateway(), SipPeer.response(arrived, 200, "OK", "f1"));
            assertEquals(
                    List.of("SIP/2.0/UDP " + text(desk.address()) + ";branch=z9hG4bKdesk"),
                    SipPeer.values(desk.expect("SIP/2.0 200"), "Via"));
        }
    }

    @Test
    void aStreamOverIpv6CarriesACall() throws IOException {
        try (SipPeer core = new SipPeer("core", loopback);
                PathFixture net = net(new Verdict.Pass(), core, core);
                StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            String end = text((InetSocketAddress) carrier.socket.getLocalSocketAddress());
            carrier.send(net.invite("v6-4")
                    .replace("UDP " + SipPeer.text(net.carrier.address()), "TCP " + end)
                    .replace(SipPeer.text(net.gateway()), text(net.gateway())));
            carrier.expect("SIP/2.0 100");
            String invite = core.expect("INVITE");
            assertEquals(2, SipPeer.values(invite, "Record-Route").size());
            core.send(net.gateway(), SipPeer.response(invite, 486, "Busy Here", "t1"));
            core.expect("ACK");
            carrier.expect("SIP/2.0 486");
        }
    }
}
