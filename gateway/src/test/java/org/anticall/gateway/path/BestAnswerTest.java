package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of several failures upstream is told (RFC 3261 §16.7), and how long anybody waits. */
@Timeout(30)
class BestAnswerTest {

    private static void fail(PathFixture net, SipPeer hop, String invite, int status, String... lines) {
        hop.send(net.gateway(), SipPeer.response(invite, status, "No", "t" + hop.port(), lines));
        hop.await("ACK");
    }

    /** Both hops have the INVITE: the first one said nothing in time. */
    private static String[] bothAsked(PathFixture net, String callId) {
        net.carrierSends(net.invite(callId));
        net.carrier.expect("SIP/2.0 100");
        String first = net.core.expect("INVITE");
        net.pass(Duration.ofMillis(2010));
        return new String[] {first, net.secondCore.expect("INVITE")};
    }

    @Test
    void silenceOfOneHopIsWorseThanARefusalOfTheOtherAndBetterThanItsBreakdown() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            fail(net, net.secondCore, bothAsked(net, "best-1")[1], 500);
            net.carrier.expect("SIP/2.0 408 Request Timeout");
        }
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            fail(net, net.secondCore, bothAsked(net, "best-2")[1], 486);
            net.carrier.expect("SIP/2.0 486");
        }
    }

    @Test
    void aLateAnswerOfAnEarlierHopCountsToo() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String[] invites = bothAsked(net, "best-3");
            fail(net, net.core, invites[0], 484);
            fail(net, net.secondCore, invites[1], 404);
            net.carrier.expect("SIP/2.0 484");
        }
    }

    @Test
    void challengesOfAllHopsAreToldTogether() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String[] invites = bothAsked(net, "best-4");
            fail(net, net.core, invites[0], 407, "Proxy-Authenticate: Digest realm=\"a\", nonce=\"1\"");
            fail(
                    net,
                    net.secondCore,
                    invites[1],
                    401,
                    "WWW-Authenticate: Digest realm=\"b\", nonce=\"2\"",
                    "Proxy-Authenticate: Digest realm=\"c\", nonce=\"3\"");
            String challenge = net.carrier.expect("SIP/2.0 407");
            assertEquals("Digest realm=\"b\", nonce=\"2\"", SipPeer.value(challenge, "WWW-Authenticate"));
            assertEquals(2, SipPeer.values(challenge, "Proxy-Authenticate").size());
            assertTrue(challenge.endsWith("\r\n\r\n"));
        }
    }

    @Test
    void aGlobalFailureOfAnEarlierHopEndsTheCall() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String[] invites = bothAsked(net, "best-5");
            net.secondCore.send(net.gateway(), SipPeer.response(invites[1], 180, "Ringing", "t2"));
            net.carrier.expect("SIP/2.0 180");
            fail(net, net.core, invites[0], 603);
            String cancel = net.secondCore.expect("CANCEL");
            net.secondCore.send(net.gateway(), SipPeer.response(cancel, 200, "OK", "t2"));
            net.carrier.expectNothingFrom(net.gateway());
            fail(net, net.secondCore, invites[1], 487);
            net.carrier.expect("SIP/2.0 603");
        }
    }

    @Test
    void aPhoneThatRangUnansweredDoesNotRingAgain() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("best-6"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            fail(net, net.core, invite, 408);
            net.carrier.expect("SIP/2.0 408");
            net.secondCore.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void timerCIsSetAnewByEveryProvisionalResponseBut100() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("c-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 100, "Trying", "t1"));
            net.core.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMinutes(3));
            net.core.send(net.gateway(), SipPeer.response(invite, 100, "Trying", "t1"));
            net.core.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMillis(1020));
            net.core.expect("CANCEL");
        }
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("c-2"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            for (int status : new int[] {101, 183, 199}) {
                net.core.send(net.gateway(), SipPeer.response(invite, status, "On", "t1"));
                net.carrier.expect("SIP/2.0 " + status);
                net.pass(Duration.ofMillis(180_900));
                net.core.expectNothingFrom(net.gateway());
            }
            net.pass(Duration.ofMillis(120));
            net.core.expect("CANCEL");
            net.carrier.expect("SIP/2.0 408");
            net.secondCore.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aHopThatNeverConfirmsACancelDoesNotHoldTheCaller() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("stuck-1");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.carrier.expect("SIP/2.0 200");
            net.core.expect("CANCEL");
            net.pass(Duration.ofSeconds(33));
            net.carrier.await("SIP/2.0 487");
            net.secondCore.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void whereTheCalleeHasMovedIsForTheCallerToSeek() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("moved-1"));
            net.carrier.expect("SIP/2.0 100");
            String moved = "Contact: <sip:+77172666666@" + SipPeer.text(net.secondCore.address()) + ">";
            fail(net, net.core, net.core.expect("INVITE"), 302, moved);
            assertEquals(moved, "Contact: " + SipPeer.value(net.carrier.expect("SIP/2.0 302 No"), "Contact"));
            net.secondCore.expectNothingFrom(net.gateway());
        }
    }
}
