package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.OpenSsl;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopCare;
import org.anticall.gateway.config.Probing;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.TlsSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS from peers and to hops: who is believed, and as whom. */
@Timeout(60)
class TlsCallTest {

    private static X509Bundle root;
    private static X509Bundle gateway;
    private static X509Bundle sbc;
    private static X509Bundle stranger;

    @TempDir
    Path directory;

    @BeforeAll
    static void certify() throws Exception {
        root = new CertificateBuilder()
                .subject("CN=Interconnect root")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        gateway = new CertificateBuilder()
                .subject("CN=gateway")
                .addSanDnsName("gw.home.example")
                .buildIssuedBy(root);
        sbc = new CertificateBuilder()
                .subject("CN=sbc")
                .addSanDnsName("SBC.carrier.example")
                .addSanIpAddress(InetAddress.getLoopbackAddress().getHostAddress())
                .buildIssuedBy(root);
        stranger = new CertificateBuilder()
                .subject("CN=sbc.carrier.example")
                .addSanDnsName("elsewhere.example")
                .buildIssuedBy(root);
    }

    private PathFixture net() throws IOException {
        PathFixture net = new PathFixture();
        net.transports = List.of(Transport.UDP, Transport.TLS);
        net.judge = facts -> PathFixture.decision(new Verdict.Pass());
        write(gateway);
        Path ca = Files.writeString(directory.resolve("ca.pem"), root.getCertificatePEM());
        net.wire = new WireSettings(
                1,
                StreamSettings.DEFAULT,
                new TlsSettings(
                        directory.resolve("gw.pem"), directory.resolve("gw.key"), ca, List.of("core.home.example")));
        return net;
    }

    private void write(X509Bundle shown) throws IOException {
        Files.writeString(directory.resolve("gw.pem"), shown.getCertificatePathPEM());
        Files.writeString(directory.resolve("gw.key"), shown.getPrivateKeyPEM());
    }

