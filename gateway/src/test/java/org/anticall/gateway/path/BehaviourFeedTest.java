package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.Judge;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BehaviourFeedTest {

    /** A judge that writes down what it is told. */
    private static class Listening implements Judge {

        final List<String> told = new CopyOnWriteArrayList<>();
        volatile Screening answer = PathFixture.decision(new Verdict.Pass());

        @Override
        public Screening decide(CallFacts facts) {
            return answer;
        }

        @Override
        public CallFacts observe(CallFacts facts) {
            told.add("observed " + PartyNumber.format(facts.caller()) + " to " + PartyNumber.format(facts.callee()));
            return facts.withReadings(facts.readings());
        }

        @Override
        public void decided(CallFacts facts, Verdict.Kind verdict) {
            told.add("decided " + verdict.text());
        }

        @Override
        public void ended(CallEnd end) {
            told.add("ended " + PartyNumber.format(end.caller()) + " to " + PartyNumber.format(end.callee()) + " by "
                    + end.by() + (end.isAnswered() ? " answered" : "") + " rang " + end.ringMillis() + " talked "
                    + end.talkMillis());
        }
    }

    private final Listening judge = new Listening();

    @Test
    void anAnsweredCallIsToldWithItsTimes() throws IOException {
        try (PathFixture net = start()) {
            String invite = net.invite("feed-1", "P-Asserted-Identity: <tel:+905321234567>");
            net.carrierSends(invite);
            net.carrierSends(invite);
            String forwarded = net.core.expect("INVITE");
            net.pass(Duration.ofSeconds(7));
            String contact = "Contact: <sip:c@" + SipPeer.text(net.core.address()) + ">";
            net.core.send(net.gateway(), SipPeer.response(forwarded, 200, "OK", "t1", contact));
            String answer = net.carrier.await("SIP/2.0 200");
            net.pass(Duration.ofSeconds(4));
            net.carrierSends(net.inDialog("BYE", 2, answer));
            net.core.expect("BYE");
            assertEquals(
                    List.of(
                            "observed +905321234567 to +77172555555",
                            "decided pass",
                            "ended +905321234567 to +77172555555 by CALLER answered rang 7000 talked 4000"),
                    judge.told,
                    "T30: one verdict however often the INVITE comes");
        }
    }

    @Test
    void rejectedBusyAndCancelledCallsAreToldToo() throws IOException {
        try (PathFixture net = start()) {
            judge.answer = PathFixture.decision(new Verdict.Reject(603));
            net.carrierSends(net.invite("feed-2"));
            net.carrier.await("SIP/2.0 603");
            judge.answer = PathFixture.decision(new Verdict.Pass());
            net.carrierSends(net.invite("feed-3"));
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 486, "Busy Here", "t1"));
            net.carrier.await("SIP/2.0 486");
            String third = net.invite("feed-4");
            net.carrierSends(third);
            String forwarded = net.core.await("INVITE");
            net.core.send(net.gateway(), SipPeer.response(forwarded, 180, "Ringing", "t1"));
            net.carrier.await("SIP/2.0 180");
            net.pass(Duration.ofSeconds(5));
            net.carrierSends(net.same("CANCEL", third, SipPeer.value(third, "To")));
            String cancel = net.core.await("CANCEL");
            net.core.send(net.gateway(), SipPeer.response(cancel, 200, "OK", "t1"));
            net.core.send(net.gateway(), SipPeer.response(forwarded, 487, "Request Terminated", "t1"));
            net.carrier.await("SIP/2.0 487");
            List<String> ends =
                    judge.told.stream().filter(line -> line.startsWith("ended")).toList();
            assertEquals(3, ends.size(), judge.told::toString);
            assertTrue(ends.get(0).endsWith("by NETWORK rang 0 talked 0"), ends.get(0));
            assertTrue(ends.get(1).endsWith("by CALLEE rang 0 talked 0"), ends.get(1));
            assertTrue(ends.get(2).endsWith("rang 5000 talked 0"), ends.get(2));
        }
    }

    @Test
    void aCallerWhoHangsUpBeforeTheVerdictIsTold() throws IOException {
        try (PathFixture net = new PathFixture()) {
            judge.answer = new RoamingQuery(RoamingQuery.Party.CALLER, 77011234567L);
            net.judge = judge;
            net.oracle = (e164, callback) -> {};
            net.start();
            String invite = net.invite("feed-5");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.carrier.await("SIP/2.0 487");
            assertEquals(
                    List.of(
                            "observed +442071234567 to +77172555555",
                            "ended +442071234567 to +77172555555 by CALLER rang 0 talked 0"),
                    judge.told);
        }
    }

    @Test
    void callsThatLeaveTheHomeNetworkAreNotCounted() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.judge = judge;
            net.trunkClass = TrunkClass.OUTBOUND;
            net.start();
            net.carrierSends(net.invite("feed-6"));
            net.core.expect("INVITE");
            assertEquals(List.of(), judge.told);
            assertEquals(0, net.judged.size());
        }
    }

    @Test
    void countersThatThrowChangeNothingForTheCall() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.judge = new Listening() {
                @Override
                public CallFacts observe(CallFacts facts) {
                    throw new IllegalStateException("counters are broken");
                }
            };
            net.start();
            net.carrierSends(net.invite("feed-7"));
            net.core.expect("INVITE");
            assertEquals(1, net.judged.size(), "it is judged without them");
            assertEquals(1, net.path.counters().verdict().failOpen(FailOpen.BEHAVIOUR));
        }
    }

    private PathFixture start() throws IOException {
        PathFixture net = new PathFixture();
        net.judge = judge;
        return net.start();
    }
}
