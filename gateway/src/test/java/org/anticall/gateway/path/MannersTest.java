package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anticall.gateway.config.Answer;
import org.anticall.gateway.config.Answers;
import org.anticall.gateway.config.Labels;
import org.anticall.gateway.config.Manners;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Redirect;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a trunk's verdicts look on the wire. */
@Timeout(30)
class MannersTest {

    private static PathFixture with(Verdict verdict, Manners manners) throws IOException {
        PathFixture net = new PathFixture();
        net.judge = facts -> PathFixture.decision(verdict);
        net.manners = manners;
        return net.start();
    }

    private static Manners labels(Labels labels) {
        return new Manners(Answers.DEFAULT, labels, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "603 | 603 Decline | Q.850;cause=21;text=\"call rejected\"",
                "607 | 607 Unwanted | Q.850;cause=21;text=\"call rejected\"",
                "433 | 433 Anonymity Disallowed | Q.850;cause=24;text=\"call rejected due to anonymity\"",
                "404 | 404 Not Found | Q.850;cause=1;text=\"unallocated number\""
            })
    void aRejectionSaysWhatTheRuleSaysUnlessTheTrunkKnowsBetter(int status, String line, String reason)
            throws IOException {
        try (PathFixture net = with(new Verdict.Reject(status), Manners.DEFAULT)) {
            net.carrierSends(net.invite("plain-" + status));
            net.carrier.expect("SIP/2.0 100");
            assertEquals(reason, SipPeer.value(net.carrier.expect("SIP/2.0 " + line), "Reason"));
        }
    }

    @Test
    void aTrunkHasItsOwnWordForAStatusAndOneForAllOthers() throws IOException {
        Answers answers = new Answers(Map.of(
                603,
                Answer.networkBlocked("https://redress.example/"),
                608,
                new Answer(608, "", "", "<https://redress.example/card>;purpose=jwscard"),
                Answers.ANY,
                Answer.usual(403)));
        Manners manners = new Manners(answers, Labels.DEFAULT, null);
        try (PathFixture net = with(new Verdict.Reject(603), manners)) {
            net.carrierSends(net.invite("own-1"));
            net.carrier.expect("SIP/2.0 100");
            assertEquals(
                    "SIP;cause=603;text=\"v=analytics1;url=https://redress.example/\";location=RLN",
                    SipPeer.value(net.carrier.expect("SIP/2.0 603 Network Blocked\r\n"), "Reason"));
        }
        try (PathFixture net = with(new Verdict.Reject(608), manners)) {
            net.carrierSends(net.invite("own-2"));
            net.carrier.expect("SIP/2.0 100");
            String answer = net.carrier.expect("SIP/2.0 608 Rejected\r\n");
            assertEquals("<https://redress.example/card>;purpose=jwscard", SipPeer.value(answer, "Call-Info"));
            assertEquals(List.of(), SipPeer.values(answer, "Reason"));
        }
        try (PathFixture net = with(new Verdict.Reject(433), manners)) {
            net.carrierSends(net.invite("own-3"));
            net.carrier.expect("SIP/2.0 100");
            net.carrier.expect("SIP/2.0 403 Forbidden\r\n");
        }
    }

    @Test
    void aLadderThatEndsInARejectionUsesTheSameWord() throws IOException {
        Manners manners = new Manners(new Answers(Map.of(603, Answer.usual(607))), Labels.DEFAULT, null);
        try (PathFixture net = with(PathFixture.divert(LadderStep.REJECT), manners)) {
            net.carrierSends(net.invite("own-4"));
            net.carrier.expect("SIP/2.0 100");
            net.desk.send(net.gateway(), SipPeer.response(net.desk.expect("INVITE"), 480, "Full", "d"));
            net.carrier.expect("SIP/2.0 607 Unwanted");
        }
    }

    @Test
    void aLabelLooksAsTheNetworkBehindTheTrunkUnderstandsIt() throws IOException {
        Labels style = new Labels(
                false, "No-TN-Validation", "<https://cards.example/1>;purpose=info", "<urn:alert:category:unknown>");
        try (PathFixture net = with(new Verdict.Label("Spam?"), labels(style))) {
            net.carrierSends(
                    net.invite("label-1", "P-Asserted-Identity: <tel:+442071234567;verstat=TN-Validation-Passed>"));
            String invite = net.core.expect("INVITE");
            assertEquals("\"Bob\" <sip:+442071234567@carrier.example>;tag=f1", SipPeer.value(invite, "From"));
            assertEquals("<tel:+442071234567;verstat=No-TN-Validation>", SipPeer.value(invite, "P-Asserted-Identity"));
            assertEquals("<https://cards.example/1>;purpose=info", SipPeer.value(invite, "Call-Info"));
            assertEquals("<urn:alert:category:unknown>", SipPeer.value(invite, "Alert-Info"));
        }
        try (PathFixture net = with(new Verdict.Label("Spam?"), labels(new Labels(true, "", "", "")))) {
            net.carrierSends(
                    net.invite("label-2", "P-Asserted-Identity: <tel:+442071234567;verstat=TN-Validation-Passed>"));
            String invite = net.core.expect("INVITE");
            assertEquals("\"Spam?\" <tel:+442071234567>", SipPeer.value(invite, "P-Asserted-Identity"));
            assertFalse(invite.contains("verstat"), invite);
        }
    }