    private static SSLContext context(X509Bundle shown) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        char[] none = new char[0];
        if (shown != null) {
            keys.setKeyEntry("key", shown.getKeyPair().getPrivate(), none, new Certificate[] {shown.getCertificate()});
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", root.getCertificate());
        KeyManagerFactory shows = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shows.init(keys, none);
        TrustManagerFactory believes = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        believes.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shows.getKeyManagers(), believes.getTrustManagers(), null);
        return context;
    }

    private static StreamPeer connect(PathFixture net, X509Bundle shown, String... protocols) throws Exception {
        SSLSocket socket = (SSLSocket) context(shown).getSocketFactory().createSocket();
        socket.connect(net.gateway(Transport.TLS));
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return new StreamPeer(socket);
    }

    private static String callOver(PathFixture net, StreamPeer carrier, String callId) {
        carrier.send(net.invite(carrier, "TLS", callId));
        carrier.expect("SIP/2.0 100");
        String invite = net.core.expect("INVITE");
        net.core.send(net.gateway(), SipPeer.response(invite, 486, "Busy Here", "t1"));
        net.core.expect("ACK");
        carrier.expect("SIP/2.0 486");
        return invite;
    }

    @Test
    void boringSslIsThere() {
        assertTrue(OpenSsl.isAvailable(), () -> String.valueOf(OpenSsl.unavailabilityCause()));
    }

    /** From TLS to a datagram, which has room for the longest message there can be on a stream. */
    @ParameterizedTest
    @CsvSource({"-1, -1, passes", "0, 0, passes", "1, 0, SIP/2.0 513 Message Too Large", "0, 1, SIP/2.0 413"})
    void theLongestMessagePassesAndOneByteMoreIsRefused(int head, int body, String what) throws Exception {
        int bodyBytes = SipLimits.MAX_BODY_BYTES + body;
        try (PathFixture net = net().start();
                StreamPeer carrier = connect(net, null)) {
            String invite = net.invite(carrier, "TLS", "longest");
            carrier.send(PathFixture.sized(invite, SipLimits.MAX_HEAD_BYTES + head, bodyBytes));
            if (what.equals("passes")) {
                carrier.expect("SIP/2.0 100");
                assertTrue(net.core.expect("INVITE").endsWith("\r\n\r\n" + "x".repeat(bodyBytes)));
            } else {
                assertEquals("longest", SipPeer.value(carrier.expect(what), "Call-ID"));
                carrier.expectEnd();
            }
        }
    }

    @Test
    void aCallOverTlsIsRecordedAsSuch() throws Exception {
        try (PathFixture net = net().start()) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                try (StreamPeer carrier = connect(net, null, protocol)) {
                    String invite = callOver(net, carrier, "tls-" + protocol);
                    String route = SipPeer.values(invite, "Record-Route").get(1);
                    assertTrue(
                            route.startsWith("<sip:" + SipPeer.text(net.gateway(Transport.TLS)) + ";transport=tls;lr"),
                            route);
                }
            }
        }
    }

    @Test
    void aPeerIsKnownByItsCertificateWhereverItComesFrom() throws Exception {
        try (PathFixture net = net()) {
            net.peers = "tls:sbc.carrier.example";
            net.start();
            try (StreamPeer known = connect(net, sbc);
                    StreamPeer nameless = connect(net, null);
                    StreamPeer another = connect(net, stranger)) {
                known.send(net.invite(known, "TLS", "mtls-1"));
                known.expect("SIP/2.0 100");
                net.core.expect("INVITE");
                assertEquals("transit", net.judged.get(0).trunk());
                nameless.expectEnd();
                another.expectEnd();
                PathFixture.until(
                        "counted",
                        () -> net.path.counters().transport().strangers.sum() == 2);
            }
        }
    }

    @Test
    void aCertificateOfAnotherRootIsNoCertificate() throws Exception {
        X509Bundle selfMade = new CertificateBuilder()
                .subject("CN=sbc")
                .addSanDnsName("sbc.carrier.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        try (PathFixture net = net()) {
            net.peers = "tls:sbc.carrier.example";
            net.start();
            assertThrows(AssertionError.class, () -> {
                try (StreamPeer peer = connect(net, selfMade)) {
                    peer.send(net.invite(peer, "TLS", "self-1"));
                    peer.receive();
                } catch (IOException | java.io.UncheckedIOException refused) {
                    throw new AssertionError(refused);
                }
            });
            // Whether its peer shows it at all, or the handshake fails, is between the two TLS libraries.
            PathFixture.until(
                    "counted",
                    () -> net.path.counters().transport().tlsFailures.sum()
                                    + net.path.counters().transport().strangers.sum()
                            == 1);
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aHopOverTlsIsAskedOverItsConnectionWhetherItIsThere() throws Exception {
        try (StreamServer core = hop(sbc);
                PathFixture net = net()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TLS));
            net.care = new HopCare(
                    new Probing(Set.of("core"), Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2), List.of());
            net.start();
            try (StreamPeer hop = core.accept()) {
                String probe = hop.expect("OPTIONS sips:127.0.0.1:");
                assertTrue(SipPeer.value(probe, "Via").startsWith("SIP/2.0/TLS "), probe);
                hop.send(SipPeer.response(probe, 200, "OK", "p"));
                hop.send(SipPeer.response(probe, 200, "OK", "p"));
                PathFixture.until(
                        "the second answer is one too many",
                        () -> net.path.counters().path().strayResponses.sum() == 1);
                assertEquals(0, net.path.counters().path().hopProbesMissed.sum());
                assertEquals(1, net.path.counters().transport().openTls.sum());
            }
            PathFixture.until(
                    "the connection is gone",
                    () -> net.path.counters().transport().openTls.sum() == 0);
        }
    }

    private StreamServer hop(X509Bundle shown) throws Exception {
        SSLServerSocket socket = (SSLServerSocket)
                context(shown).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setWantClientAuth(true);
        return new StreamServer(socket);
    }

    @Test
    void aHopIsBelievedByItsAddressAndSeesWhoWeAre() throws Exception {
        try (StreamServer core = hop(sbc);
                PathFixture net = net()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TLS));
            net.start();
            net.carrierSends(net.invite("hop-1"));
            try (StreamPeer hop = core.accept()) {
                hop.expect("INVITE");
                SSLSession session = ((SSLSocket) hop.socket).getSession();
                assertEquals(gateway.getCertificate(), session.getPeerCertificates()[0]);
            }
        }
    }

    @Test
    void aHopMayGoByAConfiguredName() throws Exception {
        X509Bundle named = new CertificateBuilder()
                .subject("CN=core")
                .addSanDnsName("core.home.example")
                .buildIssuedBy(root);
        try (StreamServer core = hop(named);
                PathFixture net = net()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TLS));
            net.start();
            net.carrierSends(net.invite("hop-2"));
            try (StreamPeer hop = core.accept()) {
                hop.expect("INVITE");
            }
        }
    }

    @Test
    void aHopThatShowsAnothersCertificateGetsNoCall() throws Exception {
        try (StreamServer core = hop(stranger);
                PathFixture net = net()) {
            net.coreHops = List.of(new Hop(core.address(), Transport.TLS), new Hop(net.core.address(), Transport.UDP));
            net.start();
            net.carrierSends(net.invite("hop-3"));
            Thread shakesHands = new Thread(() -> core.accept().expectEnd());
            shakesHands.start();
            net.core.expect("INVITE");
            shakesHands.join(5_000);
            assertEquals(1, net.path.counters().transport().tlsFailures.sum());
        }
    }

    @Test
    void aNewCertificateIsShownFromTheReloadOn() throws Exception {
        X509Bundle next = new CertificateBuilder()
                .subject("CN=gateway")
                .addSanDnsName("gw.home.example")
                .buildIssuedBy(root);
        try (PathFixture net = net().start();
                StreamPeer before = connect(net, null)) {
            write(next);
            net.path.prepareCertificates().run();
            try (StreamPeer after = connect(net, null)) {
                assertEquals(
                        next.getCertificate(),
                        ((SSLSocket) after.socket).getSession().getPeerCertificates()[0]);
                callOver(net, before, "old-1");
                callOver(net, after, "new-1");
            }
            Files.writeString(directory.resolve("gw.key"), "no key");
            IOException unusable = assertThrows(IOException.class, () -> net.path.prepareCertificates());
            assertTrue(unusable.getMessage().startsWith("TLS: " + directory.resolve("gw.pem")), unusable.getMessage());
            try (StreamPeer still = connect(net, null)) {
                callOver(net, still, "new-2");
            }
        }
    }

    @Test
    void whoSpeaksNoTlsIsLeft() throws Exception {
        try (PathFixture net = net().start();
                StreamPeer plain = StreamPeer.connect(net.gateway(Transport.TLS))) {
            plain.send(net.invite(plain, "TCP", "plain-1"));
            assertThrows(AssertionError.class, plain::receive);
            net.core.expectNothingFrom(net.gateway());
        }
    }
}
