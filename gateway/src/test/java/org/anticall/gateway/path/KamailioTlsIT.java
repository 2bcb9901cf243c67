package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.TlsSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kamailio before and behind the gateway, over TLS with certificates on both sides: one process is the carrier's border and
 * the core. It demands a certificate of whoever connects to it, and is a peer of the trunk by its own.
 */
@Timeout(120)
class KamailioTlsIT {

    @TempDir
    Path directory;

    @BeforeAll
    static void isInstalled() throws IOException {
        boolean there = Kamailio.isInstalled() && hasTls();
        assertTrue(
                there || System.getenv("ANTICALL_REQUIRE_ALL") == null,
                "kamailio is not installed (packages kamailio, kamailio-tls-modules)");
        assumeTrue(there, "SKIPPED: kamailio is not installed (packages kamailio, kamailio-tls-modules)");
    }

    private static boolean hasTls() throws IOException {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path library : libraries) {
                if (Files.exists(library.resolve("kamailio/modules/tls.so"))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aCallGoesThroughBothOfThemAndEndsWell() throws Exception {
        certify();
        // Held until the gateway has its own ports.
        DatagramSocket heldUdp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        ServerSocket heldTls = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int udp = heldUdp.getLocalPort();
        int tls = heldTls.getLocalPort();
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TLS);
        net.peers = "tls:sbc.carrier.example";
        net.judge = facts -> PathFixture.decision(new Verdict.Pass());
        net.coreHops = List.of(new Hop(new InetSocketAddress(InetAddress.getLoopbackAddress(), tls), Transport.TLS));
        net.wire = new WireSettings(
                1, StreamSettings.DEFAULT, new TlsSettings(file("gw.pem"), file("gw.key"), file("ca.pem"), List.of()));
        try (net) {
            net.start();
            heldUdp.close();
            heldTls.close();
            try (Kamailio kamailio = kamailio(udp, tls, net.gateway(Transport.TLS), net.core.address())) {
                PathFixture.until("kamailio listens", () -> accepts(tls) || !kamailio.isAlive());
                callThrough(net, new InetSocketAddress(InetAddress.getLoopbackAddress(), udp));
            } catch (AssertionError failed) {
                throw new AssertionError(Files.readString(file("kamailio.log")), failed);
            }
        }
    }

    private static void callThrough(PathFixture net, InetSocketAddress kamailio) {
        String sent = net.invite("kamailio-1");
        net.carrier.send(kamailio, sent);
        String invite = net.core.await("INVITE sip:+77172555555@");
        assertEquals(1, net.judged.size());
        assertEquals("transit", net.judged.get(0).trunk());
        assertTrue(invite.endsWith(PathFixture.SDP));
        List<String> vias = SipPeer.values(invite, "Via");
        assertEquals(4, vias.size(), invite);
        assertTrue(vias.get(1).startsWith("SIP/2.0/TLS " + SipPeer.text(net.gateway(Transport.TLS))), invite);
        assertTrue(vias.get(2).startsWith("SIP/2.0/TLS "), invite);

        String contact = "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">";
        net.core.send(kamailio, SipPeer.response(invite, 180, "Ringing", "t1", contact));
        net.carrier.await("SIP/2.0 180");
        net.core.send(kamailio, SipPeer.response(invite, 200, "OK", "t1", contact));
        String answer = net.carrier.await("SIP/2.0 200");
        net.carrier.send(kamailio, net.inDialog("ACK", 1, answer));
        net.core.await("ACK sip:callee@");
        net.carrier.send(kamailio, net.inDialog("BYE", 2, answer));
        String bye = net.core.await("BYE sip:callee@");
        assertEquals(List.of(), SipPeer.values(bye, "Route"));
        net.core.send(kamailio, SipPeer.response(bye, 200, "OK", "t1"));
        assertEquals("2 BYE", SipPeer.value(net.carrier.await("SIP/2.0 200"), "CSeq"));

        assertEquals(0, net.path.counters().transport().tlsFailures.sum());
        assertEquals(0, net.path.counters().transport().strangers.sum());
        assertEquals(2, net.path.counters().transport().openTls.sum(), "one in, one out");
        assertEquals(0, net.path.counters().path().failures.sum());
    }

    private void certify() throws Exception {
        X509Bundle root = new CertificateBuilder()
                .subject("CN=Interconnect root")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(file("ca.pem"), root.getCertificatePEM());
        write("gw", new CertificateBuilder().subject("CN=gateway").addSanDnsName("gw.home.example"), root);
        write(
                "kamailio",
                new CertificateBuilder()
                        .subject("CN=sbc")
                        .addSanDnsName("sbc.carrier.example")
                        .addSanIpAddress("127.0.0.1"),
                root);
    }

    private void write(String name, CertificateBuilder certificate, X509Bundle root) throws Exception {
        X509Bundle issued = certificate.buildIssuedBy(root);
        Files.writeString(file(name + ".pem"), issued.getCertificatePathPEM());
        Files.writeString(file(name + ".key"), issued.getPrivateKeyPEM());
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private Kamailio kamailio(int udp, int tls, InetSocketAddress gateway, InetSocketAddress callee)
            throws IOException {
        String side =
                """
                method = TLSv1.2+
                verify_certificate = yes
                require_certificate = yes
                private_key = %1$s/kamailio.key
                certificate = %1$s/kamailio.pem
                ca_list = %1$s/ca.pem
                """
                        .formatted(directory);
        Files.writeString(file("tls.cfg"), "[server:default]\n" + side + "[client:default]\n" + side);
        return new Kamailio(
                directory,
                """
                #!KAMAILIO
                debug=0
                log_stderror=yes
                children=1
                tcp_children=1
                auto_aliases=no
                dns=no
                rev_dns=no
                enable_tls=yes
                listen=udp:127.0.0.1:%d
                listen=tls:127.0.0.1:%d
                loadmodule "tls.so"
                loadmodule "sl.so"
                loadmodule "tm.so"
                loadmodule "rr.so"
                loadmodule "pv.so"
                loadmodule "textops.so"
                loadmodule "siputils.so"
                modparam("tls", "config", "%s")
                request_route {
                    if (has_totag()) {
                        if (loose_route()) {
                            t_relay();
                        }
                        exit;
                    }
                    record_route();
                    if (proto == UDP) {
                        $du = "sip:%s;transport=tls";
                    } else {
                        $du = "sip:%s";
                    }
                    t_relay();
                }
                """
                        .formatted(udp, tls, file("tls.cfg"), SipPeer.text(gateway), SipPeer.text(callee)));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
