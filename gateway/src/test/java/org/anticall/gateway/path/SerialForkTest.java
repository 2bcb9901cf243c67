package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SerialForkTest {

    @Test
    void anInviteIsRepeatedUntilTheHopAnswers() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("a-1"));
            String first = net.core.expect("INVITE");
            net.pass(Duration.ofMillis(510));
            assertEquals(first, net.core.receive());
            net.pass(Duration.ofMillis(1010));
            assertEquals(first, net.core.receive());
            net.core.send(net.gateway(), SipPeer.response(first, 100, "Trying", "t1"));
            net.core.expectNothingFrom(net.gateway());
            net.pass(Duration.ofSeconds(3));
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aSilentHopIsFollowedByTheNextAndAvoidedForAWhile() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("b-1"));
            String first = net.core.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            String second = net.secondCore.expect("INVITE");
            assertNotEquals(
                    SipPeer.values(first, "Via").get(0),
                    SipPeer.values(second, "Via").get(0));
            assertEquals(1, net.path.counters().path().hopTimeouts.sum());

            net.core.send(net.gateway(), SipPeer.response(first, 180, "Ringing", "late"));
            net.core.await("CANCEL");
            net.secondCore.send(
                    net.gateway(), SipPeer.response(second, 200, "OK", "t2", "Contact: <sip:c@127.0.0.1:9>"));
            assertTrue(SipPeer.value(net.carrier.await("SIP/2.0 200"), "To").endsWith(";tag=t2"));
        }
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("b-2"));
            net.core.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            net.secondCore.expect("INVITE");
            net.carrierSends(net.invite("b-3"));
            assertTrue(net.secondCore.await("INVITE").contains("b-3"));
            net.pass(Duration.ofSeconds(11));
            net.carrierSends(net.invite("b-4"));
            net.core.await("INVITE sip:+77172555555@" + net.gatewayText());
        }
    }

    @Test
    void aBusyHopIsFollowedByTheNextAndTheLastAnswerCounts() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("c-1"));
            net.carrier.expect("SIP/2.0 100");
            String first = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(first, 503, "Overloaded", "t1"));
            net.core.expect("ACK");
            String second = net.secondCore.expect("INVITE");
            net.secondCore.send(net.gateway(), SipPeer.response(second, 486, "Busy Here", "t2"));
            net.secondCore.expect("ACK");
            String busy = net.carrier.expect("SIP/2.0 486 Busy Here");
            assertTrue(SipPeer.value(busy, "To").endsWith(";tag=t2"));

            net.secondCore.send(net.gateway(), SipPeer.response(second, 486, "Busy Here", "t2"));
            net.secondCore.expect("ACK");
            net.carrier.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void whatOneHopCannotDoIsNotTheGatewaysOverload() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("d-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 503, "No", "t1"));
            net.secondCore.send(net.gateway(), SipPeer.response(net.secondCore.expect("INVITE"), 503, "No", "t2"));
            net.carrier.expect("SIP/2.0 500 Server Internal Error");
        }
    }

    @Test
    void aGlobalFailureIsNotForkedOn() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("e-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 604, "Nowhere", "t1"));
            net.carrier.expect("SIP/2.0 604 Nowhere");
            net.secondCore.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void nobodyAnswersSoTheCallerGets408() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("f-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            net.secondCore.expect("INVITE");
            net.pass(Duration.ofSeconds(33));
            net.carrier.expect("SIP/2.0 408 Request Timeout");
        }
    }

    @Test
    void ringingForTooLongEndsWith408AndCancel() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("g-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            net.pass(Duration.ofSeconds(170));
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            net.pass(Duration.ofSeconds(170));
            net.carrier.expectNothingFrom(net.gateway());
            net.pass(Duration.ofSeconds(20));
            net.core.expect("CANCEL");
            net.carrier.expect("SIP/2.0 408");
        }
    }

    @Test
    void repeatedAnswersGoThroughForThirtyTwoSeconds() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("h-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            String ok = SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>");
            net.core.send(net.gateway(), ok);
            String answer = net.carrier.expect("SIP/2.0 200");
            net.pass(Duration.ofSeconds(31));
            net.core.send(net.gateway(), ok);
            assertEquals(answer, net.carrier.receive());
            net.pass(Duration.ofSeconds(2));
            PathFixture.until("timer L", () -> net.path.counters().path().openTransactions() == 0);
            net.core.send(net.gateway(), ok);
            net.carrier.expectNothingFrom(net.gateway());
            assertEquals(1, net.path.counters().path().strayResponses.sum());
        }
    }
}
