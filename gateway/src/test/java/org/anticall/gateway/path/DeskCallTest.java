package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeskCallTest {

    @Test
    void aDivertedCallReachesTheDeskWithItsHistory() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS_WITH_LABEL))) {
            net.carrierSends(net.invite("div-1", "X-Anticall-Verdict: forged", "X-Anticall-Bypass: forged"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE sip:desk@" + SipPeer.text(net.desk.address()) + " SIP/2.0");
            String id = net.records.get(0).id();
            assertEquals(id, SipPeer.value(invite, "X-Anticall-Verdict"));
            assertEquals("R-1", SipPeer.value(invite, "X-Anticall-Rule"));
            assertEquals(List.of(), SipPeer.values(invite, "X-Anticall-Bypass"));
            List<String> history = SipPeer.values(invite, "History-Info");
            assertEquals("<sip:+77172555555@" + net.gatewayText() + ";user=phone>;index=1", history.get(0));
            assertEquals(
                    "<sip:desk@" + SipPeer.text(net.desk.address()) + ";cause=302>;index=1.1;mp=1", history.get(1));
            assertEquals(
                    "<tel:+77172555555>;reason=deflection;counter=1;privacy=full", SipPeer.value(invite, "Diversion"));
            assertEquals("\"Bob\" <sip:+442071234567@carrier.example>;tag=f1", SipPeer.value(invite, "From"));
            assertTrue(SipPeer.value(invite, "Record-Route").startsWith("<sip:" + net.gatewayText() + ";lr;at="));
            assertTrue(invite.endsWith(PathFixture.SDP));
        }
    }

    @Test
    void invariant5UpstreamSeesAnOrdinaryCall() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.REJECT))) {
            net.carrierSends(net.invite("div-2"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 181, "Forwarded to operator", "d1"));
            net.desk.send(net.gateway(), SipPeer.response(invite, 180, "Operator 7", "d1", DESK_LINES));
            ordinary(net, net.carrier.expect("SIP/2.0 180 Ringing\r\n"));
            net.desk.send(net.gateway(), SipPeer.response(invite, 200, "Operator", "d1", DESK_LINES));
            String answer = net.carrier.expect("SIP/2.0 200 OK\r\n");
            ordinary(net, answer);
            assertEquals("<sip:+77172555555@" + net.gatewayText() + ">", SipPeer.value(answer, "Contact"));

            net.carrierSends(net.inDialog("ACK", 1, answer));
            net.desk.expect("ACK sip:desk@" + SipPeer.text(net.desk.address()));
            net.carrierSends(net.inDialog("INFO", 2, answer));
            String info = net.desk.expect("INFO sip:desk@");
            net.desk.send(net.gateway(), SipPeer.response(info, 200, "Fine", "d1", DESK_LINES));
            ordinary(net, net.carrier.expect("SIP/2.0 200 OK\r\n"));

            net.desk.send(net.gateway(), deskRequest(net, invite, "BYE"));
            String bye = net.carrier.expect("BYE sip:+442071234567@" + SipPeer.text(net.carrier.address()));
            ordinary(net, bye);
            net.carrierSends(SipPeer.response(bye, 200, "OK", "f1"));
            String done = net.desk.expect("SIP/2.0 200 OK");
            assertTrue(SipPeer.value(done, "Via").contains(SipPeer.text(net.desk.address())), done);
            assertTrue(SipPeer.value(done, "Via").contains("branch=z9hG4bKdesk;x=1"), done);
        }
    }

    private static final String[] DESK_LINES = {
        "Contact: <sip:operator7@127.0.0.1:15090;transport=udp>",
        "Server: anticall-desk/1.0",
        "User-Agent: anticall-desk/1.0",
        "Reason: Q.850;cause=16;text=\"operator\"",
        "History-Info: <sip:desk@127.0.0.1>;index=1.1",
        "Diversion: <sip:desk@127.0.0.1>",
        "X-Anticall-Rule: R-1",
        "P-Asserted-Identity: <sip:operator7@desk>",
        "Warning: 399 desk.example \"anticall\""
    };

    private static String deskRequest(PathFixture net, String invite, String method) {
        return method + " sip:+442071234567@" + SipPeer.text(net.carrier.address()) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + SipPeer.text(net.desk.address()) + ";branch=z9hG4bKdesk;x=1\r\n"
                + "Route: " + SipPeer.value(invite, "Record-Route") + "\r\n"
                + "From: " + SipPeer.value(invite, "To") + ";tag=d1\r\n"
                + "To: " + SipPeer.value(invite, "From") + "\r\n"
                + "Call-ID: " + SipPeer.value(invite, "Call-ID") + "\r\nCSeq: 1 " + method + "\r\nMax-Forwards: 70\r\n"
                + String.join("\r\n", DESK_LINES) + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static void ordinary(PathFixture net, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (String trace : List.of(
                "desk",
                "anticall",
                "operator",
                "history-info",
                "diversion",
                "reason:",
                "r-1",
                "15090",
                "warning",
                SipPeer.text(net.desk.address()))) {
            assertFalse(lower.contains(trace), () -> trace + " goes upstream:\n" + message);
        }
    }

    @Test
    void aRedirectOfTheDeskNeverGoesBack() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("div-3"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 302, "Moved", "d1", "Contact: <sip:x@y>"));
            net.desk.expect("ACK");
            net.core.expect("INVITE sip:+77172555555@");
            net.carrier.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void releaseBeforeAnswerGoesOnToTheCalleeUnchanged() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.REJECT))) {
            String original = net.invite("div-4");
            net.carrierSends(original);
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "d1"));
            net.carrier.expect("SIP/2.0 180");
            String release = "X-Anticall-Release: " + net.records.get(0).id();
            net.desk.send(net.gateway(), SipPeer.response(invite, 480, "Released", "d1", release));
            net.desk.expect("ACK");
            String toCallee = net.core.expect("INVITE sip:+77172555555@");
            assertEquals("\"Bob\" <sip:+442071234567@carrier.example>;tag=f1", SipPeer.value(toCallee, "From"));
            assertFalse(toCallee.contains("X-Anticall"), toCallee);
            assertFalse(toCallee.contains("History-Info"), toCallee);
            net.core.send(net.gateway(), SipPeer.response(toCallee, 200, "OK", "t9", "Contact: <sip:c@127.0.0.1:9>"));
            assertTrue(SipPeer.value(net.carrier.expect("SIP/2.0 200"), "To").endsWith(";tag=t9"));
            assertEquals(1, net.path.counters().path().released.sum());
        }
    }

    @Test
    void aReleaseOfAnotherRecordIsNoRelease() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.REJECT))) {
            net.carrierSends(net.invite("div-5"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(
                    net.gateway(),
                    SipPeer.response(invite, 480, "No", "d1", "X-Anticall-Release: 00000000000000000000"));
            net.carrier.expect("SIP/2.0 603 Decline");
            assertEquals(1, net.path.counters().path().ladderSteps(LadderStep.REJECT));
        }
    }

    @Test
    void invariant8WhenTheDeskDeclinesTheLadderDecides() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS_WITH_LABEL))) {
            net.carrierSends(net.invite("div-6"));
            net.carrier.expect("SIP/2.0 100");
            net.desk.send(net.gateway(), SipPeer.response(net.desk.expect("INVITE"), 480, "Nobody free", "d1"));
            net.desk.expect("ACK");
            String labelled = net.core.expect("INVITE sip:+77172555555@");
            assertEquals(
                    "\"Spam? Bob\" <sip:+442071234567;verstat=TN-Validation-Failed@carrier.example>;tag=f1",
                    SipPeer.value(labelled, "From"));
        }
    }

    @Test
    void aSilentDeskDoesNotHoldTheCall() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("div-7"));
            net.carrier.expect("SIP/2.0 100");
            net.desk.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            net.core.expect("INVITE sip:+77172555555@");
        }
    }

    @Test
    void aDeskThatDoesNotAnswerInTimeIsCancelled() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("div-8"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "d1"));
            net.carrier.expect("SIP/2.0 180");
            net.pass(Duration.ofMillis(14_900));
            net.desk.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMillis(120));
            String cancel = net.desk.expect("CANCEL sip:desk@");
            net.core.expect("INVITE sip:+77172555555@");
            net.desk.send(net.gateway(), SipPeer.response(cancel, 200, "OK", "d1"));
            net.desk.send(net.gateway(), SipPeer.response(invite, 487, "Terminated", "d1"));
            net.desk.expect("ACK");
            net.carrier.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aCancelledCallDoesNotGoDownTheLadder() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            String original = net.invite("div-9");
            net.carrierSends(original);
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "d1"));
            net.carrier.expect("SIP/2.0 180");
            net.carrierSends(net.same("CANCEL", original, SipPeer.value(original, "To")));
            net.carrier.expect("SIP/2.0 200");
            net.desk.expect("CANCEL");
            net.desk.send(net.gateway(), SipPeer.response(invite, 480, "Gone", "d1"));
            net.carrier.expect("SIP/2.0 487");
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @Test
    void aDialogFindsTheDeskAlsoAfterARestart() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("div-10"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE");
            net.desk.send(net.gateway(), SipPeer.response(invite, 200, "OK", "d1", "Contact: <sip:o@127.0.0.1:9>"));
            String answer = net.carrier.expect("SIP/2.0 200");
            int port = net.gateway().getPort();
            net.path.stop();
            net.startOn(port);
            net.carrierSends(net.inDialog("BYE", 2, answer));
            net.desk.expect("BYE sip:desk@");
        }
    }

    @Test
    void earlierHistoryIsContinued() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite(
                    "div-11",
                    "History-Info: <sip:+77011112233@x>;index=1",
                    "History-Info: <sip:+77172555555@x>;index=1.1;mp=1",
                    "Diversion: <tel:+77011112233>"));
            String invite = net.desk.expect("INVITE");
            List<String> history = SipPeer.values(invite, "History-Info");
            assertEquals(3, history.size());
            assertTrue(history.get(2).endsWith(";index=1.1.1;mp=1.1"), history.get(2));
            assertTrue(SipPeer.values(invite, "Diversion").get(0).startsWith("<tel:+77172555555>"));
            assertEquals(77011112233L, net.records.get(0).facts().redirecting() & ((1L << 52) - 1));
        }
    }

    @Test
    void aCalleeThatIsSlowAfterTheDeskHasTheWholeTime() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("div-12"));
            net.carrier.expect("SIP/2.0 100");
            net.desk.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            net.core.expect("INVITE");
            net.pass(Duration.ofMillis(2010));
            net.secondCore.expect("INVITE");
            net.pass(Duration.ofSeconds(30));
            net.carrier.expectNothingFrom(net.gateway());
            net.pass(Duration.ofMillis(2500));
            net.carrier.expect("SIP/2.0 408");
        }
    }
}
