package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A border of the home network that takes calls and sends others abroad at one address: hop and peer in one. */
@Timeout(60)
class HomeBorderTest {

    /** The border is {@code core}; calls that leave go to {@code secondCore}. */
    private static PathFixture net() throws IOException {
        PathFixture net = new PathFixture();
        net.judge = facts -> PathFixture.decision(new Verdict.Reject(603));
        net.coreHops =
                List.of(new Hop(net.secondCore.address(), Transport.UDP), new Hop(net.core.address(), Transport.UDP));
        Peer border = Objects.requireNonNull(Peer.parse(SipPeer.text(net.core.address())));
        net.moreTrunks.add(new Trunk("out", TrunkClass.OUTBOUND, List.of(border), "core", Trunk.OnOverload.PASS));
        return net.start();
    }

    private static String ofBorder(PathFixture net, String message) {
        return message.replace(SipPeer.text(net.carrier.address()), SipPeer.text(net.core.address()));
    }

    private static String answered(PathFixture net, String callId, String contact) {
        net.core.send(net.gateway(), ofBorder(net, net.invite(callId)));
        net.core.expect("SIP/2.0 100");
        String invite = net.secondCore.expect("INVITE");
        net.secondCore.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", "Contact: <" + contact + ">"));
        return net.core.expect("SIP/2.0 200");
    }

    @Test
    void itsCallsLeaveUnjudgedAndEnd() throws IOException {
        try (PathFixture net = net()) {
            String answer = answered(net, "out-1", "sip:callee@abroad.example");
            assertEquals(0, net.judged.size());
            net.core.send(net.gateway(), ofBorder(net, net.inDialog("ACK", 1, answer)));
            net.secondCore.expect("ACK sip:callee@abroad.example");
            net.core.send(net.gateway(), ofBorder(net, net.inDialog("BYE", 2, answer)));
            String bye = net.secondCore.expect("BYE sip:callee@abroad.example");
            net.secondCore.send(net.gateway(), SipPeer.response(bye, 200, "OK", "t1"));
            net.core.expect("SIP/2.0 200");
            PathFixture.until("the call has ended", () -> net.path.answeredCalls() == 0);
        }
    }

    @Test
    void aRequestThatKeepsNoRouteReachesTheOtherSideEitherWay() throws IOException {
        try (PathFixture net = net()) {
            String answer = answered(net, "out-2", "sip:callee@abroad.example");
            String info = ofBorder(net, net.inDialog("INFO", 2, answer)).replaceAll("Route: .*\r\n", "");
            net.core.send(net.gateway(), info);
            net.secondCore.expect("INFO");
            String from = SipPeer.value(answer, "From");
            String back = "BYE sip:caller@home.example SIP/2.0\r\nVia: SIP/2.0/UDP "
                    + SipPeer.text(net.secondCore.address()) + ";branch=z9hG4bKback\r\nFrom: "
                    + SipPeer.value(answer, "To") + "\r\nTo: " + from
                    + "\r\nCall-ID: out-2\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
            net.secondCore.send(net.gateway(), back);
            net.core.expect("BYE");
            PathFixture.until("the call has ended", () -> net.path.answeredCalls() == 0);
        }
    }

    @Test
    void callsFromAbroadStillReachIt() throws IOException {
        try (PathFixture net = new PathFixture()) {
            Peer border = Objects.requireNonNull(Peer.parse(SipPeer.text(net.core.address())));
            net.moreTrunks.add(new Trunk("out", TrunkClass.OUTBOUND, List.of(border), "core", Trunk.OnOverload.PASS));
            net.start();
            net.carrierSends(net.invite("in-1"));
            String contact = "Contact: <sip:c@" + SipPeer.text(net.core.address()) + ">";
            String invite = net.core.expect("INVITE");
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1", contact));
            String answer = net.carrier.await("SIP/2.0 200");
            net.carrierSends(net.inDialog("BYE", 2, answer).replaceAll("Route: .*\r\n", ""));
            net.core.expect("BYE");
            PathFixture.until("the call has ended", () -> net.path.answeredCalls() == 0);
        }
    }
}
