package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loose and strict routing, RFC 3261 §16.4 and §16.6 item 6. */
@Timeout(30)
class RouteSetTest {

    /** A call that was answered, as the carrier sees it. */
    private static String answered(PathFixture net, String callId) {
        net.carrierSends(net.invite(callId));
        net.carrier.expect("SIP/2.0 100");
        String contact = "Contact: <sip:callee@" + SipPeer.text(net.core.address()) + ">";
        net.core.send(net.gateway(), SipPeer.response(net.core.expect("INVITE"), 200, "OK", "t1", contact));
        return net.carrier.expect("SIP/2.0 200");
    }

    private static String uri(String nameAddr) {
        return nameAddr.substring(1, nameAddr.indexOf('>'));
    }

    @Test
    void aStrictRouterBeforeUsPutOurUriIntoTheRequestLine() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "strict-1");
            String ours = SipPeer.value(answer, "Record-Route");
            String callee = SipPeer.value(answer, "Contact");
            String bye = net.inDialog("BYE", 2, answer)
                    .replace("BYE " + uri(callee), "BYE " + uri(ours))
                    .replace("Route: " + ours, "Route: " + callee);
            net.carrierSends(bye);
            String forwarded = net.core.expect("BYE " + uri(callee) + " SIP/2.0");
            assertEquals(List.of(), SipPeer.values(forwarded, "Route"));
        }
    }

    @Test
    void theLastRouteIsTheTargetAStrictRouterHadInItsHands() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "strict-2");
            String ours = SipPeer.value(answer, "Record-Route");
            String next = "<sip:" + SipPeer.text(net.secondCore.address()) + ";lr>";
            String bye = net.inDialog("BYE", 2, answer)
                    .replace("BYE " + uri(SipPeer.value(answer, "Contact")), "BYE " + uri(ours))
                    .replace("Route: " + ours, "Route: " + next + ", <sip:x@192.0.2.1>,<sip:far@192.0.2.9>");
            net.carrierSends(bye);
            String forwarded = net.secondCore.expect("BYE sip:far@192.0.2.9 SIP/2.0");
            assertEquals(next + ", <sip:x@192.0.2.1>", SipPeer.value(forwarded, "Route"));
        }
    }

    @Test
    void aStrictRouterBehindUsGetsItsUriInTheRequestLine() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "strict-3");
            String ours = SipPeer.value(answer, "Record-Route");
            String callee = uri(SipPeer.value(answer, "Contact"));
            String strict = "sip:" + SipPeer.text(net.secondCore.address()) + ";strict=1";
            net.carrierSends(net.inDialog("BYE", 2, answer)
                    .replace(
                            "Route: " + ours,
                            "Route: " + ours + ", <" + strict + ">\r\nRoute: <sip:last@192.0.2.9;lr>"));
            String forwarded = net.secondCore.expect("BYE " + strict + " SIP/2.0");
            assertEquals(List.of("<sip:last@192.0.2.9;lr>", "<" + callee + ">"), SipPeer.values(forwarded, "Route"));
        }
    }

    @Test
    void strictRoutersOnBothSidesAreServed() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "strict-4");
            String ours = SipPeer.value(answer, "Record-Route");
            String callee = SipPeer.value(answer, "Contact");
            String strict = "<sip:" + SipPeer.text(net.secondCore.address()) + ">";
            net.carrierSends(net.inDialog("INFO", 2, answer)
                    .replace("INFO " + uri(callee), "INFO " + uri(ours))
                    .replace("Route: " + ours, "Route: " + strict + "\r\nRoute: " + callee));
            String forwarded = net.secondCore.expect("INFO " + uri(strict) + " SIP/2.0");
            assertEquals(callee, SipPeer.value(forwarded, "Route"));
        }
    }

    @Test
    void onlyOurOwnValuesAreTakenOutOfTheRoute() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer = answered(net, "loose-1");
            String ours = SipPeer.value(answer, "Record-Route");
            String next = "\"Next, please\" <sip:" + SipPeer.text(net.secondCore.address()) + ";lr>;x=\"a,b\"";
            net.carrierSends(net.inDialog("BYE", 2, answer)
                    .replace(
                            "Route: " + ours, "Route: " + ours + " , " + ours + ", " + next + ",<sip:z@192.0.2.1;lr>"));
            String forwarded = net.secondCore.expect("BYE sip:callee@");
            assertEquals(next + ",<sip:z@192.0.2.1;lr>", SipPeer.value(forwarded, "Route"));
        }
    }

    @Test
    void ourUriInTheRouteOfANewCallIsTakenOutAndTheRestStays() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("pre-1", "Route: <sip:" + net.gatewayText() + ";lr>,<sip:next.example;lr>"));
            assertEquals("<sip:next.example;lr>", SipPeer.value(net.core.expect("INVITE sip:+7717"), "Route"));
            net.carrierSends(net.invite("pre-2", "Route: <sip:" + net.gatewayText() + ";lr>"));
            assertEquals(List.of(), SipPeer.values(net.core.expect("INVITE sip:+7717"), "Route"));
            assertEquals(2, net.judged.size());
        }
    }

    @Test
    void aNameLeadsWhereTheTrunksCallsGoAndNobodyIsAsked() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String answer =
                    answered(net, "name-1").replaceFirst("Contact: <sip:[^>]*>", "Contact: <sip:c@pbx.example>");
            net.carrierSends(net.inDialog("BYE", 2, answer));
            net.core.expect("BYE sip:c@pbx.example SIP/2.0");
        }
    }

    @Test
    void aStrictRoutersTrickWithAForeignTokenIsRefused() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String token = uri(SipPeer.value(answered(net, "trick-1"), "Record-Route"));
            String invite = net.invite("trick-2", "Route: <sip:victim@" + SipPeer.text(net.core.address()) + ">")
                    .replaceFirst("INVITE \\S+", "INVITE " + token)
                    .replace(net.gatewayText() + ">\r\nCall-ID", net.gatewayText() + ">;tag=x\r\nCall-ID");
            net.carrierSends(invite);
            assertTrue(net.carrier.expect("SIP/2.0 481").contains("trick-2"));
            net.core.expectNothingFrom(net.gateway());
        }
    }
}
