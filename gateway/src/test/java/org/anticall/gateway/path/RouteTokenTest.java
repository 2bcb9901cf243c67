package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopGroup;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.hop.NextHop;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTokenTest {

    private static final NextHops HOPS = hops("192.0.2.200", Transport.UDP);
    private static final NextHop DESK = HOPS.all().get(0);
    private static final InetSocketAddress CALLER = new InetSocketAddress("192.0.2.7", 5060);

    private final PathSecret secret = PathSecret.random();

    @Test
    void aTokenSaysWhereTheCallWentInItsOwnDialogOnly() {
        RouteToken token = new RouteToken(secret, HOPS);
        String text = made(token, "call-1", RouteToken.Use.DIVERTED, DESK);
        assertTrue(reads(token, "call-1", text));
        assertEquals(RouteToken.Use.DIVERTED, token.use());
        assertEquals(DESK.address(), token.desk());
        assertEquals(Transport.UDP, token.deskTransport());
        assertFalse(reads(token, "call-2", text));
        assertTrue(reads(new RouteToken(secret, HOPS), "call-1", text.toUpperCase(Locale.ROOT)));
        assertFalse(reads(new RouteToken(PathSecret.random(), HOPS), "call-1", text));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, 192.0.2.7, UDP",
        "MARKED, 255.255.255.255, TCP",
        "DIVERTED, 192.0.2.7, TLS",
        "PLAIN, 2001:db8::7, TCP",
        "MARKED, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, TLS",
        "DIVERTED, 2001:db8:0:0:8000::7, UDP",
    })
    void aTokenSaysWhereThePeerIsWhateverWasDone(RouteToken.Use use, String address, Transport transport) {
        RouteToken token = new RouteToken(secret, HOPS);
        for (int port : new int[] {1, 5060, 65_535}) {
            InetSocketAddress peer = new InetSocketAddress(address, port);
            NextHop desk = use == RouteToken.Use.DIVERTED ? DESK : null;
            assertTrue(reads(token, "call-1", made(token, "call-1", use, desk, peer, transport)));
            assertEquals(use, token.use());
            assertEquals(peer, token.peer());
            assertEquals(transport, token.peerTransport());
            assertEquals(desk == null ? null : desk.address(), token.desk());
        }
    }

    @Test
    void aDeskWithIpv6IsFoundAmongTheHops() {
        NextHops hops = hops("2001:db8::200", Transport.TCP);
        RouteToken token = new RouteToken(secret, hops);
        String text = made(token, "call-1", RouteToken.Use.DIVERTED, hops.all().get(0));
        assertTrue(reads(token, "call-1", text));
        assertEquals(hops.all().get(0).address(), token.desk());
        assertEquals(Transport.TCP, token.deskTransport());
        assertEquals(CALLER, token.peer());
        RouteToken elsewhere = new RouteToken(secret, hops("2001:db8::201", Transport.TCP));
        assertTrue(reads(elsewhere, "call-1", text));
        assertNull(elsewhere.desk());
        assertEquals(made(token, "call-1", RouteToken.Use.PLAIN, null).length(), text.length());
    }

    private static NextHops hops(String desk, Transport transport) {
        Hop hop = new Hop(new InetSocketAddress(desk, 65_000), transport);
        return NextHops.of(List.of(new HopGroup(GatewayConfig.DESK, List.of(hop))));
    }

    @Test
    void everyChangeOfATokenMakesItWorthless() {
        RouteToken token = new RouteToken(secret, HOPS);
        String text = made(token, "call-1", RouteToken.Use.PLAIN, null);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == '7' ? '3' : '7';
            assertFalse(reads(token, "call-1", text.substring(0, i) + other + text.substring(i + 1)), "digit " + i);
        }
        String another = made(token, "call-1", RouteToken.Use.DIVERTED, DESK);
        int half = text.length() / 2;
        assertFalse(reads(token, "call-1", text.substring(0, half) + another.substring(half)));
        assertFalse(reads(token, "call-1", text.substring(half) + text.substring(0, half)));
        assertFalse(reads(token, "call-1", text.substring(1)));
        assertFalse(reads(token, "call-1", ""));
    }

    @Test
    void tokensDoNotShowWhatTheySay() {
        RouteToken token = new RouteToken(secret, HOPS);
        String plain = made(token, "call-1", RouteToken.Use.PLAIN, null);
        String diverted = made(token, "call-1", RouteToken.Use.DIVERTED, DESK);
        assertEquals(plain.length(), diverted.length());
        int same = 0;
        for (int i = 0; i < plain.length(); i++) {
            same += plain.charAt(i) == diverted.charAt(i) ? 1 : 0;
        }
        assertTrue(same < 8, plain + " " + diverted);
        assertNotEquals(plain, made(token, "call-2", RouteToken.Use.PLAIN, null));
    }

    @Test
    void theSecretOutlivesTheProcess(@TempDir Path state) throws IOException {
        PathSecret first = PathSecret.in(state.resolve("gw"));
        String text = made(new RouteToken(first, HOPS), "call-1", RouteToken.Use.PLAIN, null);
        assertTrue(reads(new RouteToken(PathSecret.in(state.resolve("gw")), HOPS), "call-1", text));
        Files.write(state.resolve("gw/path.key"), new byte[3]);
        IOException damaged = assertThrows(IOException.class, () -> PathSecret.in(state.resolve("gw")));
        assertTrue(damaged.getMessage().endsWith("path.key: expected 32 bytes, found 3"), damaged.getMessage());
    }

    private static String made(RouteToken token, String callId, RouteToken.Use use, NextHop desk) {
        return made(token, callId, use, desk, CALLER, Transport.TCP);
    }

    private static String made(
            RouteToken token, String callId, RouteToken.Use use, NextHop desk, InetSocketAddress peer, Transport by) {
        SipMessage invite = message(callId, "");
        SipEdits edits = new SipEdits();
        edits.replace(invite.start(), invite.end());
        token.make(invite, use, desk, peer, by);
        token.put(edits);
        ByteBuf out = edits.apply(invite, UnpooledByteBufAllocator.DEFAULT);
        try {
            return out.toString(StandardCharsets.US_ASCII);
        } finally {
            out.release();
        }
    }

    private static boolean reads(RouteToken token, String callId, String text) {
        SipMessage request = message(callId, text);
        return token.read(request, Slice.of(request.bodyStart(), request.end()));
    }

    private static SipMessage message(String callId, String body) {
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        String text =
                "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: "
                        + callId + "\r\nCSeq: 1 INVITE\r\n\r\n" + body;
        assertEquals(SipFault.NONE, message.read(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
        return message;
    }
}
