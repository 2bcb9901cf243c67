package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Trunk;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls for help that name a service instead of a number (RFC 5031) are never judged and never lost. */
@Timeout(60)
class EmergencyCallTest {

    private static String calling(PathFixture net, String callId, String uri) {
        return net.invite(callId).replaceFirst("INVITE \\S+", "INVITE " + uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:service:sos", "urn:service:sos.fire", "URN:Service:SOS.ambulance"})
    void theyPassUnjudged(String uri) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Reject(603))) {
            net.carrierSends(calling(net, "sos-1", uri));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE " + uri + " SIP/2.0");
            net.core.send(net.gateway(), SipPeer.response(invite, 200, "OK", "t1"));
            net.carrier.expect("SIP/2.0 200");
            assertEquals(List.of(), net.judged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:service:sosx", "urn:service:so", "urn:service:counseling", "urn:uuid:1", "http://x"})
    void otherSchemesAreRefused(String uri) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(calling(net, "urn-1", uri));
            net.carrier.expect("SIP/2.0 416");
        }
    }

    @Test
    void theyPassAboveTheLimitsOfATrunkThatRefuses() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.overload = new OverloadSettings(1, 10, 0, Duration.ofSeconds(10));
            net.onOverload = Trunk.OnOverload.REJECT;
            net.start();
            net.carrierSends(net.invite("first"));
            net.carrier.expect("SIP/2.0 100");
            net.core.expect("INVITE");
            net.carrierSends(calling(net, "sos-2", "urn:service:sos"));
            net.core.expect("INVITE urn:service:sos SIP/2.0");
            net.carrierSends(net.invite("third"));
            net.carrier.expect("SIP/2.0 503");
        }
    }
}
