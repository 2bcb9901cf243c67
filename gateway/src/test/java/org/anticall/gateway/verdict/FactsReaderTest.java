package org.anticall.gateway.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.config.Trust;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.PartyNumber;
import org.junit.jupiter.api.Test;

class FactsReaderTest {

    private static final String INVITE =
            """
            INVITE sip:+77172555555;npdi;rn=+77170000000@192.0.2.9;user=phone SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds;rport
            From: "A" <sip:+442071234567@192.0.2.1;user=phone>;tag=1928301774
            To: <sip:+77172555555@192.0.2.9>
            Call-ID: a84b4c76e66710@192.0.2.1
            CSeq: 1 INVITE
            Max-Forwards: 70
            Contact: <sip:+442071234567@192.0.2.1:5060>
            Content-Type: application/sdp
            Content-Length: %d

            %s""";
    private static final String SDP =
            """
            v=0
            o=sbc 2890844526 2890844526 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 49172 RTP/AVP 8 0 101
            a=rtpmap:101 telephone-event/8000
            a=ptime:20
            """;
    private static final String FROM = "From: \"A\" <sip:+442071234567@192.0.2.1;user=phone>;tag=1928301774\n";
    private static final Trust NOTHING = new Trust(false, false, false, false, false);

    private final LoopCache outbound = new LoopCache();
    private final FactsReader reader = new FactsReader(RuleBook.forHome("KZ").numbers(), outbound);

    @Test
    void anOrdinaryCallHasItsNumbersAndNothingOdd() {
        CallFacts facts = read(invite());
        assertEquals("+442071234567", PartyNumber.format(facts.presented()));
        assertEquals("+77172555555", PartyNumber.format(facts.callee()), "T38: without rn and npdi");
        assertEquals(PartyNumber.ABSENT, facts.asserted());
        assertEquals(PartyNumber.ABSENT, facts.secondAsserted());
        assertEquals(PartyNumber.ABSENT, facts.remoteParty());
        assertEquals(PartyNumber.ABSENT, facts.redirecting());
        assertEquals(Privacy.NONE, facts.privacy());
        assertEquals(Verstat.NONE, facts.verstat());
        assertEquals(Attestation.NONE, facts.attestation());
        assertEquals(UserAgentFamily.ABSENT, facts.userAgent());
        assertEquals(Mark.NONE, facts.marks());
        assertFalse(facts.returning());
        assertNotEquals(0, facts.fingerprint());
    }

    @Test
    void theAssertedNumberIsTelBeforeSipAndTheOtherOneIsKept() {
        CallFacts facts = read(invite(
                "P-Asserted-Identity: \"A, B\" <sip:+442071110000@x;user=phone>, <tel:+442071119999;cpc=ordinary>"));
        assertEquals("+442071119999", PartyNumber.format(facts.asserted()));
        assertEquals("+442071110000", PartyNumber.format(facts.secondAsserted()));
        assertFalse(facts.has(Mark.SECOND_ASSERTED), "one tel and one sip are allowed");
    }

    @Test
    void twoAssertedNumbersOfOneSchemeAreMarked() {
        CallFacts facts = read(invite(
                "P-Asserted-Identity: <sip:+442071110000@x;user=phone>",
                "P-Asserted-Identity: <sip:+442071119999@x;user=phone>"));
        assertEquals("+442071110000", PartyNumber.format(facts.asserted()));
        assertEquals("+442071119999", PartyNumber.format(facts.secondAsserted()));
        assertTrue(facts.has(Mark.SECOND_ASSERTED));
    }

    @Test
    void whatATrunkIsNotBelievedIsNoFact() {
        String invite = invite(
                "P-Asserted-Identity: <tel:+77011234567>",
                "Remote-Party-ID: <sip:+77012222222@x>;party=calling",
                "P-Preferred-Identity: <sip:+77013333333@x>",
                "Diversion: <tel:+77014444444>;reason=unconditional",
                "Privacy: id");
        CallFacts nothing = read(invite, NOTHING);
        assertEquals(PartyNumber.ABSENT, nothing.asserted());
        assertEquals(PartyNumber.ABSENT, nothing.remoteParty());
        assertEquals(PartyNumber.ABSENT, nothing.redirecting());
        assertEquals(Privacy.NONE, nothing.privacy());
        assertEquals("+442071234567", PartyNumber.format(nothing.caller()));
        CallFacts usual = read(invite);
        assertEquals("+77011234567", PartyNumber.format(usual.asserted()));
        assertEquals(PartyNumber.ABSENT, usual.remoteParty());
        assertEquals("+77014444444", PartyNumber.format(usual.redirecting()));
        assertEquals(Privacy.ID, usual.privacy());
    }

