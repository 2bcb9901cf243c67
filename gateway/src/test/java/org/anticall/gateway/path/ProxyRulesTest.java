package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a proxy looks at before it forwards anything, RFC 3261 §16.3. */
@Timeout(30)
class ProxyRulesTest {

    @Test
    void anExtensionTheGatewayDoesNotKnowIsRefusedByName() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("ext-1", "Proxy-Require: privacy, nat.stun", "Proxy-require:foo"));
            String refusal = net.carrier.expect("SIP/2.0 420 Bad Extension");
            assertEquals(List.of("privacy, nat.stun", "foo"), SipPeer.values(refusal, "Unsupported"));
            net.core.expectNothingFrom(net.gateway());
            assertTrue(net.judged.isEmpty());
        }
    }

    @Test
    void whatOnlyTheCalleeMustKnowGoesThrough() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("ext-2", "Require: 100rel, made-up"));
            assertEquals("100rel, made-up", SipPeer.value(net.core.expect("INVITE"), "Require"));
        }
    }

    @Test
    void proxyRequireInACancelIsIgnored() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("ext-3");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            String cancel = net.same("CANCEL", invite, SipPeer.value(invite, "To"));
            net.carrierSends(cancel.replace("Max-Forwards: 70", "Max-Forwards: 0\r\nProxy-Require: x"));
            net.carrier.expect("SIP/2.0 200");
        }
    }

    @Test
    void aCancelOfNothingWithoutHopsLeftGoesNoFurther() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("mf-9").replace("Max-Forwards: 70", "Max-Forwards: 0");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To"))
                    .replace("Max-Forwards: 70", "Max-Forwards: 0"));
            net.carrier.expect("SIP/2.0 483");
        }
    }

    @Test
    void aCallThatComesBackOnAnotherRouteIsASpiralAndNoLoop() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("spiral-1"));
            net.carrier.expect("SIP/2.0 100");
            String again = net.core
                    .expect("INVITE")
                    .replaceFirst(
                            "Via:",
                            "Via: SIP/2.0/UDP " + SipPeer.text(net.carrier.address()) + ";branch=z9hG4bKs\r\nVia:");
            net.carrierSends(again.replace("Max-Forwards", "Route: <sip:elsewhere.example;lr>\r\nMax-Forwards"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            net.carrierSends(again.replace("z9hG4bKs", "z9hG4bKl"));
            net.carrier.expect("SIP/2.0 482");
        }
    }

    @Test
    void theAckToAnAnswerReachesTheCalleeEvenWithTheBranchOfItsInvite() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("ack-1");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String contact = "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">";
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 200, "OK", "t1", contact));
            String answer = net.carrier.expect("SIP/2.0 200");
            String ack = net.inDialog("ACK", 1, answer);
            net.carrierSends(ack.replaceFirst("branch=[^\r]*", "branch=z9hG4bKack-1"));
            net.core.expect("ACK sip:callee@");
        }
    }

    @Test
    void aRequestInADialogWithoutHopsLeftGoesNoFurther() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("mf-10"));
            net.carrier.expect("SIP/2.0 100");
            String contact = "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">";
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 200, "OK", "t1", contact));
            String answer = net.carrier.expect("SIP/2.0 200");
            for (String method : List.of("BYE", "OPTIONS", "INVITE", "CANCEL")) {
                net.carrierSends(net.inDialog(method, 2, answer).replace("Max-Forwards: 70", "Max-Forwards: 0"));
                net.carrier.expect("SIP/2.0 483");
            }
            net.carrierSends(net.inDialog("ACK", 1, answer).replace("Max-Forwards: 70", "Max-Forwards: 0"));
            net.core.expectNothingFrom(net.gateway());
            net.carrierSends(net.inDialog("OPTIONS", 3, answer).replace("Max-Forwards: 70", "Max-Forwards: 1"));
            assertEquals("0", SipPeer.value(net.core.expect("OPTIONS sip:callee@"), "Max-Forwards"));
        }
    }
}
