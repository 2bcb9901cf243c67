package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.util.List;
import org.anticall.gateway.config.Transport;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and callees agree on between themselves goes through as it is. */
@Timeout(30)
class DialogTest {

    private static String contact(SipPeer peer) {
        return "Contact: <sip:callee@" + SipPeer.text(peer.address()) + ">";
    }

    private static String withBody(String message, String body) {
        return message.replaceFirst("Content-Length: \\d+\r\n\r\n(?s).*", "")
                + "Content-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String answered(PathFixture net, String callId) {
        net.carrierSends(net.invite(callId));
        net.carrier.expect("SIP/2.0 100");
        net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 200, "OK", "t1", contact(net.core)));
        return net.carrier.expect("SIP/2.0 200");
    }

    /** A request of the callee in the dialog its {@code invite} began. */
    private static String ofCallee(PathFixture net, String invite, String method, String... lines) {
        return method + " sip:+442071234567@" + SipPeer.text(net.carrier.address()) + " SIP/2.0\r\nVia: SIP/2.0/UDP "
                + SipPeer.text(net.core.address()) + ";branch=z9hG4bKcallee" + method + "\r\nRoute: "
                + SipPeer.value(invite, "Record-Route") + "\r\nFrom: " + SipPeer.value(invite, "To") + ";tag=t1\r\nTo: "
                + SipPeer.value(invite, "From") + "\r\nCall-ID: " + SipPeer.value(invite, "Call-ID") + "\r\nCSeq: 7 "
                + method + "\r\n"
                + String.join(
                        "", List.of(lines).stream().map(line -> line + "\r\n").toList())
                + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    /** As a program on the gateway's machine may have it; tried again where that port is taken by UDP. */
    @Test
    void whoSpeaksByUdpFromThePortWhereTheGatewayHasTcpIsReached() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                callFromWhereTheGatewayHasTcp();
                return;
            } catch (BindException taken) {
                assertTrue(tries < 5, taken::toString);
            }
        }
    }

    private static void callFromWhereTheGatewayHasTcp() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.start();
            try (SipPeer caller = new SipPeer("caller", net.gateway(Transport.TCP))) {
                String own = SipPeer.text(caller.address());
                String others = SipPeer.text(net.carrier.address());
                caller.send(net.gateway(), net.invite("shared-1").replace(others, own));
                caller.expect("SIP/2.0 100");
                String invite = net.core.expect("INVITE");
                net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact(net.core)));
                String answer = caller.expect("SIP/2.0 200");
                net.core.send(net.gateway(), ofCallee(net, invite, "INFO").replace(others, own));
                caller.send(net.gateway(), SipPeer.response(caller.expect("INFO"), 200, "OK", "f1"));
                net.core.expect("SIP/2.0 200");
                caller.send(net.gateway(), net.inDialog("BYE", 2, answer).replace(others, own));
                net.core.send(net.gateway(), SipPeer.response(net.core.expect("BYE"), 200, "OK", "t1"));
                caller.expect("SIP/2.0 200");
            }
        }
    }

    @Test
    void reliableProvisionalResponsesAndTheirPrackGoThrough() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("prack-1", "Supported: 100rel", "Require: 100rel"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            String progress = SipPeer.response(
                    invite, 183, "Session Progress", "t1", "Require: 100rel", "RSeq: 4711", contact(net.core));
            net.core.send(net.gateway(), progress);
            String early = net.carrier.expect("SIP/2.0 183");
            assertEquals("4711", SipPeer.value(early, "RSeq"));
            net.core.send(net.gateway(), progress);
            assertEquals(early, net.carrier.receive(), "repeated until it is acknowledged");

            net.carrierSends(net.inDialog("PRACK", 2, early).replace("Max-", "RAck: 4711 1 INVITE\r\nMax-"));
            String prack = net.core.expect("PRACK sip:callee@");
            assertEquals("4711 1 INVITE", SipPeer.value(prack, "RAck"));
            net.core.send(net.gateway(), SipPeer.response(prack, 200, "OK", "t1"));
            net.carrier.expect("SIP/2.0 200");
            net.carrierSends(withBody(net.inDialog("UPDATE", 3, early), PathFixture.SDP));
            String update = net.core.expect("UPDATE sip:callee@");
            assertTrue(update.endsWith(PathFixture.SDP));
            net.core.send(net.gateway(), SipPeer.response(update, 200, "OK", "t1"));
            assertEquals("3 UPDATE", SipPeer.value(net.carrier.expect("SIP/2.0 200"), "CSeq"));
        }
    }

    @Test
    void earlyDialogsOfSeveralPhonesAllReachTheCaller() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("early-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            for (String tag : List.of("a", "b", "a", "c")) {
                net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", tag, contact(net.core)));
                String ringing = net.carrier.expect("SIP/2.0 180");
                assertTrue(SipPeer.value(ringing, "To").endsWith(";tag=" + tag));
            }
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "b", contact(net.core)));
            assertTrue(SipPeer.value(net.carrier.expect("SIP/2.0 200"), "To").endsWith(";tag=b"));
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "c", contact(net.core)));
            assertTrue(SipPeer.value(net.carrier.expect("SIP/2.0 200"), "To").endsWith(";tag=c"));
        }
    }

    @Test
    void aLateOfferTravelsInTheAnswerAndItsAck() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("late-1");
            String bare = invite.replace("Content-Type: application/sdp\r\n", "")
                    .replaceFirst("Content-Length: (?s).*", "Content-Length: 0\r\n\r\n");
            net.carrierSends(bare);
            net.carrier.expect("SIP/2.0 100");
            String forwarded = net.core.expect("INVITE");
            assertTrue(forwarded.endsWith("Content-Length: 0\r\n\r\n"));
            net.core.send(
                    net.gateway(),
                    withBody(SipPeer.response(forwarded, 200, "OK", "t1", contact(net.core)), PathFixture.SDP));
            String answer = net.carrier.expect("SIP/2.0 200");
            assertTrue(answer.endsWith(PathFixture.SDP));
            net.carrierSends(withBody(net.inDialog("ACK", 1, answer), PathFixture.SDP));
            assertTrue(net.core.expect("ACK sip:callee@").endsWith(PathFixture.SDP));
        }
    }

    @Test
    void aCallIsPutOnHoldAndTakenBackByEitherSide() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("hold-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact(net.core)));
            String answer = net.carrier.expect("SIP/2.0 200");

            String hold = withBody(net.inDialog("INVITE", 2, answer), PathFixture.SDP + "a=sendonly\r\n");
            net.carrierSends(hold);
            String held = net.core.expect("INVITE sip:callee@");
            assertTrue(held.endsWith("a=sendonly\r\n"));
            net.carrierSends(hold);
            assertEquals(held, net.core.receive(), "a retransmission is forwarded alike");
            net.core.send(net.gateway(), SipPeer.response(held, 200, "OK", "t1", contact(net.core)));
            net.carrier.expect("SIP/2.0 200");
            net.carrierSends(net.inDialog("ACK", 2, answer));
            net.core.expect("ACK sip:callee@");

            net.core.send(net.gateway(), withBody(ofCallee(net, invite, "INVITE"), PathFixture.SDP));
            String back = net.carrier.expect("INVITE sip:+442071234567@");
            net.carrierSends(SipPeer.response(back, 200, "OK", "f1"));
            net.core.expect("SIP/2.0 200");
            assertEquals(1, net.judged.size(), "only the first INVITE is judged");
        }
    }

    @Test
    void aCalleeReachesACallerWhoseContactIsAName() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String own = "@" + SipPeer.text(net.carrier.address()) + ">";
            net.carrierSends(net.invite("name-1").replace(own, "@sbc.carrier.example>"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            assertTrue(SipPeer.value(invite, "Contact").endsWith("@sbc.carrier.example>"), invite);
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact(net.core)));
            net.carrier.expect("SIP/2.0 200");
            net.core.send(
                    net.gateway(),
                    ofCallee(net, invite, "BYE")
                            .replace(own.substring(0, own.length() - 1) + " SIP/2.0", "@sbc.carrier.example SIP/2.0"));
            String bye = net.carrier.expect("BYE sip:+442071234567@sbc.carrier.example SIP/2.0");
            net.carrierSends(SipPeer.response(bye, 200, "OK", "f1"));
            net.core.expect("SIP/2.0 200");
        }
    }

    @Test
    void aReInviteThatFailsIsAcknowledgedByTheCallerHopByHop() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "re-1");
            String again = net.inDialog("INVITE", 2, answer);
            net.carrierSends(again);
            String forwarded = net.core.expect("INVITE sip:callee@");
            net.core.send(net.gateway(), SipPeer.response(forwarded, 491, "Request Pending", "t1"));
            net.carrier.expect("SIP/2.0 491");
            net.carrierSends(again.replace("INVITE sip:", "ACK sip:").replace("2 INVITE", "2 ACK"));
            String ack = net.core.expect("ACK sip:callee@");
            assertEquals(SipPeer.values(forwarded, "Via"), SipPeer.values(ack, "Via"));
        }
    }

    @Test
    void aReInviteIsCancelledThroughTheGateway() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "re-2");
            String again = net.inDialog("INVITE", 2, answer);
            net.carrierSends(again);
            String forwarded = net.core.expect("INVITE sip:callee@");
            net.carrierSends(again.replace("INVITE sip:", "CANCEL sip:").replace("2 INVITE", "2 CANCEL"));
            String cancel = net.core.expect("CANCEL sip:callee@");
            assertEquals(SipPeer.values(forwarded, "Via"), SipPeer.values(cancel, "Via"));
            net.core.send(net.gateway(), SipPeer.response(cancel, 200, "OK", "t1"));
            assertEquals("2 CANCEL", SipPeer.value(net.carrier.expect("SIP/2.0 200"), "CSeq"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "REFER", "NOTIFY", "MESSAGE", "SUBSCRIBE", "UPDATE", "PUBLISH", "BREW"})
    void anyRequestInADialogGoesThroughBothWays(String method) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("any-" + method));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact(net.core)));
            String answer = net.carrier.expect("SIP/2.0 200");
            net.carrierSends(net.inDialog(method, 2, answer).replace("Max-", "Refer-To: <sip:x@192.0.2.1>\r\nMax-"));
            String there = net.core.expect(method + " sip:callee@");
            assertEquals("<sip:x@192.0.2.1>", SipPeer.value(there, "Refer-To"));
            net.core.send(net.gateway(), SipPeer.response(there, 202, "Accepted", "t1", "Expires: 60"));
            assertEquals("60", SipPeer.value(net.carrier.expect("SIP/2.0 202"), "Expires"));

            net.core.send(net.gateway(), ofCallee(net, invite, method, "Event: refer"));
            String back = net.carrier.expect(method + " sip:+442071234567@");
            assertEquals("refer", SipPeer.value(back, "Event"));
            net.carrierSends(SipPeer.response(back, 200, "OK", "f1"));
            net.core.expect("SIP/2.0 200");
        }
    }

    @Test
    void sessionTimersAreNoneOfTheGatewaysBusiness() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String[] timers = {
                "Session-Expires : 1800 ; refresher=uac",
                "x: 90;refresher=uas",
                "Min-SE:  90",
                "Supported: timer,100rel"
            };
            String sent = net.invite("se-1", timers);
            net.carrierSends(sent);
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            for (String line : timers) {
                assertTrue(invite.contains("\r\n" + line + "\r\n"), line);
            }
            String tooSmall = SipPeer.response(invite, 422, "Session Interval Too Small", "t1", "Min-SE:   1800");
            net.core.send(net.gateway(), tooSmall);
            String refusal = net.carrier.expect("SIP/2.0 422 Session Interval Too Small");
            String ownVia = tooSmall.lines()
                            .filter(line -> line.startsWith("Via:"))
                            .findFirst()
                            .orElseThrow() + "\r\n";
            assertEquals(tooSmall.replace(ownVia, ""), refusal);
        }
    }
}