    @Test
    void olderHeadersCountOnlyWhereTheTrunkSaysSoAndNothingIsAsserted() {
        String older = invite(
                "Remote-Party-ID: <sip:+77012222222@x>;party=calling", "P-Preferred-Identity: <sip:+77013333333@x>");
        Trust both = new Trust(true, true, true, true, true);
        assertEquals("+77012222222", PartyNumber.format(read(older, both).asserted()));
        assertEquals("+77012222222", PartyNumber.format(read(older, both).remoteParty()));
        Trust preferred = new Trust(true, false, true, true, true);
        assertEquals("+77013333333", PartyNumber.format(read(older, preferred).asserted()));
        CallFacts differing =
                read(invite("P-Asserted-Identity: <tel:+77011234567>", "Remote-Party-ID: <sip:+77012222222@x>"), both);
        assertEquals("+77011234567", PartyNumber.format(differing.asserted()));
        assertEquals("+77012222222", PartyNumber.format(differing.remoteParty()), "D15 compares the two");
    }

    @Test
    void theStrongestPrivacyCounts() {
        Map<String, Privacy> values = Map.of(
                "none", Privacy.NONE,
                "id", Privacy.ID,
                "ID ; critical", Privacy.ID,
                "user;header", Privacy.USER,
                "header", Privacy.HEADER,
                "session;critical", Privacy.OTHER,
                "history", Privacy.OTHER);
        values.forEach((value, expected) ->
                assertEquals(expected, read(invite("Privacy: " + value)).privacy(), value));
        assertEquals(Privacy.ID, read(invite("Privacy: header", "Privacy: id")).privacy());
    }

    @Test
    void aCallerWhoWantsToBeHiddenIsAnonymousAndStillAsserted() {
        CallFacts facts = read(invite("P-Asserted-Identity: <tel:+442071119999>", "Privacy: id")
                .replace(FROM, "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1928301774\n"));
        assertEquals(PartyNumber.ANONYMOUS, facts.presented());
        assertEquals("+442071119999", PartyNumber.format(facts.caller()));
        assertTrue(facts.privacyRequested());
    }

    @Test
    void parametersOfTheUserPartAreReadAndAreNotPartOfTheNumber() {
        CallFacts facts = read(invite("P-Asserted-Identity:"
                + " <sip:+442071119999;verstat=TN-Validation-Passed-A;cpc=payphone;phone-context=+7@x;user=phone>"));
        assertEquals("+442071119999", PartyNumber.format(facts.asserted()));
        assertEquals(Verstat.PASSED, facts.verstat());
        assertTrue(facts.has(Mark.CPC_PAYPHONE));
        assertTrue(facts.has(Mark.HOME_PHONE_CONTEXT));
        assertFalse(facts.has(Mark.USER_NOT_PHONE));
        CallFacts tel = read(invite("P-Asserted-Identity: <tel:+77011234567;rn=+77019999999;npdi;cpc=test>"));
        assertEquals("+77011234567", PartyNumber.format(tel.asserted()), "T38");
        assertTrue(tel.has(Mark.CPC_TEST));
        assertTrue(read(invite("P-Asserted-Identity: <tel:+77011234567;cpc=operator>"))
                .has(Mark.CPC_OPERATOR));
        assertTrue(read(invite("P-Asserted-Identity: <sip:+77011234567@x>")).has(Mark.USER_NOT_PHONE));
    }

    @Test
    void claimsOfVerificationAreReadAsClaimed() {
        String from = "From: <sip:+442071234567;verstat=%s@192.0.2.1;user=phone>;tag=1928301774\n";
        Map<String, Verstat> claims = Map.of(
                "TN-Validation-Passed", Verstat.PASSED,
                "tn-validation-failed", Verstat.FAILED,
                "TN-Validation-Failed-C", Verstat.FAILED,
                "No-TN-Validation", Verstat.NO_VALIDATION,
                "Maybe", Verstat.NONE);
        claims.forEach((text, expected) -> assertEquals(
                expected, read(invite().replace(FROM, from.formatted(text))).verstat(), text));
    }

    @Test
    void theAttestationIsTheClaimOfTheFirstIdentityThatHasOne() {
        assertEquals(Attestation.A, read(invite("Identity: " + identity("A"))).attestation());
        assertEquals(Attestation.B, read(invite("y: " + identity("B"))).attestation());
        assertEquals(
                Attestation.C,
                read(invite("Identity: e30.e30.c2ln;info=<https://x>;ppt=div", "Identity: " + identity("C")))
                        .attestation());
        for (String broken : List.of("", "x", "..", "e30..sig", "e30.%%%.sig", identity("D"), identity("AA"))) {
            assertEquals(Attestation.NONE, read(invite("Identity: " + broken)).attestation(), broken);
        }
    }