    @Test
    void aWithheldNumberWithALabelCarriesTheSameMarks() throws IOException {
        Labels style = new Labels(true, "TN-Validation-Failed", "", "<urn:alert:category:unknown>");
        try (PathFixture net = with(new Verdict.Withhold("Hidden"), labels(style))) {
            net.carrierSends(net.invite("label-3"));
            String invite = net.core.expect("INVITE");
            assertEquals("<urn:alert:category:unknown>", SipPeer.value(invite, "Alert-Info"));
            assertEquals("id", SipPeer.value(invite, "Privacy"));
        }
    }

    @Test
    void identityStaysAsItCameWhateverIsDone() throws IOException {
        String identity =
                "Identity: eyJhbGciOiJFUzI1NiJ9.e30.c2ln;info=<https://cert.example/a.pem>;alg=ES256;ppt=shaken";
        for (Verdict verdict : List.of(new Verdict.Label("x"), new Verdict.Withhold(""), new Verdict.Pass())) {
            try (PathFixture net = with(verdict, Manners.DEFAULT)) {
                net.carrierSends(net.invite("identity-1", identity));
                assertTrue(net.core.expect("INVITE").contains("\r\n" + identity + "\r\n"));
            }
        }
    }

    @Test
    void verstatOfANationalTrunkIsBelieved() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.trunkClass = TrunkClass.NATIONAL;
            net.start();
            String asserted = "P-Asserted-Identity: <tel:+77011234567;verstat=TN-Validation-Passed>";
            net.carrierSends(net.invite("national-1", asserted));
            assertTrue(net.core.expect("INVITE").contains(asserted));
        }
    }

    // ---- Redirect ----

    private static Manners redirect(int clean) {
        return new Manners(Answers.DEFAULT, Labels.DEFAULT, new Redirect(clean));
    }

    @Test
    void aRedirectedTrunkIsToldWhereTheDeskIsAndNothingIsForwarded() throws IOException {
        try (PathFixture net = with(PathFixture.divert(LadderStep.REJECT), redirect(404))) {
            String invite = net.invite("redirect-1");
            net.carrierSends(invite);
            net.carrier.expect("SIP/2.0 100");
            String moved = net.carrier.expect("SIP/2.0 302 Moved Temporarily");
            assertEquals(
                    "<sip:desk@" + SipPeer.text(net.desk.address()) + ";transport=udp?X-Anticall-Verdict="
                            + net.records.get(0).id() + ">",
                    SipPeer.value(moved, "Contact"));
            net.carrierSends(net.same("ACK", invite, SipPeer.value(moved, "To")));
            net.carrier.expectNothingFrom(net.gateway());
            net.desk.expectNothingFrom(net.gateway());
            net.core.expectNothingFrom(net.gateway());
        }
    }

    @ParameterizedTest
    @CsvSource({"404", "503"})
    void cleanCallsOfARedirectedTrunkGetItsOwnAnswer(int clean) throws IOException {
        for (Verdict verdict : List.of(new Verdict.Pass(), new Verdict.Label("x"), new Verdict.Withhold("x"))) {
            try (PathFixture net = with(verdict, redirect(clean))) {
                net.carrierSends(net.invite("redirect-2"));
                net.carrier.expect("SIP/2.0 100");
                net.carrier.expect("SIP/2.0 " + clean);
                net.core.expectNothingFrom(net.gateway());
                assertEquals(verdict.kind() == Verdict.Kind.PASS ? 0 : 1, net.records.size());
            }
        }
    }

    @Test
    void aRedirectedTrunkIsToldToBlock() throws IOException {
        try (PathFixture net = with(new Verdict.Reject(603), redirect(404))) {
            net.carrierSends(net.invite("redirect-3"));
            net.carrier.expect("SIP/2.0 100");
            net.carrier.expect("SIP/2.0 603 Decline");
            assertEquals(1, net.records.size());
        }
    }

    @Test
    void noRecordNoRedirectToTheDesk() throws IOException {
        PathFixture broken = new PathFixture();
        broken.judge = facts -> PathFixture.decision(PathFixture.divert(LadderStep.REJECT));
        broken.manners = redirect(404);
        broken.journal = line -> false;
        try (PathFixture net = broken.start()) {
            net.carrierSends(net.invite("redirect-4"));
            net.carrier.expect("SIP/2.0 100");
            net.carrier.expect("SIP/2.0 404");
        }
    }

    @Test
    void aFullDeskIsNotNamedToARedirectedTrunk() throws IOException {
        try (PathFixture net = with(PathFixture.divert(LadderStep.NEXT_DESK, LadderStep.REJECT), redirect(404))) {
            net.path.hops().all().stream().filter(hop -> hop.isDesk()).forEach(hop -> hop.hasPlaces(0, Long.MAX_VALUE));
            net.carrierSends(net.invite("redirect-5"));
            net.carrier.expect("SIP/2.0 100");
            net.carrier.expect("SIP/2.0 603");
        }
    }

    @Test
    void aboveTheLimitARedirectedTrunkCarriesOn() throws IOException {
        try (PathFixture net = new PathFixture()) {
            net.manners = redirect(404);
            net.overload = new OverloadSettings(1, 0, 0, Duration.ofSeconds(10));
            net.start();
            String invite = net.invite("redirect-6");
            net.carrierSends(invite);
            String clean = net.carrier.expect("SIP/2.0 404");
            net.carrierSends(net.same("ACK", invite, SipPeer.value(clean, "To")));
            net.core.expectNothingFrom(net.gateway());
        }
    }
}
