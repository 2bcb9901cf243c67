package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipEditsTest {

    private final SipMessage message = Texts.read(Texts.INVITE);
    private final SipEdits edits = new SipEdits();

    private String applied() {
        ByteBuf out = edits.apply(message, UnpooledByteBufAllocator.DEFAULT);
        try {
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            out.release();
        }
    }

    @Test
    void withoutEditsEveryByteIsTheSame() {
        assertEquals(Texts.INVITE.replace("\n", "\r\n"), applied());
    }

    @Test
    void editsInAnyOrderAreMadeWhereTheyBelong() {
        edits.insert(message.headersEnd()).put(SipText.bytes("X-Last: 1\r\n"));
        edits.removeLine(message, message.first(HeaderId.MAX_FORWARDS));
        edits.replace(message.uriStart(), message.uriEnd())
                .put(SipText.bytes("sip:"))
                .put(42L)
                .put('@')
                .put('h');
        edits.insert(message.lineStart(message.first(HeaderId.VIA))).put(SipText.bytes("Via: 1\r\n"));
        edits.insert(message.lineStart(message.first(HeaderId.VIA))).put(SipText.bytes("Via: 2\r\n"));
        assertEquals(
                Texts.INVITE
                        .replace("sip:+77172555555@127.0.0.1;user=phone", "sip:42@h")
                        .replace("Max-Forwards: 70\n", "")
                        .replace("Via:", "Via: 1\nVia: 2\nVia:")
                        .replace("Length: 4\n", "Length: 4\nX-Last: 1\n")
                        .replace("\n", "\r\n"),
                applied());
    }

    @Test
    void anInsertionComesBeforeARemovalAtTheSamePlace() {
        int line = message.first(HeaderId.VIA);
        edits.removeLine(message, line);
        edits.insert(message.lineStart(line)).put(SipText.bytes("Via: new\r\n"));
        assertEquals(Texts.INVITE.replaceFirst("Via: .*\n", "Via: new\n").replace("\n", "\r\n"), applied());
    }

    @Test
    void overlappingEditsAreAnError() {
        edits.remove(10, 20);
        edits.remove(15, 25);
        assertThrows(IllegalStateException.class, this::applied);
    }

    @Test
    void numbersAreWrittenInDecimal() {
        for (long number : new long[] {0, 9, 10, 65535, Long.MAX_VALUE}) {
            edits.clear().insert(0).put(number);
            assertEquals(number + Texts.INVITE.replace("\n", "\r\n"), applied());
        }
    }

    @Test
    void manyEditsGiveWhatAStringBuilderGives() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder expected = new StringBuilder(Texts.INVITE.replace("\n", "\r\n"));
            edits.clear();
            for (int at = expected.length() - 12; at > 0; at -= 12 + random.nextInt(20)) {
                int length = random.nextInt(10);
                String text = "<" + random.nextInt(1000) + ">".repeat(random.nextInt(80));
                edits.replace(at, at + length).put(SipText.bytes(text));
                expected.replace(at, at + length, text);
            }
            assertEquals(expected.toString(), applied());
        }
    }
}