    @Test
    void whatIdentityHeadersAreFoundToBeIsAFact() {
        assertEquals(Passport.NONE, read(invite()).passport());
        assertEquals(
                Passport.NONE,
                read(invite("Identity: e30.e30.c2ln;info=<https://x>;ppt=rcd")).passport());
        assertEquals(
                Passport.INVALID,
                read(invite("Identity: " + identity("A"))).passport(),
                "the signature of ES256 is longer");
        assertEquals(
                Passport.INVALID,
                read(invite("y: x.y.z;info=<http://127.0.0.1:8080/>;alg=none")).passport());
        String fresh = identity("B").replace("c2lnbmF0dXJl", "A".repeat(86));
        assertEquals(Passport.BAD_INFO, read(invite("Identity: " + fresh)).passport(), "the host has no domain");
    }

    private static String identity(String attestation) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String head = "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"https://x/c.pem\"}";
        String claims = "{\"attest\":\"" + attestation
                + "\",\"dest\":{\"tn\":[\"77172555555\"]},\"iat\":1790000000,\"origid\":\"7\",\"orig\":{\"tn\":\"442071234567\"}}";
        return encoder.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl;info=<https://x/c.pem>;alg=ES256;ppt=\"shaken\"";
    }

    @Test
    void whoForwardedLastIsReadFromHistoryInfoElseDiversion() {
        assertEquals(
                "+77014444444",
                PartyNumber.format(
                        read(invite("Diversion: <tel:+77014444444>;reason=no-answer", "Diversion: <tel:+77015555555>"))
                                .redirecting()));
        assertEquals(
                "+77016666666",
                PartyNumber.format(read(invite(
                                "History-Info: <sip:+77016666666@x;user=phone>;index=1,"
                                        + " <sip:+77172555555@y;cause=408>;index=1.1;mp=1",
                                "Diversion: <tel:+77014444444>"))
                        .redirecting()));
    }

    @Test
    void theProgramIsTakenByItsFamily() {
        assertEquals(
                UserAgentFamily.EXCHANGE,
                read(invite("User-Agent: Asterisk PBX 18.2")).userAgent());
        assertEquals(
                UserAgentFamily.SCANNER,
                read(invite("User-Agent: friendly-scanner")).userAgent());
        assertEquals(
                UserAgentFamily.SIM_GATEWAY, read(invite("User-Agent: GoIP4")).userAgent());
        assertEquals(UserAgentFamily.OTHER, read(invite("User-Agent: SBC/9")).userAgent());
    }

    @Test
    void whatLiesBehindThePeerIsMarked() {
        assertTrue(
                read(invite("Via: SIP/2.0/UDP 10.1.2.3:5060;branch=z9hG4bKx")).has(Mark.INNER_VIA));
        assertTrue(read(invite("Via: SIP/2.0/UDP 172.31.0.1;branch=z9hG4bKx")).has(Mark.INNER_VIA));
        assertFalse(read(invite("Via: SIP/2.0/UDP 172.32.0.1;branch=z9hG4bKx")).has(Mark.INNER_VIA));
        assertFalse(read(invite("Via: SIP/2.0/UDP sbc.example;branch=z9hG4bKx")).has(Mark.INNER_VIA));
        assertTrue(read(invite("X-Asterisk-HangupCause: 16")).has(Mark.VENDOR_HEADER));
        assertTrue(read(invite("X-CID: 1")).has(Mark.VENDOR_HEADER));
        assertFalse(read(invite("X-Correlation: 1")).has(Mark.VENDOR_HEADER));
        String invite = invite();
        assertTrue(read(invite.replace("Contact: <sip:+442071234567@192.0.2.1", "Contact: <sip:a@192.0.2.66"))
                .has(Mark.CONTACT_ELSEWHERE));
        assertFalse(read(invite.replace("Contact: <sip:+442071234567@192.0.2.1", "Contact: <sip:a@sbc.example"))
                .has(Mark.CONTACT_ELSEWHERE));
        assertTrue(read(invite.replace("IN IP4 192.0.2.1\ns=", "IN IP4 192.0.2.2\ns="))
                .has(Mark.SESSION_ELSEWHERE));
        assertTrue(read(invite.replace(FROM, "From: <sip:100@1.1.1.1>;tag=1928301774\n"))
                .has(Mark.SCANNER_ADDRESS));
        assertTrue(
                read(invite.replace(FROM, "From: <sip:nm@nm>;tag=1928301774\n")).has(Mark.SCANNER_ADDRESS));
    }

    @Test
    void anOddSessionIsMarked() {
        String invite = invite();
        assertTrue(read(invite.replace("RTP/AVP 8 0 101", "RTP/AVP 18")).has(Mark.ONLY_G729));
        assertFalse(read(invite.replace("RTP/AVP 8 0 101", "RTP/AVP 18 101")).has(Mark.ONLY_G729));
        assertTrue(read(invite.replace("ptime:20", "ptime:40")).has(Mark.ODD_PACKET_TIME));
    }

    @Test
    void aCallThatWentAbroadAMomentAgoReturns() {
        long second = Duration.ofSeconds(1).toNanos();
        outbound.sent(77011234567L, 0);
        String returning = invite("P-Asserted-Identity: <tel:+77011234567>");
        assertTrue(read(returning, Trust.DEFAULT, 120 * second).returning());
        assertFalse(read(returning, Trust.DEFAULT, 121 * second).returning());
        assertFalse(read(invite(), Trust.DEFAULT, second).returning());
    }

    @Test
    void theFingerprintIsOfTheProgramAndNotOfTheCall() {
        long print = read(invite()).fingerprint();
        String other = invite().replace("+442071234567", "+905321234567")
                .replace("+77172555555", "+77015550000")
                .replace("z9hG4bK776asdhds", "z9hG4bK981klmqwe")
                .replace("a84b4c76e66710@192.0.2.1", "9ab11c76e00321@192.0.2.1")
                .replace("tag=1928301774", "tag=8800123")
                .replace("2890844526", "17")
                .replace("49172", "50002");
        assertEquals(print, read(other).fingerprint());
        List<String> differing = List.of(
                invite().replace("Max-Forwards: 70\n", "").replace("Via:", "Max-Forwards: 70\nVia:"),
                invite().replace("From:", "f:"),
                invite("User-Agent: SBC"),
                invite().replace(";rport", ""),
                invite().replace("a84b4c76e66710@192.0.2.1", "a84b4c76e66710"),
                invite().replace("tag=1928301774", "tag=a9-b8"),
                invite().replace("CSeq: 1 ", "CSeq: 102 "),
                invite("Allow: INVITE, ACK"),
                invite("Supported: timer"),
                invite().replace(":5060>\n", ":5060;transport=udp>\n"),
                invite().replace("o=sbc", "o=root"),
                invite().replace("s=-", "s=session"),
                invite().replace("8 0 101", "0 8 101"),
                invite().replace("ptime:20", "ptime:30"));
        for (String message : differing) {
            assertNotEquals(print, read(message).fingerprint(), message);
        }
        assertNotEquals(
                read(invite("Allow: INVITE, ACK")).fingerprint(),
                read(invite("Allow: ACK, INVITE")).fingerprint());
        assertEquals(
                read(invite("User-Agent: SBC 9.1")).fingerprint(),
                read(invite("User-Agent: SBC 9.2")).fingerprint());
    }

    @Test
    void aCallWithoutBodyOrContactHasFactsToo() {
        String bare =
                """
                INVITE sip:87272501234@192.0.2.9 SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
                From: <sip:87272501234@x>;tag=1
                To: <sip:1@x>
                Call-ID: 1
                CSeq: 1 INVITE
                Content-Length: 0

                """;
        CallFacts facts = read(bare);
        assertEquals("+77272501234", PartyNumber.format(facts.presented()), "T15");
        assertNotEquals(0, facts.fingerprint());
    }

    private static String invite(String... lines) {
        String more =
                String.join("", List.of(lines).stream().map(line -> line + "\n").toList());
        return INVITE.formatted(0, SDP).replace("Content-Type:", more + "Content-Type:");
    }

    private CallFacts read(String text) {
        return read(text, Trust.DEFAULT);
    }

    private CallFacts read(String text, Trust trust) {
        return read(text, trust, 0);
    }

    private CallFacts read(String text, Trust trust, long nowNanos) {
        int body = text.indexOf("\n\n") + 2;
        int length = text.substring(body).replace("\n", "\r\n").length();
        String wire = text.replace("Content-Length: 0\n", "Content-Length: " + length + "\n")
                .replace("\n", "\r\n");
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        SipFault fault = message.read(Unpooled.copiedBuffer(wire, StandardCharsets.UTF_8));
        assertEquals(SipFault.NONE, fault, text);
        Trunk trunk = new Trunk(
                "transit",
                TrunkClass.INTERNATIONAL,
                List.of(),
                "core",
                Trunk.OnOverload.PASS,
                new Contract(trust, Contract.DEFAULT.terms()),
                TrunkLimits.NONE);
        return reader.read(message, trunk, SipText.bytes("192.0.2.1"), 0, nowNanos);
    }
}
