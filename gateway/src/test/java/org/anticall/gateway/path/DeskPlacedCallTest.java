package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anticall.gateway.config.DeskCalls;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.record.BypassToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls the desk places for a caller it lets go on. */
@Timeout(30)
class DeskPlacedCallTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String CALLEE = "+77172555555";

    @TempDir
    Path directory;

    private PathFixture start() throws IOException {
        PathFixture net = new PathFixture();
        Path key = Files.write(directory.resolve("bypass.key"), KEY);
        net.deskCalls = new DeskCalls(key, "core");
        return net.start();
    }

    private static long now(PathFixture net) {
        return net.clock.epochMillis() / 1000;
    }

    private static String record(PathFixture net, String node) {
        return new RecordIds(node, 7).next(net.clock.epochMillis());
    }

    private static String token(PathFixture net, byte[] key, String callee, long lives) {
        return BypassToken.sign(key, callee, record(net, "gw-test"), now(net) + lives)
                .text();
    }

    private static String placed(PathFixture net, String callId, String token) {
        return net.invite(callId, "User-Agent: anticall-desk", "X-Anticall-Bypass: " + token)
                .replace(SipPeer.text(net.carrier.address()), SipPeer.text(net.desk.address()));
    }

    private static void refused(PathFixture net, String callId, String token, DeskPass.Outcome why) {
        long before = net.path.counters().path().deskCalls(why);
        net.desk.send(net.gateway(), placed(net, callId, token));
        net.desk.await("SIP/2.0 403");
        assertEquals(before + 1, net.path.counters().path().deskCalls(why));
        net.core.expectNothingFrom(net.gateway());
    }

    @Test
    void aCallWithATokenReachesTheCalleeUnjudgedAndDoesNotShowTheDesk() throws IOException {
        try (PathFixture net = start()) {
            net.desk.send(net.gateway(), placed(net, "placed-1", token(net, KEY, CALLEE, 60)));
            net.desk.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE sip:" + CALLEE + "@");
            assertFalse(invite.contains("X-Anticall"), invite);
            assertFalse(invite.contains("User-Agent"), invite);
            assertEquals("<sip:+442071234567@" + net.gatewayText() + ">", SipPeer.value(invite, "Contact"));
            assertTrue(net.judged.isEmpty());

            String contact = "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">";
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact));
            String answer = net.desk.expect("SIP/2.0 200");
            net.desk.send(
                    net.gateway(),
                    net.inDialog("ACK", 1, answer)
                            .replace(SipPeer.text(net.carrier.address()), SipPeer.text(net.desk.address())));
            net.core.expect("ACK sip:callee@");
            String bye = "BYE sip:" + CALLEE + "@" + net.gatewayText() + " SIP/2.0\r\nVia: SIP/2.0/UDP "
                    + SipPeer.text(net.core.address()) + ";branch=z9hG4bKbye\r\nRoute: "
                    + SipPeer.value(invite, "Record-Route") + "\r\nFrom: " + SipPeer.value(answer, "To") + "\r\nTo: "
                    + SipPeer.value(answer, "From") + "\r\nCall-ID: placed-1\r\nCSeq: 2 BYE\r\nMax-Forwards: 70\r\n"
                    + "Content-Length: 0\r\n\r\n";
            net.core.send(net.gateway(), bye);
            net.desk.expect("BYE sip:desk@" + SipPeer.text(net.desk.address()));
        }
    }

    @Test
    void aTokenServesOnce() throws IOException {
        try (PathFixture net = start()) {
            String token = token(net, KEY, CALLEE, 60);
            net.desk.send(net.gateway(), placed(net, "once-1", token));
            net.core.expect("INVITE");
            refused(net, "once-2", token, DeskPass.Outcome.REUSED);
            int port = net.gateway().getPort();
            net.path.stop();
            net.startOn(port);
            refused(net, "once-3", token, DeskPass.Outcome.REUSED);
        }
    }

    @Test
    void aTokenServesInItsTimeOnly() throws IOException {
        try (PathFixture net = start()) {
            refused(net, "time-1", token(net, KEY, CALLEE, 0), DeskPass.Outcome.EXPIRED);
            refused(net, "time-2", token(net, KEY, CALLEE, DeskPass.LONGEST_SECONDS + 1), DeskPass.Outcome.EXPIRED);
            net.desk.send(net.gateway(), placed(net, "time-3", token(net, KEY, CALLEE, DeskPass.LONGEST_SECONDS)));
            net.core.expect("INVITE");
            net.desk.send(net.gateway(), placed(net, "time-4", token(net, KEY, CALLEE, 1)));
            net.core.expect("INVITE");
        }
    }

    @Test
    void aTokenOfAnotherKeyCalleeOrGatewayIsForged() throws IOException {
        try (PathFixture net = start()) {
            byte[] other = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
            refused(net, "forged-1", token(net, other, CALLEE, 60), DeskPass.Outcome.FORGED);
            refused(net, "forged-2", token(net, KEY, "+77172000000", 60), DeskPass.Outcome.FORGED);
            String foreign = BypassToken.sign(KEY, CALLEE, record(net, "gw-other"), now(net) + 60)
                    .text();
            refused(net, "forged-3", foreign, DeskPass.Outcome.FORGED);
            String longer = token(net, KEY, CALLEE, 60).replace(";exp=" + (now(net) + 60), ";exp=" + (now(net) + 90));
            refused(net, "forged-4", longer, DeskPass.Outcome.FORGED);
            refused(net, "forged-5", "nonsense", DeskPass.Outcome.MISSING);
        }
    }

    /** And what the desk holds is as good as before: nobody uses up its token. */
    @Test
    void aTokenFromACarrierIsWorthNothingWhetherMadeUpUsedOrStolen() throws IOException {
        try (PathFixture net = start()) {
            net.judge = facts -> PathFixture.decision(new Verdict.Pass());
            String used = token(net, KEY, CALLEE, 60);
            net.desk.send(net.gateway(), placed(net, "used", used));
            net.core.expect("INVITE");
            net.desk.expect("SIP/2.0 100");
            String stolen = BypassToken.sign(
                            KEY, CALLEE, new RecordIds("gw-test", 8).next(net.clock.epochMillis()), now(net) + 60)
                    .text();
            String madeUp = token(net, "0000000000000000".getBytes(StandardCharsets.US_ASCII), CALLEE, 60);
            for (String token : List.of(madeUp, used, stolen, stolen + ", " + stolen, "")) {
                int judged = net.judged.size();
                net.carrierSends(net.invite("carrier-" + judged, "X-Anticall-Bypass: " + token));
                assertFalse(net.core.expect("INVITE").contains("X-Anticall"));
                assertEquals(judged + 1, net.judged.size(), "it is judged like any other call");
            }
            net.desk.send(net.gateway(), placed(net, "owner", stolen));
            net.desk.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            refused(net, "again", stolen, DeskPass.Outcome.REUSED);
        }
    }

    /** A stream shows only where its maker is, so it belongs to the trunk that admits the address, not to the desk there. */
    @Test
    void aStolenTokenByAStreamFromTheDesksOwnAddressIsWorthNothing() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.deskCalls = new DeskCalls(Files.write(directory.resolve("bypass.key"), KEY), "core");
            net.deskHop = new Hop(net.desk.address(), Transport.TCP);
            net.judge = facts -> PathFixture.decision(new Verdict.Reject(603));
            net.start();
            try (StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
                String bypass = "X-Anticall-Bypass: " + token(net, KEY, CALLEE, 60);
                carrier.send(net.invite(carrier, "TCP", "stream", bypass));
                carrier.expect("SIP/2.0 100");
                carrier.expect("SIP/2.0 603");
                assertEquals(1, net.judged.size());
            }
        }
    }

    @Test
    void aTokenFromTheCoreIsWorthNothing() throws IOException {
        try (PathFixture net = start()) {
            net.core.send(
                    net.gateway(),
                    placed(net, "stolen-2", token(net, KEY, CALLEE, 60))
                            .replace(SipPeer.text(net.desk.address()), SipPeer.text(net.core.address())));
            net.core.expect("SIP/2.0 403");
        }
    }
}
