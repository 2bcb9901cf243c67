package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CallerMarksTest {

    private static final Verdict LABEL = new Verdict.Label("⚠ Spam?");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "Bob" <sip:+44207@x>;tag=1               | "⚠ Spam? Bob" <sip:+44207;verstat=TN-Validation-Failed@x>;tag=1
                    Bob the Builder <sip:+44207@x>;tag=1     | "⚠ Spam? Bob the Builder" <sip:+44207;verstat=TN-Validation-Failed@x>;tag=1
                    <sip:+44207@x>;tag=1                     | "⚠ Spam?" <sip:+44207;verstat=TN-Validation-Failed@x>;tag=1
                    sip:+44207@x;tag=1                       | "⚠ Spam?" <sip:+44207@x>;tag=1
                    <tel:+44207>;tag=1                       | "⚠ Spam?" <tel:+44207;verstat=TN-Validation-Failed>;tag=1
                    <sip:MICROSOFT@x>;tag=1                  | "⚠ Spam?" <sip:MICROSOFT@x>;tag=1
                    <sip:+44207;cpc=payphone@x>;tag=1        | "⚠ Spam?" <sip:+44207;cpc=payphone@x>;tag=1
                    <sip:+44207;verstat=TN-Validation-Passed@x>;tag=1 | "⚠ Spam?" <sip:+44207;verstat=TN-Validation-Failed@x>;tag=1
                    """)
    void aLabelStandsBeforeTheName(String from, String expected) throws IOException {
        try (PathFixture net = PathFixture.with(LABEL)) {
            net.carrierSends(net.invite("label-1", "From: " + from, new String[0]));
            assertEquals(expected, SipPeer.value(net.core.expect("INVITE"), "From"));
        }
    }

    @Test
    void aLabelStandsInEveryAssertedIdentityToo() throws IOException {
        try (PathFixture net = PathFixture.with(LABEL)) {
            net.carrierSends(net.invite(
                    "label-2",
                    "P-Asserted-Identity: \"A, B\" <sip:+44207@x>, <tel:+44207;verstat=TN-Validation-Passed>",
                    "P-Asserted-Identity: <sip:third@x>"));
            String invite = net.core.expect("INVITE");
            assertEquals(
                    List.of(
                            "\"⚠ Spam? A, B\" <sip:+44207;verstat=TN-Validation-Failed@x>, \"⚠ Spam?\" <tel:+44207>",
                            "\"⚠ Spam?\" <sip:third@x>"),
                    SipPeer.values(invite, "P-Asserted-Identity"));
            assertEquals("\"⚠ Spam? Bob\" <sip:+442071234567@carrier.example>;tag=f1", SipPeer.value(invite, "From"));
            assertEquals(1, net.records.size());
        }
    }

    @Test
    void upstreamGetsBackTheFromItWrote() throws IOException {
        for (Verdict verdict : List.of(LABEL, new Verdict.Withhold(""))) {
            try (PathFixture net = PathFixture.with(verdict)) {
                net.carrierSends(net.invite("label-3"));
                net.carrier.expect("SIP/2.0 100");
                String invite = net.core.expect("INVITE");
                String ok = SipPeer.response(invite, 200, "OK", "t1", "Contact: <sip:c@127.0.0.1:9>");
                net.core.send(net.gateway(), ok);
                String own = "\"Bob\" <sip:+442071234567@carrier.example>;tag=f1";
                assertEquals(own, SipPeer.value(net.carrier.expect("SIP/2.0 200"), "From"));
                net.core.send(net.gateway(), ok);
                assertEquals(own, SipPeer.value(net.carrier.expect("SIP/2.0 200"), "From"));

                net.core.send(
                        net.gateway(),
                        "BYE sip:+442071234567@" + SipPeer.text(net.carrier.address()) + " SIP/2.0\r\n"
                                + "Via: SIP/2.0/UDP " + SipPeer.text(net.core.address()) + ";branch=z9hG4bKb\r\n"
                                + "Route: " + SipPeer.value(invite, "Record-Route") + "\r\nFrom: "
                                + SipPeer.value(invite, "To") + ";tag=t1\r\nTo: " + SipPeer.value(invite, "From")
                                + "\r\nCall-ID: label-3\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n");
                String bye = net.carrier.expect("BYE");
                assertEquals(
                        "<sip:+442071234567@" + SipPeer.text(net.carrier.address()) + ">;tag=f1",
                        SipPeer.value(bye, "To"));
                assertEquals("70", SipPeer.value(bye, "Max-Forwards"));
            }
        }
    }

    @Test
    void aWithheldNumberStaysForTheNetworkOnly() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Withhold(""))) {
            net.carrierSends(net.invite("hide-1"));
            String invite = net.core.expect("INVITE");
            assertEquals("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=f1", SipPeer.value(invite, "From"));
            assertEquals("<sip:+442071234567@carrier.example>", SipPeer.value(invite, "P-Asserted-Identity"));
            assertEquals("id", SipPeer.value(invite, "Privacy"));
        }
        try (PathFixture net = PathFixture.with(new Verdict.Withhold("Spam?"))) {
            net.carrierSends(net.invite("hide-2", "P-Asserted-Identity: <tel:+447>", "Privacy: user;critical"));
            String invite = net.core.expect("INVITE");
            assertEquals("\"Spam?\" <sip:anonymous@anonymous.invalid>;tag=f1", SipPeer.value(invite, "From"));
            assertEquals("user;critical;id", SipPeer.value(invite, "Privacy"));
            assertEquals(1, SipPeer.values(invite, "P-Asserted-Identity").size());
        }
        try (PathFixture net = PathFixture.with(new Verdict.Withhold(""))) {
            net.carrierSends(net.invite("hide-3", "Privacy: none"));
            assertEquals("id", SipPeer.value(net.core.expect("INVITE"), "Privacy"));
            net.carrierSends(net.invite("hide-4", "Privacy: header; ID"));
            assertEquals("header; ID", SipPeer.value(net.core.expect("INVITE"), "Privacy"));
        }
    }

    @Test
    void verificationOfAForeignPeerIsNotPassedOn() throws IOException {
        String[] lines = {
            "P-Asserted-Identity: <tel:+44207;verstat=TN-Validation-Passed;npdi>, <sip:+44207;verstat=TN-Validation-Passed@x;user=phone>"
        };
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("vs-1", lines));
            assertEquals(
                    "<tel:+44207;npdi>, <sip:+44207@x;user=phone>",
                    SipPeer.value(net.core.expect("INVITE"), "P-Asserted-Identity"));
        }
        try (PathFixture net = new PathFixture()) {
            net.trunkClass = TrunkClass.NATIONAL;
            net.start();
            net.carrierSends(net.invite("vs-2", lines));
            assertTrue(net.core.expect("INVITE").contains(lines[0]), "a national peer is trusted");
        }
    }

    @Test
    void headersOfThisProductNeitherComeFromNorGoToACarrier() throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            net.carrierSends(net.invite("own-1", "X-Anticall-Bypass: 1", "x-ANTICALL-Release: 2"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.core.expect("INVITE");
            assertFalse(invite.toLowerCase(Locale.ROOT).contains("x-anticall"), invite);
            net.core.send(net.gateway(), SipPeer.response(invite, 180, "Ringing", "t1", "X-Anticall-Rule: leak"));
            assertFalse(net.carrier.expect("SIP/2.0 180").contains("X-Anticall"));
        }
    }
}
