package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers and callees that keep no route set: what they send in a dialog carries no Route of the gateway. */
@Timeout(60)
class UnroutedDialogTest {

    /** A call, answered without its Record-Route. */
    private static final class Answered {

        private final PathFixture net;
        private final SipPeer callee;
        private final String invite;
        private final String answer;

        private Answered(PathFixture net, SipPeer callee, String invite) {
            this.net = net;
            this.callee = callee;
            this.invite = invite;
            callee.send(net.gateway(), unrecorded(SipPeer.response(invite, 200, "OK", "t1")));
            answer = net.carrier.expect("SIP/2.0 200");
        }

        /** As sipp has it: to where the INVITE went, and on no other way. */
        private String ofCaller(String method, int cseq) {
            return request(method, cseq, "sip:+77172555555@" + net.gatewayText(), net.carrier)
                    + "From: " + SipPeer.value(answer, "From") + "\r\nTo: " + SipPeer.value(answer, "To") + "\r\n"
                    + rest(method, cseq);
        }

        private String ofCallee(String method, int cseq) {
            String contact = SipPeer.value(invite, "Contact");
            return request(method, cseq, contact.substring(1, contact.length() - 1), callee)
                    + "From: " + SipPeer.value(invite, "To") + ";tag=t1\r\nTo: " + SipPeer.value(invite, "From")
                    + "\r\n" + rest(method, cseq);
        }

        private static String request(String method, int cseq, String uri, SipPeer from) {
            return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + SipPeer.text(from.address())
                    + ";branch=z9hG4bK" + method + cseq + "\r\n";
        }

        private String rest(String method, int cseq) {
            return "Call-ID: " + SipPeer.value(invite, "Call-ID") + "\r\nCSeq: " + cseq + " " + method
                    + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        }
    }

    private static String unrecorded(String response) {
        return response.replaceAll("Record-Route: .*\r\n", "");
    }

    private static Answered answered(PathFixture net, String callId) {
        return answered(net, net.core, callId);
    }

    private static Answered answered(PathFixture net, SipPeer callee, String callId) {
        net.carrierSends(net.invite(callId));
        if (net.overload.callsInSetup() > 1) {
            net.carrier.expect("SIP/2.0 100");
        }
        return new Answered(net, callee, callee.expect("INVITE"));
    }

