package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.PartyNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners are told of calls. */
@Timeout(30)
class CallEventsTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<CallStory> ended = new CopyOnWriteArrayList<>();

    private final CallEvents listener = new CallEvents() {
        @Override
        public void began(CallStory call, SipMessage invite) {
            told.add("began");
        }

        @Override
        public void judged(CallStory call, CallFacts facts) {
            told.add("judged " + Objects.requireNonNull(call.verdict()).kind().text());
        }

        @Override
        public void answered(CallStory call) {
            told.add("answered " + call.status());
        }

        @Override
        public void ended(CallStory call) {
            told.add("ended " + call.status() + " by " + call.endedBy());
            ended.add(call);
        }
    };

    @Test
    void anAnsweredCallIsToldFromItsInviteToItsBye() throws IOException {
        try (PathFixture net = listening(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-1"));
            String invite = net.core.expect("INVITE");
            net.pass(Duration.ofSeconds(2));
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1"));
            net.carrier.await("SIP/2.0 180");
            net.pass(Duration.ofSeconds(3));
            String answer = answer(net, invite);
            net.carrierSends(net.inDialog("ACK", 1, answer));
            net.core.expect("ACK");
            assertEquals(1, net.path.counters().path().answeredCalls());
            net.pass(Duration.ofSeconds(60));
            net.carrierSends(net.inDialog("BYE", 2, answer));
            net.core.expect("BYE");

            assertEquals(List.of("began", "judged pass", "answered 200", "ended 200 by CALLER"), told);
            CallStory call = ended.get(0);
            assertEquals("transit", call.trunk().name());
            assertEquals(E164.parse("+442071234567"), PartyNumber.e164(call.presented()));
            assertEquals(E164.parse("+77172555555"), PartyNumber.e164(call.callee()));
            assertEquals(Duration.ofSeconds(2).toNanos(), call.ringingNanos() - call.arrivedNanos());
            assertEquals(Duration.ofSeconds(5).toNanos(), call.answeredNanos() - call.arrivedNanos());
            assertEquals(Duration.ofSeconds(60).toNanos(), call.talkNanos());
            assertFalse(call.isAnsweredByDesk());
            PathFixture.until(
                    "no call is remembered", () -> net.path.counters().path().answeredCalls() == 0);
        }
    }

    @Test
    void aRepeatedInviteByeOrAnswerIsToldOnce() throws IOException {
        try (PathFixture net = listening(new Verdict.Pass())) {
            String original = net.invite("call-2");
            net.carrierSends(original);
            net.carrierSends(original);
            String invite = net.core.expect("INVITE");
            String answer = answer(net, invite);
            answer(net, invite);
            String bye = net.inDialog("BYE", 2, answer);
            net.carrierSends(bye);
            net.carrierSends(bye);
            net.core.expect("BYE");
            net.core.expect("BYE");
            assertEquals(List.of("began", "judged pass", "answered 200", "ended 200 by CALLER"), told);
        }
    }

    /** Two calls may have one Call-ID, and a peer may send what it likes: only the dialog that talks can end. */
    @Test
    void aByeWithAnotherTagEndsNoCall() throws IOException {
        try (PathFixture net = listening(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-6"));
            String answer = answer(net, net.core.expect("INVITE"));
            net.carrierSends(net.inDialog("BYE", 2, answer.replace(";tag=t1", ";tag=t2")));
            net.core.expect("BYE");
            assertEquals(List.of("began", "judged pass", "answered 200"), told);
            net.carrierSends(net.inDialog("BYE", 3, answer));
            net.core.expect("BYE");
            assertEquals(List.of("began", "judged pass", "answered 200", "ended 200 by CALLER"), told);
        }
    }

    @Test
    void theCalleesFailureAndItsByeAreTheCallees() throws IOException {
        try (PathFixture net = listening(new Verdict.Pass())) {
            net.carrierSends(net.invite("call-3"));
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 486, "Busy Here", "t1"));
            net.carrier.await("SIP/2.0 486");
            net.carrierSends(net.invite("call-4"));
            String invite = net.core.await("INVITE");
            answer(net, invite);
            net.core.send(
                    net.gateway(),
                    "BYE sip:+442071234567@" + SipPeer.text(net.carrier.address()) + " SIP/2.0\r\nVia: SIP/2.0/UDP "
                            + SipPeer.text(net.core.address()) + ";branch=z9hG4bKcallee\r\nRoute: "
                            + SipPeer.value(invite, "Record-Route")
                            + "\r\nFrom: <sip:+77172555555@x>;tag=t1\r\nTo: <sip:+442071234567@carrier.example>;tag=f1"
                            + "\r\nCall-ID: call-4\r\nCSeq: 5 BYE\r\nMax-Forwards: 9\r\nContent-Length: 0\r\n\r\n");
            net.carrier.await("BYE");
            assertEquals(List.of("began", "judged pass", "ended 486 by CALLEE"), told.subList(0, 3));
            assertEquals("ended 200 by CALLEE", told.get(told.size() - 1));
        }
    }

    @Test
    void aRejectEndsByTheGatewayAndACancelByTheCaller() throws IOException {
        try (PathFixture net = listening(new Verdict.Reject(603))) {
            net.carrierSends(net.invite("call-5"));
            net.carrier.await("SIP/2.0 603");
            assertEquals(List.of("began", "judged reject", "ended 603 by GATEWAY"), told);
            assertFalse(ended.get(0).recordId().isEmpty());
        }
        told.clear();
        try (PathFixture net = listening(new Verdict.Pass())) {
            String invite = net.invite("call-6");
            net.carrierSends(invite);
            String sent = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(sent, 180, "Ringing", "t1"));
            net.carrier.await("SIP/2.0 180");
            net.carrierSends(net.same("CANCEL", invite, SipPeer.value(invite, "To")));
            net.core.send(net.gateway(), SipPeer.response(sent, 487, "Request Terminated", "t1"));
            net.carrier.await("SIP/2.0 487");
            assertEquals(List.of("began", "judged pass", "ended 487 by CALLER"), told);
        }
    }

    @Test
    void anAnswerOfTheDeskIsNoneOfTheCallees() throws IOException {
        try (PathFixture net = listening(PathFixture.divert(Verdict.LadderStep.PASS))) {
            net.carrierSends(net.invite("call-7"));
            String invite = net.desk.expect("INVITE");
            net.desk.send(
                    net.gateway(),
                    SipPeer.response(
                            invite, 200, "OK", "t1", "Contact: <sip:desk@" + SipPeer.text(net.desk.address()) + ">"));
            net.carrier.await("SIP/2.0 200");
        }
        assertEquals(List.of("began", "judged divert", "answered 200", "ended 200 by NOBODY_KNOWS"), told);
        assertTrue(ended.get(0).isAnsweredByDesk());
        assertEquals(0, ended.get(0).talkNanos());
    }

    @Test
    void aListenerThatThrowsHarmsNoCall() throws IOException {
        PathFixture net = new PathFixture();
        CallEvents broken = new CallEvents() {
            @Override
            public void judged(CallStory call, CallFacts facts) {
                throw new IllegalStateException("broken");
            }
        };
        net.events = List.of(broken, listener);
        try (net) {
            net.start();
            net.carrierSends(net.invite("call-8"));
            net.core.expect("INVITE");
            assertEquals(1, net.path.counters().path().listenerFailures.sum());
            assertEquals(List.of("began", "judged pass"), told);
        }
    }

    private static String answer(PathFixture net, String invite) {
        net.core.send(
                net.gateway(),
                SipPeer.response(
                        invite, 200, "OK", "t1", "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">"));
        return net.carrier.await("SIP/2.0 200");
    }

    private PathFixture listening(Verdict verdict) throws IOException {
        PathFixture net = new PathFixture();
        net.judge = facts -> PathFixture.decision(verdict);
        net.events = List.of(listener);
        return net.start();
    }
}
