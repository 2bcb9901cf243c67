package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamFramingTest {

    private static final String HEAD = "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c\r\n";

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static void assertFound(int length, String text) {
        StreamFraming framing = new StreamFraming(1000, 100);
        assertEquals(StreamFraming.Found.MESSAGE, framing.find(buffer(text)), text);
        assertEquals(length, framing.length(), text);
    }

    private static void assertFault(SipFault fault, String text) {
        StreamFraming framing = new StreamFraming(1000, 100);
        assertEquals(StreamFraming.Found.FAULT, framing.find(buffer(text)), text);
        assertEquals(fault, framing.fault(), text);
    }

    @Test
    void theLengthIsReadHoweverItIsWritten() {
        for (String line : new String[] {
            "Content-Length: 4", "l:4", "L \t:\t4 ", "CONTENT-length :  0004", "Content-Length:\r\n 4", "l: 4\r\n "
        }) {
            String head = HEAD + line + "\r\nX: l: 9\r\n";
            assertFound(head.length() + 2 + 4, head + "\r\nbodyINVITE");
        }
    }

    @Test
    void whatOnlyLooksLikeALengthIsNone() {
        for (String line :
                new String[] {"X-Content-Length: 4", "Content-Lengthy: 4", "ll: 4", "X: y\r\n l: 4", "l 4"}) {
            assertFault(SipFault.NO_CONTENT_LENGTH, HEAD + line + "\r\n\r\nbody");
        }
    }

    @Test
    void aLengthThatCannotBeReadOrIsSaidTwiceIsAFault() {
        for (String line : new String[] {"l:", "l: x", "l: 4x", "l: +4", "l: -4", "l: 4 4", "l: 4, 4", "l: 4\r\n 4"}) {
            assertFault(SipFault.CONTENT_LENGTH, HEAD + line + "\r\n\r\nbody");
        }
        assertFault(SipFault.TWICE, HEAD + "l: 4\r\nContent-Length: 4\r\n\r\nbody");
        assertFault(SipFault.TWICE, HEAD + "l: 4\r\nl: 5\r\n\r\nbody");
    }

    @Test
    void everyLimitIsWhereItIsSaidToBe() {
        assertFound(HEAD.length() + 10 + 99, HEAD + "l: 099\r\n\r\n" + "x".repeat(99));
        assertFound(HEAD.length() + 10 + 100, HEAD + "l: 100\r\n\r\n" + "x".repeat(100));
        assertFault(SipFault.BODY_TOO_LONG, HEAD + "l: 101\r\n\r\n" + "x".repeat(101));
        for (int size = 999; size <= 1001; size++) {
            String end = "l: 0\r\n\r\n";
            String text = HEAD + "X: " + "y".repeat(size - HEAD.length() - 5 - end.length()) + "\r\n" + end;
            assertEquals(size, text.length());
            if (size <= 1000) {
                assertFound(size, text);
            } else {
                assertFault(SipFault.HEADERS_TOO_LONG, text);
            }
        }
        assertFault(SipFault.HEADERS_TOO_LONG, HEAD + "X: " + "y".repeat(1000));
        assertFault(SipFault.URI_TOO_LONG, "OPTIONS sip:" + "y".repeat(1000));
    }

    @Test
    void untilTheLastByteIsThereMoreIsNeeded() {
        String text = HEAD + "l: 4\r\n\r\nbody";
        StreamFraming framing = new StreamFraming(1000, 100);
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < text.length() - 1; i++) {
            in.writeByte(text.charAt(i));
            assertEquals(StreamFraming.Found.MORE, framing.find(in));
        }
        in.writeByte('y');
        assertEquals(StreamFraming.Found.MESSAGE, framing.find(in));
        assertEquals(text.length(), framing.length());
    }

    @Test
    void twoEmptyLinesAreAKeepAliveAndOneIsNone() {
        StreamFraming framing = new StreamFraming(1000, 100);
        assertEquals(0, framing.consumeKeepAlives(buffer("\r")));
        assertEquals(0, framing.consumeKeepAlives(buffer("\r\n")));
        assertEquals(1, framing.consumeKeepAlives(buffer("\r\n")));
        assertEquals(2, framing.consumeKeepAlives(buffer("\r\n\r\n\r\n\r\n\r\n")));
        ByteBuf begun = buffer("\r\nOPTIONS");
        assertEquals(1, framing.consumeKeepAlives(begun));
        assertEquals("OPTIONS", begun.toString(StandardCharsets.US_ASCII));
    }
}
