package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ScannersTest {

    @Test
    void scannersGetNoAnswerAndTheTrunkGoesOn() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            List<String> agents = List.of(
                    "friendly-scanner",
                    "SIPVicious/0.3",
                    "sipcli/v1.8",
                    "VaxSIPUserAgent/3.1",
                    "SIP Call",
                    "sundayddr",
                    "pplsip");
            for (String agent : agents) {
                net.carrierSends(net.invite("scan", "User-Agent: " + agent));
                net.carrierSends(net.invite("scan", "user-agent:" + agent).replace("INVITE", "OPTIONS"));
                net.carrierSends(net.invite("scan", "User-Agent: " + agent).replace("INVITE", "REGISTER"));
            }
            net.carrierSends(net.invite("scan", "From: \"sipvicious\" <sip:100@192.0.2.1>;tag=1", new String[0]));
            net.carrierSends(net.invite("scan", "From: <sip:100@1.1.1.1>;tag=1", new String[0]));
            net.carrierSends(net.invite("scan", "From: <sip:nm@nm>;tag=1", new String[0]));
            net.carrier.expectNothingFrom(net.gateway());
            net.core.expectNothingFrom(net.gateway());
            assertEquals(24, net.path.counters().path().scanners.sum());
            net.carrierSends(net.invite("good", "User-Agent: Carrier SBC, not a friendly-scanner"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
        }
    }

    @Test
    void optionsSaysHowMuchIsAtHand() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("load-1"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            net.carrierSends(net.invite("load-2").replace("INVITE", "OPTIONS"));
            String answer = net.carrier.expect("SIP/2.0 200");
            assertEquals("setup=1;answered=0;state=open", SipPeer.value(answer, "X-Load"));
            assertTrue(SipPeer.value(answer, "Allow").contains("INVITE"));
        }
    }
}