    @Test
    void acknowledgementAndByeOfTheCallerReachTheCallee() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            Answered call = answered(net, "plain-1");
            net.carrierSends(call.ofCaller("ACK", 1));
            String ack = net.core.expect("ACK sip:+77172555555@" + net.gatewayText() + " SIP/2.0");
            assertEquals("69", SipPeer.value(ack, "Max-Forwards"));
            assertEquals(1, net.path.answeredCalls());
            net.carrierSends(call.ofCaller("BYE", 2));
            String bye = net.core.expect("BYE sip:+77172555555@");
            assertEquals(0, net.path.answeredCalls());
            net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            assertEquals("2 BYE", SipPeer.value(net.carrier.expect("SIP/2.0 200"), "CSeq"));
        }
    }

    /** The callee keeps its route set, so that nobody had to remember anything for its BYE. */
    @Test
    void anAcknowledgementThatComesAfterTheByeReachesTheCallee() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            Answered call = answered(net, "late-ack");
            String route = "Route: " + String.join(", ", SipPeer.values(call.invite, "Record-Route")) + "\r\nFrom";
            net.core.send(net.gateway(), call.ofCallee("BYE", 7).replace("From", route));
            net.carrier.expect("BYE");
            net.carrierSends(call.ofCaller("ACK", 1));
            net.core.expect("ACK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "INFO", "UPDATE", "REFER", "MESSAGE", "BYE"})
    void anyRequestGoesThroughBothWays(String method) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            Answered call = answered(net, "both-" + method);
            net.carrierSends(call.ofCaller(method, 2));
            String there = net.core.expect(method);
            net.core.send(net.gateway(), SipPeer.response(there, 200, "OK", "t1"));
            net.carrier.expect("SIP/2.0 200");
            net.core.send(net.gateway(), call.ofCallee(method, 7));
            String back = net.carrier.expect(method + " sip:+442071234567@" + SipPeer.text(net.carrier.address()));
            net.carrierSends(SipPeer.response(back, 200, "OK", "f1"));
            assertEquals("7 " + method, SipPeer.value(net.core.expect("SIP/2.0 200"), "CSeq"));
            assertEquals(1, net.judged.size(), "only the first INVITE is judged");
        }
    }

    @Test
    void aByeThatComesAgainGoesAgainUntilNobodyCanWaitForItAnyMore() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            Answered call = answered(net, "again-1");
            String bye = call.ofCaller("BYE", 2);
            net.carrierSends(bye);
            String first = net.core.expect("BYE");
            net.carrierSends(bye);
            assertEquals(first, net.core.receive());
            net.pass(Duration.ofSeconds(32));
            net.carrierSends(bye);
            assertEquals(first, net.core.receive());
            net.pass(Duration.ofMillis(20));
            PathFixture.until("forgotten", () -> {
                net.carrierSends(bye);
                net.carrierSends(net.invite("fence").replace("INVITE", "OPTIONS"));
                return net.carrier.receive().startsWith("SIP/2.0 481");
            });
        }
    }

    @Test
    void whatIsSentBeforeTheAnswerGoesThroughToo() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("early-1", "Supported: 100rel"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            for (String tag : List.of("a", "b")) {
                net.core.send(
                        net.gateway(),
                        unrecorded(SipPeer.response(
                                invite, 183, "Progress", tag, "Require: 100rel", "Contact: <sip:c@127.0.0.1:9>")));
                String early = net.carrier.expect("SIP/2.0 183");
                net.carrierSends(net.inDialog("PRACK", 2, early + "\r\n")
                        .replaceAll("Route: .*\r\n", "")
                        .replace("Max-", "RAck: 1 1 INVITE\r\nMax-"));
                String prack = net.core.expect("PRACK");
                assertTrue(SipPeer.value(prack, "To").endsWith(";tag=" + tag), prack);
            }
            net.core.send(net.gateway(), SipPeer.response(invite, 486, "Busy Here", "a"));
            String busy = net.carrier.expect("SIP/2.0 486");
            net.carrierSends(net.same("ACK", net.invite("early-1"), SipPeer.value(busy, "To")));
            net.pass(Duration.ofSeconds(40));
            net.core.await("ACK");
        }
    }

    @Test
    void aDivertedCallStaysWithTheDeskWhichStaysHidden() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            Answered call = answered(net, net.desk, "desk-1");
            net.carrierSends(call.ofCaller("ACK", 1));
            net.desk.expect("ACK sip:desk@" + SipPeer.text(net.desk.address()));
            net.desk.send(net.gateway(), call.ofCallee("BYE", 3).replace("Max-", "Server: anticall-desk\r\nMax-"));
            String bye = net.carrier.expect("BYE sip:+442071234567@" + SipPeer.text(net.carrier.address()));
            assertFalse(bye.contains("anticall-desk"), bye);
            assertFalse(bye.contains(SipPeer.text(net.desk.address())), bye);
            net.carrierSends(SipPeer.response(bye, 200, "OK", "f1"));
            assertTrue(SipPeer.value(net.desk.expect("SIP/2.0 200"), "Via").contains("z9hG4bKBYE3"));
        }
    }

    @Test
    void aCallThatTheDeskReleasedIsWithTheCallee() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("free-1"));
            net.carrier.expect("SIP/2.0 100");
            String atDesk = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(atDesk, 180, "Ringing", "t1"));
            net.carrier.expect("SIP/2.0 180");
            String release = "X-Anticall-Release: " + net.records.get(0).id();
            net.desk.send(net.gateway(), SipPeer.response(atDesk, 480, "No", "t1", release));
            net.desk.expect("ACK");
            Answered call = new Answered(net, net.core, net.core.expect("INVITE"));
            net.carrierSends(call.ofCaller("BYE", 2));
            net.core.expect("BYE sip:+77172555555@");
            net.core.send(net.gateway(), call.ofCallee("INFO", 2));
            net.carrier.expect("INFO sip:+442071234567@");
            net.desk.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aCallIsWithTheHopThatTookIt() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("hop-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 503, "Busy", "a"));
            net.core.expect("ACK");
            Answered call = new Answered(net, net.secondCore, net.secondCore.expect("INVITE"));
            net.carrierSends(call.ofCaller("BYE", 2));
            net.secondCore.expect("BYE");
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aLabelledCallerSeesItsOwnNameInWhatTheCalleeSends() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Label("Spam?"))) {
            Answered call = answered(net, "label-1");
            assertTrue(SipPeer.value(call.invite, "From").startsWith("\"Spam? Bob\""), call.invite);
            net.core.send(net.gateway(), call.ofCallee("BYE", 3));
            String to = SipPeer.value(net.carrier.expect("BYE"), "To");
            assertFalse(to.contains("Spam"), to);
            assertTrue(to.endsWith(">;tag=f1"), to);
        }
    }

    @Test
    void aCallerOnAStreamIsReachedOverItsConnection() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.start();
            try (StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
                carrier.send(net.invite(carrier, "TCP", "tcp-1"));
                carrier.expect("SIP/2.0 100");
                String invite = net.core.expect("INVITE");
                net.core.send(net.gateway(), unrecorded(SipPeer.response(invite, 200, "OK", "t1")));
                carrier.expect("SIP/2.0 200");
                net.core.send(
                        net.gateway(),
                        "BYE sip:caller@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + SipPeer.text(net.core.address())
                                + ";branch=z9hG4bKb\r\nFrom: <sip:c@x>;tag=t1\r\nTo: " + SipPeer.value(invite, "From")
                                + "\r\nCall-ID: tcp-1\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n");
                String bye = carrier.expect("BYE sip:caller@192.0.2.1");
                carrier.send(SipPeer.response(bye, 200, "OK", "f1"));
                net.core.expect("SIP/2.0 200");
            }
        }
    }

    @Test
    void aCallThatPassedUnjudgedIsAcknowledgedAndEndedByItsCaller() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(1, 10, 0, Duration.ofSeconds(10));
            net.start();
            net.carrierSends(net.invite("judged"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            Answered call = answered(net, "unjudged-1");
            net.carrierSends(call.ofCaller("ACK", 1));
            net.core.expect("ACK");
            net.pass(Duration.ofHours(11));
            net.carrierSends(call.ofCaller("INVITE", 2));
            net.carrier.await("SIP/2.0 481");
            net.carrierSends(call.ofCaller("BYE", 3).replace(";tag=f1", ";tag=f2"));
            net.carrier.expect("SIP/2.0 481");
            net.carrierSends(call.ofCaller("BYE", 3));
            String bye = net.core.await("BYE");
            net.core.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            net.carrier.expect("SIP/2.0 200");
            assertEquals(1, net.judged.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Call-ID: ", ";tag=t1", ";tag=f1"})
    void whoDoesNotKnowCallIdAndBothTagsIsInNoDialog(String wrong) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            Answered call = answered(net, "wrong-1");
            net.carrierSends(call.ofCaller("BYE", 2).replace(wrong, wrong + "x"));
            net.carrier.expect("SIP/2.0 481");
            net.core.send(net.gateway(), call.ofCallee("BYE", 2).replace(wrong, wrong + "x"));
            net.core.expect("SIP/2.0 481");
            net.carrier.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void onlyItsOwnTrunkAndItsOwnHopMaySpeakInACall() throws IOException {
        try (PathFixture net = new PathFixture();
                SipPeer other = new SipPeer("other trunk")) {
            net.moreTrunks.add(new Trunk(
                    "other",
                    TrunkClass.INTERNATIONAL,
                    List.of(Peer.parse(SipPeer.text(other.address()))),
                    "core",
                    Trunk.OnOverload.PASS,
                    Contract.DEFAULT,
                    TrunkLimits.NONE));
            net.start();
            Answered call = answered(net, "alien-1");
            String carrier = SipPeer.text(net.carrier.address());
            other.send(net.gateway(), call.ofCaller("BYE", 2).replace(carrier, SipPeer.text(other.address())));
            other.expect("SIP/2.0 481");
            String core = SipPeer.text(net.core.address());
            String ofOtherHop = call.ofCallee("BYE", 2).replace(core, SipPeer.text(net.secondCore.address()));
            net.secondCore.send(net.gateway(), ofOtherHop);
            net.secondCore.expect("SIP/2.0 481");
            net.carrierSends(call.ofCallee("BYE", 2).replace(core, carrier));
            net.carrier.expect("SIP/2.0 481");
            net.core.send(net.gateway(), call.ofCaller("BYE", 2).replace(carrier, core));
            net.core.expect("SIP/2.0 481");
            assertEquals(1, net.path.answeredCalls());
        }
    }
}
