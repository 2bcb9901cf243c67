package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SipMessageTest {

    @Test
    void aRequestIsIndexed() {
        SipMessage message = Texts.read(Texts.INVITE);
        assertTrue(message.isRequest());
        assertEquals(Method.INVITE, message.method());
        assertEquals(
                "sip:+77172555555@127.0.0.1;user=phone",
                SipText.string(message.bytes(), message.uriStart(), message.uriEnd()));
        assertEquals("c1", message.text(HeaderId.CALL_ID));
        assertEquals(1, message.cseq());
        assertEquals(70, message.maxForwards());
        assertFalse(message.hasToTag());
        assertEquals("body", SipText.string(message.bytes(), message.bodyStart(), message.end()));
        assertEquals("z9hG4bKa", Texts.text(message, message.topVia().branch()));
        assertEquals("", Texts.text(message, message.topVia().rport()));
        assertEquals(Slice.NONE, message.topVia().received());
    }

    @Test
    void aResponseIsIndexedWithTheMethodOfItsCSeq() {
        SipMessage message = Texts.read(
                """
                SIP/2.0 180
                v: SIP / 2.0 / UDP [2001:db8::1]:5062 ; received=192.0.2.7 ;branch = z9hG4bKb , SIP/2.0/UDP b
                f: a <sip:a@b>;tag=1
                t: sip:c@d;tag=2
                i: x
                CSeq: 2147483647   PRACK

                """);
        assertFalse(message.isRequest());
        assertEquals(180, message.status());
        assertEquals(Method.PRACK, message.method());
        assertTrue(message.hasToTag());
        assertEquals(5062, message.topVia().port());
        assertEquals("z9hG4bKb", Texts.text(message, message.topVia().branch()));
        assertEquals("192.0.2.7", Texts.text(message, message.topVia().received()));
        assertEquals(2, Lists.count(message, HeaderId.VIA));
    }

    @Test
    void foldedHeadersCompactFormsAndOddSpacingAreRead() {
        SipMessage message = Texts.read(Texts.INVITE
                .replace("Via:", "v   :")
                .replace("To: <", "TO\t:\n\t<")
                .replace("Content-Length: 4", "l:4")
                .replace("CSeq: 1 INVITE", "cSEQ:\n 1\n  INVITE"));
        assertEquals("<sip:+77172555555@y>", message.text(HeaderId.TO));
        assertEquals(1, message.cseq());
    }

    @Test
    void emptyLinesBeforeAndBytesBehindAreNotPartOfTheMessage() {
        SipMessage message = Texts.read("\n\n" + Texts.INVITE + "garbage");
        assertEquals(4, message.start());
        assertEquals("body", SipText.string(message.bytes(), message.bodyStart(), message.end()));
    }

    @Test
    void aMessageIsReadAnewEachTime() {
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        message.read(Texts.buffer(Texts.INVITE.replace("Max-Forwards", "Route: <sip:r>\nPrivacy: id\nMax-Forwards")));
        assertTrue(message.has(HeaderId.ROUTE));
        message.read(Texts.buffer(Texts.INVITE.replace("Max-Forwards: 70\n", "")));
        assertFalse(message.has(HeaderId.ROUTE));
        assertFalse(message.has(HeaderId.PRIVACY));
        assertEquals(-1, message.maxForwards());
    }

    static Stream<Arguments> faults() {
        String ok = Texts.INVITE;
        return Stream.of(
                Arguments.of(SipFault.NO_START_LINE, ""),
                Arguments.of(SipFault.NO_START_LINE, "\n"),
                Arguments.of(SipFault.NO_START_LINE, "INVITE\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "INVITE sip:a@b\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "IN<VITE sip:a@b SIP/2.0\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "GET / HTTP/1.1\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "SIP/2.0 99 Low\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "SIP/2.0 700 High\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "SIP/2.0 2000 OK\n\n"),
                Arguments.of(SipFault.NO_START_LINE, "SIP/3.0 200 OK\n\n"),
                Arguments.of(SipFault.NO_BLANK_LINE, "INVITE sip:a@b SIP/2.0\nVia: x\n"),
                Arguments.of(SipFault.NO_BLANK_LINE, "INVITE sip:a@b SIP/2.0\nVia: x"),
                Arguments.of(SipFault.NO_VIA, ok.replace("Via", "X-Via")),
                Arguments.of(SipFault.VERSION, ok.replace("SIP/2.0\nVia", "SIP/7.0\nVia")),
                Arguments.of(SipFault.URI_SCHEME, ok.replace("INVITE sip:+7", "INVITE foo:+7")),
                Arguments.of(SipFault.REQUEST_URI, ok.replace("INVITE sip:+7", "INVITE <sip:+7")),
                Arguments.of(SipFault.REQUEST_URI, ok.replace("INVITE sip:+77172", "INVITE sip:+77 172")),
                Arguments.of(SipFault.REQUEST_URI, ok.replace("@127.0.0.1;", "@127.0.0.1:99999;")),
                Arguments.of(SipFault.REQUEST_URI, ok.replace("INVITE sip:+77172555555@127", "INVITE sip:@127")),
                Arguments.of(SipFault.CONTROL_CHARACTER, ok.replace("Call-ID: c1", "Call-ID: c1\0")),
                Arguments.of(SipFault.CONTROL_CHARACTER, ok.replace("Max-Forwards: 70", "Max-Forwards: 70\r")),
                Arguments.of(SipFault.HEADER_LINE, ok.replace("To:", "no colon\nTo:")),
                Arguments.of(SipFault.HEADER_LINE, ok.replace("To:", ": no name\nTo:")),
                Arguments.of(SipFault.HEADER_LINE, ok.replace("Via:", " Via:")),
                Arguments.of(SipFault.VIA, ok.replace("SIP/2.0/UDP", "SIP/2.0")),
                Arguments.of(SipFault.VIA, ok.replace("192.0.2.1:5060", "192.0.2.1:x")),
                Arguments.of(SipFault.FROM, ok.replace("From:", "X-From:")),
                Arguments.of(SipFault.FROM, ok.replace("\"A\" <", "\"A <")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "<sip:+77172555555@y")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "")),
                Arguments.of(SipFault.CALL_ID, ok.replace("Call-ID: c1\n", "")),
                Arguments.of(SipFault.CALL_ID, ok.replace("Call-ID: c1\n", "Call-ID: \n")),
                Arguments.of(SipFault.CSEQ, ok.replace("CSeq: 1", "CSeq: 2147483648")),
                Arguments.of(SipFault.CSEQ, ok.replace("CSeq: 1 INVITE", "CSeq: 1INVITE")),
                Arguments.of(SipFault.CSEQ, ok.replace("CSeq: 1 INVITE", "CSeq: INVITE")),
                Arguments.of(SipFault.CSEQ, ok.replace("CSeq: 1 INVITE", "CSeq: -1 INVITE")),
                Arguments.of(SipFault.CSEQ_METHOD, ok.replace("CSeq: 1 INVITE", "CSeq: 1 OPTIONS")),
                Arguments.of(SipFault.CSEQ_METHOD, ok.replace("CSeq: 1 INVITE", "CSeq: 1 invite")),
                Arguments.of(SipFault.CONTENT_LENGTH, ok.replace("Content-Length: 4", "Content-Length: 5")),
                Arguments.of(SipFault.CONTENT_LENGTH, ok.replace("Content-Length: 4", "Content-Length: -4")),
                Arguments.of(SipFault.CONTENT_LENGTH, ok.replace("Content-Length: 4", "Content-Length: 99999999999")),
                Arguments.of(SipFault.CONTENT_LENGTH, ok.replace("Content-Length: 4", "Content-Length: four")),
                Arguments.of(SipFault.MAX_FORWARDS, ok.replace("Max-Forwards: 70", "Max-Forwards: 256")),
                Arguments.of(SipFault.MAX_FORWARDS, ok.replace("Max-Forwards: 70", "Max-Forwards: x")),
                Arguments.of(SipFault.TWICE, ok.replace("Content-Length: 4", "Content-Length: 4\nl: 4")),
                Arguments.of(SipFault.TWICE, ok.replace("Call-ID: c1", "Call-ID: c1\ni: c1")),
                Arguments.of(SipFault.TWICE, ok.replace("CSeq: 1 INVITE", "CSeq: 1 INVITE\nCSeq: 1 INVITE")),
                Arguments.of(SipFault.TWICE, ok.replace("To:", "From: <sip:b@c>\nTo:")),
                Arguments.of(SipFault.TWICE, ok.replace("To:", "t: <sip:b@c>\nTo:")),
                Arguments.of(SipFault.TWICE, ok.replace("Max-Forwards: 70", "Max-Forwards: 70\nMax-Forwards: 70")),
                Arguments.of(SipFault.TOO_MANY_HOPS, ok.replace("To:", "Via: SIP/2.0/UDP a\n".repeat(70) + "To:")),
                Arguments.of(
                        SipFault.TOO_MANY_HOPS, ok.replace("To:", "Route: <sip:a>" + ",<sip:a>".repeat(70) + "\nTo:")),
                Arguments.of(SipFault.NONE, ok.replace("To:", "Via: SIP/2.0/UDP a\n".repeat(69) + "To:")),
                Arguments.of(SipFault.NONE, ok.replace("To:", "X: y\n".repeat(121) + "To:")),
                Arguments.of(SipFault.TOO_MANY_HEADERS, ok.replace("To:", "X: y\n".repeat(122) + "To:")),
                Arguments.of(SipFault.REQUEST_LINE, ok.replace("SIP/2.0\nVia", "SIP/2.0 \nVia")),
                Arguments.of(SipFault.REQUEST_URI, ok.replace(";user=phone", ";user=phone?Subject=x")),
                Arguments.of(SipFault.NONE, ok.replace("sip:+77172555555@", uriOf(2048))),
                Arguments.of(SipFault.URI_TOO_LONG, ok.replace("sip:+77172555555@", uriOf(2049))),
                Arguments.of(SipFault.HEADER_LINE, ok.replace("Max-Forwards: 70", "Max-Forwards: 70\n ")),
                Arguments.of(SipFault.CONTROL_CHARACTER, ok.replace("\"A\"", "\"A\\\0\"")),
                Arguments.of(SipFault.NONE, ok.replace("\"A\"", "\"A\\\7\"")),
                Arguments.of(SipFault.VIA, ok.replace(";rport", ";rport;branch=z9hG4bKb")),
                Arguments.of(SipFault.VIA, ok.replace(";branch=", ";bra\n nch=")),
                Arguments.of(SipFault.VIA, ok.replace(";rport", ";rp ort")),
                Arguments.of(SipFault.NONE, ok.replace(";rport", "\n ; rport ; ttl\n = 1")),
                Arguments.of(SipFault.FROM, ok.replace(";tag=f", ";ta\n g=f")),
                Arguments.of(SipFault.FROM, ok.replace(";tag=f", ";x=<;tag=f")),
                Arguments.of(SipFault.FROM, ok.replace(";tag=f", ";tag=")),
                Arguments.of(SipFault.FROM, ok.replace(";tag=f", ";tag")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "tel:+77172555555tag=t")),
                Arguments.of(SipFault.NONE, ok.replace("<sip:+77172555555@y>", "tel:+7(717)255-55.55;tag=t")),
                Arguments.of(SipFault.NONE, ok.replace(";tag=f", ";x=\"<;a@b\";tag=f")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "sip:+77172555555;x=1@y")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "sip:+77172555555@y?Subject=x")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "foo:+77172555555;x=1")),
                Arguments.of(SipFault.NONE, ok.replace("<sip:+77172555555@y>", "foo:+77172555555")),
                Arguments.of(SipFault.NONE, ok.replace("<sip:+77172555555@y>", "<foo:+77172555555>;x=1")),
                Arguments.of(SipFault.NONE, ok.replace("<sip:+77172555555@y>", "sip:+77172555555@y;x=1")),
                Arguments.of(SipFault.UNBRACKETED, ok.replace("To:", "m: sip:a;b@c\nTo:")),
                Arguments.of(SipFault.UNBRACKETED, ok.replace("To:", "Contact: sip:a@b?Route=c\nTo:")),
                Arguments.of(SipFault.UNBRACKETED, ok.replace("To:", "P-Asserted-Identity: <tel:+1>, sip:+7;x@c\nTo:")),
                Arguments.of(SipFault.UNBRACKETED, ok.replace("To:", "Diversion: sip:+7;x@c\nTo:")),
                Arguments.of(SipFault.NONE, ok.replace("To:", "m: sip:a@c;b\nDiversion: <sip:+7;x@c>\nTo:")),
                Arguments.of(SipFault.VIA, ok.replace(";rport", ";;rport")),
                Arguments.of(SipFault.VIA, ok.replace(";rport", ";rport, ,SIP/2.0/UDP b")),
                Arguments.of(SipFault.VIA, ok.replace(";rport", ";rport,")),
                Arguments.of(SipFault.FROM, ok.replace(";tag=f", ";tag=f;tag=g")),
                Arguments.of(SipFault.FROM, ok.replace(";tag=f", ";tag=f, <sip:b@c>")),
                Arguments.of(SipFault.FROM, ok.replace("\"A\"", "A, B")),
                Arguments.of(SipFault.TO, ok.replace("<sip:+77172555555@y>", "sip:+77172555555@y,sip:b@c")),
                Arguments.of(SipFault.TOO_LONG, ok + "x".repeat(SipLimits.DEFAULT.maxBytes())));
    }

    private static String uriOf(int length) {
        return "sip:" + "1".repeat(length - "sip:@127.0.0.1;user=phone".length()) + "@";
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsWrongIsNamed(SipFault expected, String text) {
        assertEquals(expected, Texts.fault(text));
    }

    @Test
    void aBareLineFeedIsNoLineEnd() {
        ByteBuf bare = Unpooled.copiedBuffer(
                Texts.INVITE.replace("\n", "\r\n").replace("70\r\n", "70\n"), StandardCharsets.US_ASCII);
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        assertEquals(SipFault.CONTROL_CHARACTER, message.read(bare));
        assertTrue(message.isAnswerable());
    }

    @Test
    void whatIsCopiedIntoAnswersMustBeClean() {
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        assertEquals(
                SipFault.CONTROL_CHARACTER,
                message.read(Texts.buffer(Texts.INVITE.replace("Call-ID: c1", "Call-ID: c\0"))));
        assertFalse(message.isAnswerable());
    }

    @Test
    void theLimitOfBytesIsExact() {
        SipLimits limits = new SipLimits(512, 128, 32, 8);
        String text =
                Texts.INVITE.replace("Content-Length: 4", "Content-Length: 004").replace("\n", "\r\n");
        for (int size : new int[] {511, 512, 513}) {
            String padded = text.replace("To:", "X: " + "y".repeat(size - text.length() - 5) + "\r\nTo:");
            ByteBuf datagram = Unpooled.copiedBuffer(padded, StandardCharsets.US_ASCII);
            assertEquals(size, datagram.readableBytes());
            assertEquals(size > 512 ? SipFault.TOO_LONG : SipFault.NONE, new SipMessage(limits).read(datagram));
        }
    }
}
