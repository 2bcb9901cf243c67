package org.anticall.gateway.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Trunk;
import org.anticall.rules.call.TrunkClass;
import org.junit.jupiter.api.Test;

class AdmittedPeersTest {

    private static Trunk trunk(String name, String... peers) {
        List<Peer> all = new ArrayList<>();
        for (String peer : peers) {
            all.add(Objects.requireNonNull(Peer.parse(peer), peer));
        }
        return new Trunk(name, TrunkClass.INTERNATIONAL, all, "core", Trunk.OnOverload.PASS);
    }

    private static String at(AdmittedPeers peers, String address, int port) throws UnknownHostException {
        Trunk trunk = peers.at(new InetSocketAddress(InetAddress.getByName(address), port));
        return trunk == null ? "nobody" : trunk.name();
    }

    @Test
    void theNarrowestPeerCounts() throws UnknownHostException {
        AdmittedPeers peers = new AdmittedPeers(List.of(
                trunk("wide", "192.0.0.0/16", "2001:db8::/32"),
                trunk("block", "192.0.2.0/24", "2001:db8:1::/48"),
                trunk("host", "192.0.2.7"),
                trunk("port", "192.0.2.7:5062")));
        assertEquals("port", at(peers, "192.0.2.7", 5062));
        assertEquals("host", at(peers, "192.0.2.7", 5061));
        assertEquals("block", at(peers, "192.0.2.8", 5062));
        assertEquals("block", at(peers, "192.0.2.0", 1));
        assertEquals("block", at(peers, "192.0.2.255", 1));
        assertEquals("wide", at(peers, "192.0.1.255", 1));
        assertEquals("wide", at(peers, "192.0.3.0", 1));
        assertEquals("nobody", at(peers, "192.1.0.0", 1));
        assertEquals("block", at(peers, "2001:db8:1:ffff::", 1));
        assertEquals("wide", at(peers, "2001:db8:2::", 1));
        assertEquals("nobody", at(peers, "2001:db9::", 1));
    }

    @Test
    void namesAreKnownByCertificatesOnly() throws UnknownHostException {
        Trunk first = trunk("first", "tls:a.example", "tls:b.example");
        Trunk second = trunk("second", "tls:b.example", "tls:c.example");
        AdmittedPeers peers = new AdmittedPeers(List.of(first, second));
        assertSame(first, peers.named(Set.of("c.example", "b.example")));
        assertSame(second, peers.named(Set.of("c.example")));
        assertNull(peers.named(Set.of("d.example")));
        assertNull(peers.named(Set.of()));
        assertEquals("nobody", at(peers, "0.0.0.0", 0));
        assertTrue(peers.haveNames());
        assertFalse(new AdmittedPeers(List.of(trunk("none", "::/0"))).haveNames());
    }

    /** A thousand blocks of every width, some within others: found are those that a search of all of them finds. */
    @Test
    void aThousandPeersAreFoundAsIfEachWereLookedAt() throws UnknownHostException {
        Random random = new Random(1);
        List<Trunk> trunks = new ArrayList<>();
        List<Peer> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Peer host = Peer.exactly(address(random));
            Peer width = Objects.requireNonNull(Peer.parse(random.nextBoolean() ? "0.0.0.0:1" : "0.0.0.0"));
            Peer peer = random.nextInt(4) == 0
                    ? host.asWideAs(width)
                    : new Peer(host.high(), host.low(), 118 + random.nextInt(10), 0);
            all.add(peer);
            trunks.add(new Trunk("t" + i, TrunkClass.INTERNATIONAL, List.of(peer), "core", Trunk.OnOverload.PASS));
        }
        AdmittedPeers peers = new AdmittedPeers(trunks);
        int strangers = 0;
        for (int i = 0; i < 10_000; i++) {
            InetSocketAddress address = address(random);
            Peer narrowest = all.stream()
                    .filter(peer -> peer.matches(address))
                    .max(Comparator.comparingInt(Peer::narrowness))
                    .orElse(null);
            Trunk found = peers.at(address);
            assertEquals(narrowest, found == null ? null : found.peers().get(0), address::toString);
            strangers += found == null ? 1 : 0;
        }
        assertTrue(strangers > 1_000 && strangers < 9_000, strangers + " strangers");
    }

    /** One of 2^18 addresses. */
    private static InetSocketAddress address(Random random) throws UnknownHostException {
        byte[] octets = {10, (byte) random.nextInt(4), (byte) random.nextInt(256), (byte) random.nextInt(256)};
        return new InetSocketAddress(InetAddress.getByAddress(octets), 5060 + random.nextInt(2));
    }
}
