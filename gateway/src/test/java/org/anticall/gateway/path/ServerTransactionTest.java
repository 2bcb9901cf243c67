package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServerTransactionTest {

    @Test
    void aRejectedCallGets603UntilItIsAcknowledged() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Reject(603))) {
            String invite = net.invite("reject-1");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100 Trying");
            String decline = net.carrier.expect("SIP/2.0 603 Decline");
            assertEquals("Q.850;cause=21;text=\"call rejected\"", SipPeer.value(decline, "Reason"));
            assertFalse(decline.contains("R-1"), "the rule is not told upstream");
            assertFalse(decline.contains("X-Anticall"), "the record is not told upstream");

            net.pass(Duration.ofMillis(510));
            assertEquals(decline, net.carrier.receive(), "timer G");
            net.pass(Duration.ofMillis(1010));
            assertEquals(decline, net.carrier.receive(), "timer G, doubled");

            net.carrierSends(net.same("ACK", invite, SipPeer.value(decline, "To")));
            net.carrier.expectNothingFrom(net.gateway());
            net.pass(Duration.ofSeconds(4));
            net.carrier.expectNothingFrom(net.gateway());
            assertEquals(1, net.path.counters().path().openTransactions());
            net.pass(Duration.ofSeconds(2));
            PathFixture.until("timer I", () -> net.path.counters().path().openTransactions() == 0);
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void invariant6ACallIsJudgedOnceHoweverOftenItsInviteComes() throws IOException {
        try (PathFixture net = new PathFixture()) {
            Verdict[] verdict = {new Verdict.Reject(603)};
            net.judge = facts -> PathFixture.decision(verdict[0]);
            net.start();
            String invite = net.invite("once-1");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String decline = net.carrier.expect("SIP/2.0 603");

            verdict[0] = new Verdict.Pass();
            net.carrierSends(invite);
            assertEquals(decline, net.carrier.receive());
            net.carrierSends(invite);
            assertEquals(decline, net.carrier.receive());
            net.carrierSends(net.same("ACK", invite, SipPeer.value(decline, "To")));
            net.carrierSends(invite);
            net.core.expectNothingFrom(net.gateway());

            assertEquals(1, net.judged.size());
            assertEquals(1, net.records.size());
            assertEquals(1, net.path.counters().path().calls.sum());
            assertEquals(3, net.path.counters().path().retransmissionsAbsorbed.sum());
            assertEquals(1, net.path.counters().verdict().verdicts(Verdict.Kind.REJECT));
        }
    }

    @Test
    void aRetransmissionBeforeTheAnswerGetsTheLatestProvisionalResponse() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("again-1"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 183, "Session Progress", "t1"));
            net.carrier.expect("SIP/2.0 183");
            net.carrierSends(net.invite("again-1"));
            net.carrier.expect("SIP/2.0 183");
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void cancelFollowsTheInviteToTheHop() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("cancel-1");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String forwarded = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(forwarded, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");

            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            String ok = net.carrier.expect("SIP/2.0 200 OK");
            assertEquals("1 CANCEL", SipPeer.value(ok, "CSeq"));
            String cancel = net.core.expect("CANCEL sip:+77172555555@");
            assertEquals(SipPeer.values(forwarded, "Via").get(0), SipPeer.value(cancel, "Via"));

            net.core.send(net.gateway(), SipPeer.response(cancel, 200, "OK", "t1"));
            net.core.send(net.gateway(), SipPeer.response(forwarded, 487, "Request Terminated", "t1"));
            String ack = net.core.expect("ACK sip:+77172555555@");
            assertEquals("1 ACK", SipPeer.value(ack, "CSeq"));
            assertTrue(SipPeer.value(ack, "To").endsWith(";tag=t1"));
            net.carrier.expect("SIP/2.0 487");
        }
    }

    @Test
    void cancelWaitsForTheFirstProvisionalResponse() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("cancel-2");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String forwarded = net.core.expect("INVITE");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.carrier.expect("SIP/2.0 200");
            net.core.expectNothingFrom(net.gateway());
            net.core.send(net.gateway(), SipPeer.response(forwarded, 100, "Trying", "t1"));
            net.core.expect("CANCEL");
            net.pass(Duration.ofMillis(510));
            net.core.expect("CANCEL");
        }
    }

    @Test
    void theHopHearsWhyTheCallerCancels() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("cancel-6");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String forwarded = net.core.expect("INVITE");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To"))
                    .replace(
                            "Max-Forwards",
                            "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\nreason: Q.850;cause=26\r\nX-Other: y"
                                    + "\r\nMax-Forwards"));
            net.carrier.expect("SIP/2.0 200");
            net.core.send(net.gateway(), SipPeer.response(forwarded, 180, "Ringing", "t1"));
            String cancel = net.core.expect("CANCEL");
            assertEquals(
                    List.of("SIP;cause=200;text=\"Call completed elsewhere\"", "Q.850;cause=26"),
                    SipPeer.values(cancel, "Reason"));
            assertFalse(cancel.contains("X-Other"), cancel);
        }
    }

    @Test
    void anAnswerThatCrossesTheCancelStillReachesTheCaller() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("cancel-3");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String forwarded = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(forwarded, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.carrier.expect("SIP/2.0 200");
            net.core.expect("CANCEL");
            net.core.send(net.gateway(), SipPeer.response(forwarded, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>"));
            String answer = net.carrier.expect("SIP/2.0 200");
            assertEquals("1 INVITE", SipPeer.value(answer, "CSeq"));
        }
    }

    @Test
    void cancelWhileTheOracleIsAskedEndsTheCallAsAbandoned() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.judge = facts -> new RoamingQuery(RoamingQuery.Party.CALLER, 77011234567L);
            net.oracle = (e164, callback) -> {};
            net.start();
            String invite = net.invite("cancel-4");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.carrier.expect("SIP/2.0 200");
            net.carrier.expect("SIP/2.0 487");
            assertEquals(1, net.path.counters().verdict().abandoned.sum());
            assertTrue(net.records.get(0).decision().reason().en().startsWith("ABANDONED"));
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void cancelOfNothingGets481() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String invite = net.invite("cancel-5");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.carrier.expect("SIP/2.0 481");
        }
    }

    @Test
    void theOraclesAnswerDecidesWithoutBlockingOtherCalls() throws IOException {
        try (PathFixture net = new PathFixture()) {
            BlockingQueue<Consumer<RoamingAnswer>> waiting = new LinkedBlockingQueue<>();
            net.oracle = (e164, callback) -> waiting.add(callback);
            net.judge =
                    facts -> facts.callerRoaming().state() == RoamingAnswer.State.NOT_ASKED && facts.privacyRequested()
                            ? new RoamingQuery(RoamingQuery.Party.CALLER, 77011234567L)
                            : PathFixture.decision(
                                    facts.callerRoaming().state() == RoamingAnswer.State.HOME
                                            ? new Verdict.Reject(603)
                                            : new Verdict.Pass());
            net.start();
            net.carrierSends(net.invite("wait-1", "Privacy: id"));
            net.carrier.expect("SIP/2.0 100");
            net.carrierSends(net.invite("other-1"));
            net.carrier.expect("SIP/2.0 100");
            assertTrue(net.core.expect("INVITE").contains("Call-ID: other-1"));
            PathFixture.until("the oracle is asked", () -> !waiting.isEmpty());
            waiting.remove().accept(RoamingAnswer.HOME);
            assertTrue(net.carrier.expect("SIP/2.0 603").contains("Call-ID: wait-1"));
            assertEquals(RoamingAnswer.HOME, net.records.get(0).facts().callerRoaming());
            assertEquals(Decision.Basis.RULE, net.records.get(0).decision().basis());
        }
    }
}
