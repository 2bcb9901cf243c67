package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** INVITEs that are odd and right: they go on with every byte they came with, but for what a proxy adds and counts. */
@Timeout(30)
class OddInvitesTest {

    private static final String ISUP = "--b1\r\nContent-Type: application/sdp\r\n\r\n" + PathFixture.SDP
            + "\r\n--b1\r\nContent-Type: application/isup;version=itu-t92+\r\nContent-Disposition: signal;handling=optional"
            + "\r\n\r\n\u0001\u0000\u0011\u007f\r\nINVITE sip:x@y SIP/2.0\r\n--b1--\r\n";

    /**
     * One way to be odd.
     *
     * @param change what is done to an ordinary INVITE
     */
    record Odd(String name, UnaryOperator<String> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Odd line(String name, String line) {
        return new Odd(name, invite -> invite.replace("Max-Forwards:", line + "\r\nMax-Forwards:"));
    }

    private static Odd uri(String name, String uri) {
        return new Odd(name, invite -> invite.replaceFirst("INVITE \\S+", "INVITE " + uri));
    }

    static Stream<Odd> odd() {
        return Stream.of(
                uri("tel URI", "tel:+77172555555"),
                uri("tel URI with parameters", "tel:+7-7172-55-55-55;npdi;rn=+77019999999"),
                uri("sips URI", "sips:+77172555555@core.example"),
                uri("maddr and transport are not followed", "sip:+77172555555@192.0.2.1;maddr=192.0.2.9;transport=tcp"),
                uri("IPv6 literal", "sip:+77172555555@[2001:db8::1]:5070;user=phone"),
                uri("user parameters", "sip:+77172555555;phone-context=+7;tgrp=x@gw.example;user=phone"),
                uri("escapes", "sip:%2B77172555555@gw.example;method=INVITE"),
                uri("a name with a final dot", "sip:+77172555555@gw.example."),
                new Odd("version in lower case", invite -> invite.replace("SIP/2.0\r\n", "sip/2.0\r\n")
                        .replace("SIP/2.0/UDP", "sip/2.0/udp")),
                new Odd("names in upper and lower case", OddInvitesTest::shouting),
                new Odd("compact names", invite -> invite.replace("Via:", "v:")
                        .replace("From:", "f:")
                        .replace("To:", "t:")
                        .replace("Call-ID:", "i:")
                        .replace("Contact:", "m:")
                        .replace("Content-Type:", "c:")
                        .replace("Content-Length:", "l:")),
                new Odd("folded lines", invite -> invite.replace("From: ", "From:\r\n ")
                        .replace("To: <", "To\t :\r\n\t <")
                        .replace("CSeq: 1 ", "CSeq: 1\r\n   ")),
                new Odd("spaces in Via", invite -> invite.replace("SIP/2.0/UDP ", "SIP / 2.0 / UDP  ")
                        .replace(";branch", " ; branch")),
                new Odd("empty lines before it", invite -> "\r\n\r\n" + invite),
                new Odd("bytes behind it", invite -> invite + "BYE sip:x SIP/2.0\r\n\r\n"),
                new Odd("no length", invite -> invite.replaceFirst("Content-Length: \\d+\r\n", "")),
                new Odd("a length with zeros", invite -> invite.replace("Content-Length: ", "Content-Length: 000")),
                new Odd("no Contact", invite -> invite.replaceFirst("Contact: \\S+\r\n", "")),
                new Odd("no Max-Forwards", invite -> invite.replace("Max-Forwards: 70\r\n", "")),
                new Odd("most hops there are", invite -> invite.replace("Max-Forwards: 70", "Max-Forwards: 255")),
                new Odd("highest CSeq", invite -> invite.replace("CSeq: 1 ", "CSeq: 2147483647 ")),
                new Odd("a long Call-ID", invite -> invite.replaceFirst("Call-ID: ", "Call-ID: " + "x".repeat(2000))),
                new Odd("a long name", invite -> invite.replace("\"Bob\"", "\"" + "Bob ".repeat(800) + "\"")),
                new Odd(
                        "a name in UTF-8 with quotes",
                        invite -> invite.replace("\"Bob\"", "\"Асем \\\"<sip:a@b>\\\"\"")),
                new Odd(
                        "sixty-nine Via of others",
                        invite -> invite.replace(
                                "From:", "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKx\r\n".repeat(69) + "From:")),
                new Odd("a multipart body with binary in it", invite -> invite.replace(
                                "application/sdp", "multipart/mixed;boundary=b1")
                        .replaceFirst(
                                "Content-Length: \\d+\r\n\r\n(?s).*", "Content-Length: " + ISUP.length() + "\r\n\r\n")
                        .concat(ISUP)),
                line("two Route of others", "Route: <sip:192.0.2.1;lr>, <sip:b.example>"),
                line("two Contact", "Contact: <sip:b@192.0.2.1>;q=0.5"),
                line("headers nobody knows", "X-Odd: \t ,;=<>\"\\\r\nP-Charging-Vector: icid-value=1;orig-ioi=x"),
                line("a subject in Kazakh", "Subject: Сәлем, \u007f\u00ff"),
                line("a header without value", "Supported:"),
                line(
                        "session timers and 100rel",
                        "Session-Expires: 90;refresher=uac\r\nMin-SE: 90\r\nRequire: 100rel"));
    }

    private static String shouting(String invite) {
        StringBuilder out = new StringBuilder();
        boolean upper = false;
        for (String line : invite.substring(0, invite.indexOf("\r\n\r\n")).split("\r\n", -1)) {
            int colon = out.isEmpty() ? 0 : line.indexOf(':');
            String name = line.substring(0, colon);
            out.append(upper ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT))
                    .append(line.substring(colon))
                    .append("\r\n");
            upper = !upper;
        }
        return out + invite.substring(invite.indexOf("\r\n\r\n") + 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void itGoesOnAsItCame(Odd odd) throws IOException {
        try (PathFixture net = PathFixture.with(new Verdict.Pass())) {
            String sent = odd.change.apply(net.invite("odd-1"));
            net.carrierSends(sent);
            String trying = net.carrier.receive();
            assertTrue(trying.startsWith("SIP/2.0 100"), () -> trying);
            assertEquals(expected(sent), withoutOurs(net.core.receive()));
        }
    }

    /** What came without the empty lines before and the bytes behind, one hop further. */
    private static String expected(String sent) {
        String text = sent.replaceFirst("^(\r\n)+", "");
        text = text.replaceFirst("BYE sip:x SIP/2.0\r\n\r\n$", "");
        String counted = text.replaceFirst("(?i)(max-forwards): 70", "$1: 69").replaceFirst(": 255", ": 254");
        return counted.equals(text) ? text.replaceFirst("\r\n\r\n", "\r\nMax-Forwards: 70\r\n\r\n") : counted;
    }

    private static String withoutOurs(String forwarded) {
        List<String> lines = new ArrayList<>(List.of(forwarded.split("(?<=\r\n)", -1)));
        assertTrue(lines.removeIf(line -> line.contains("z9hG4bKacj")), forwarded);
        assertTrue(lines.removeIf(line -> line.contains(";lr;at=")), forwarded);
        return String.join("", lines);
    }

    @Test
    void aTelUriIsTakenToTheDeskWithItsHistory() throws IOException {
        try (PathFixture net = PathFixture.with(PathFixture.divert(LadderStep.PASS))) {
            net.carrierSends(net.invite("odd-2").replaceFirst("INVITE \\S+", "INVITE tel:+77172555555"));
            net.carrier.expect("SIP/2.0 100");
            String invite = net.desk.expect("INVITE sip:desk@");
            assertEquals(
                    "<tel:+77172555555>;index=1",
                    SipPeer.values(invite, "History-Info").get(0));
            assertTrue(SipPeer.value(invite, "Diversion").startsWith("<tel:+77172555555>"), invite);
        }
    }
}
