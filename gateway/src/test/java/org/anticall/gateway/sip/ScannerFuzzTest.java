package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that can arrive makes the reader throw or look outside the message. */
class ScannerFuzzTest {

    private static final String[] PIECES = {
        "\r\n",
        "\r",
        "\n",
        "\0",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "<",
        ">",
        "\"",
        "\\",
        "@",
        "%",
        "=",
        "[",
        "]",
        "SIP/2.0",
        "Via: ",
        "v:",
        "sip:",
        "tel:",
        "branch=",
        "tag=",
        "rport",
        "received=",
        "CSeq: ",
        "Content-Length: 1\r\n",
        "1",
        "\u00e9",
        "History-Info: ",
        "P-Asserted-Identity: ",
        "\r\n\r\n",
        "Route: "
    };

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final AssertedIdentity asserted = new AssertedIdentity();
    private final Redirection redirection = new Redirection();

    @Test
    void mutatedMessagesNeverMakeItThrowNorReadOutside() {
        Random random = new Random(42);
        String seed = Texts.INVITE
                .replace(
                        "To:",
                        "P-Asserted-Identity: \"x\" <sip:+1@y>, <tel:+2>\nHistory-Info: <sip:a@b>;index=1;mp=1\nRoute: <sip:r;lr>, <sip:s>\nTo:")
                .replace("\n", "\r\n");
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            for (int edits = random.nextInt(5); edits >= 0; edits--) {
                mutate(random, text);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > SipLimits.DEFAULT.maxBytes()) {
                continue;
            }
            SipFault fault = message.read(Unpooled.wrappedBuffer(bytes));
            if (fault == SipFault.NONE) {
                read++;
                look(bytes.length);
            }
        }
        assertTrue(read > 10_000, "mutations leave some messages whole: " + read);
    }

    private static void mutate(Random random, StringBuilder text) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(6));
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 1 -> text.delete(at, to);
            case 2 -> text.setCharAt(at, (char) random.nextInt(256));
            default -> text.insert(at, text.substring(at, to));
        }
        if (text.length() == 0) {
            text.append('I');
        }
    }

    private void look(int length) {
        assertTrue(message.end() <= length);
        assertTrue(message.bodyStart() <= message.end());
        int before = message.startLineEnd();
        for (int line = 0; line < message.headers(); line++) {
            assertEquals(before, message.lineStart(line));
            assertTrue(message.lineStart(line) < message.nameEnd(line));
            assertTrue(message.nameEnd(line) <= message.valueStart(line));
            assertTrue(message.valueStart(line) <= message.valueEnd(line));
            assertTrue(message.valueEnd(line) <= message.lineEnd(line) - 2);
            before = message.lineEnd(line);
        }
        assertEquals(before, message.headersEnd());
        inside(asserted.find(message), length);
        inside(redirection.redirecting(message), length);
        inside(message.topVia().branch(), length);
        inside(message.topVia().rport(), length);
        Redirection.lastIndex(message);
    }

    private static void inside(long slice, int length) {
        if (slice != Slice.NONE) {
            assertTrue(Slice.start(slice) <= Slice.end(slice) && Slice.end(slice) <= length);
        }
    }

    @Test
    void randomBytesNeverMakeItThrow() {
        Random random = new Random(1);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            message.read(Unpooled.wrappedBuffer(bytes));
        }
        assertEquals(SipFault.NO_START_LINE, message.read(Unpooled.EMPTY_BUFFER));
    }

    /** Where both readers take a mutated message, they must agree on what decides over a call. */
    @Test
    void itAgreesWithAnotherParserOnWhatItTakes() {
        Random random = new Random(5);
        StringMsgParser parser = new StringMsgParser();
        String seed = Texts.INVITE.replace("\n", "\r\n");
        int compared = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seed);
            mutate(random, text);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (message.read(Unpooled.wrappedBuffer(bytes)) != SipFault.NONE || !message.isRequest()) {
                continue;
            }
            SIPMessage other;
            try {
                other = parser.parseSIPMessage(bytes, true, false, (exception, sip, type, header, whole) -> {
                    throw exception;
                });
            } catch (Exception refused) {
                continue;
            }
            if (other instanceof SIPRequest request && request.getCallId() != null && request.getCSeq() != null) {
                compared++;
                assertEquals(request.getCSeq().getSeqNumber(), message.cseq(), text::toString);
                assertEquals(request.getCallId().getCallId(), message.text(HeaderId.CALL_ID), text::toString);
                assertEquals(request.hasToTag(), message.hasToTag(), text::toString);
                assertEquals(
                        request.getTopmostVia().getBranch(),
                        Slice.isPresent(message.topVia().branch())
                                ? Texts.text(message, message.topVia().branch())
                                : null,
                        text::toString);
            }
        }
        assertTrue(compared > 5_000, "compared " + compared);
    }
}
