package org.anticall.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {

    @Test
    void aNameMatchesCertificatesOnly() {
        Peer peer = Peer.parse("tls:SBC.carrier.example");
        assertTrue(peer.matches(Set.of("other.example", "sbc.carrier.example")));
        assertFalse(peer.matches(Set.of("carrier.example")));
        assertFalse(peer.matches(new InetSocketAddress("0.0.0.0", 0)));
        assertFalse(Peer.parse("192.0.2.1").matches(Set.of("192.0.2.1")));
        assertNull(Peer.parse("tls:"));
        assertNull(Peer.parse("tls:*.carrier.example"));
        assertNull(Peer.parse("tls:-a b"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0, 5060, true",
        "192.0.2.0/24, 192.0.2.255, 1, true",
        "192.0.2.0/24, 192.0.1.255, 5060, false",
        "192.0.2.0/24, 192.0.3.0, 5060, false",
        "192.0.2.128/25, 192.0.2.127, 5060, false",
        "192.0.2.128/25, 192.0.2.128, 5060, true",
        "192.0.2.1, 192.0.2.1, 65535, true",
        "192.0.2.1, 192.0.2.2, 5060, false",
        "192.0.2.1:5060, 192.0.2.1, 5060, true",
        "192.0.2.1:5060, 192.0.2.1, 5061, false",
        "0.0.0.0/0, 255.255.255.255, 1, true",
        "0.0.0.0/0, ::1, 1, false",
        "::/0, 192.0.2.1, 1, true",
        "255.0.0.0/8, 255.1.2.3, 1, true",
        "2001:db8::/32, 2001:db8:ffff::1, 5060, true",
        "2001:db8::/32, 2001:db9::1, 5060, false",
        "2001:db8::/65, 2001:db8::7fff:0:0:1, 5060, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1, 5060, false",
        "2001:db8::1, 2001:db8::1, 5060, true",
        "[2001:db8::1]:5060, 2001:db8::1, 5060, true",
        "[2001:db8::1]:5060, 2001:db8::1, 5062, false",
        "2001:db8::/32, 192.0.2.1, 5060, false",
    })
    void matchesExactlyItsAddressesAndPort(String peer, String address, int port, boolean expected) {
        assertEquals(expected, Peer.parse(peer).matches(new InetSocketAddress(address, port)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "localhost", "192.0.2", "192.0.2.256", "192.0.2.0/33", "192.0.2.1/24", "192.0.2.1:0",
                        "192.0.2.1:65536",
                "192.0.2.0/", "/8", "2001:db8::/129", "2001:db8::g", "2001:db8::1/64", "fe80::1%eth0", "192.0.2.1:",
                        " 1.2.3.4"
            })
    void textsThatAreNoPeerAreRefused(String text) {
        assertNull(Peer.parse(text));
    }

    @Test
    void narrownessOrdersOverlappingPeers() {
        int[] widening = {
            Peer.parse("192.0.2.1:5060").narrowness(),
            Peer.parse("192.0.2.1").narrowness(),
            Peer.parse("192.0.2.0/31").narrowness(),
            Peer.parse("192.0.2.0/24").narrowness(),
            Peer.parse("0.0.0.0/0").narrowness()
        };
        for (int i = 1; i < widening.length; i++) {
            assertTrue(widening[i - 1] > widening[i], "at " + i);
        }
    }
}
