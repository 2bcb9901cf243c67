package org.anticall.gateway.sip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** SIP text as messages. */
final class Texts {

    static final String INVITE =
            """
            INVITE sip:+77172555555@127.0.0.1;user=phone SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport
            From: "A" <sip:+442071234567@x>;tag=f
            To: <sip:+77172555555@y>
            Call-ID: c1
            CSeq: 1 INVITE
            Max-Forwards: 70
            Content-Length: 4

            body""";

    private Texts() {}

    /** {@code text} with network line ends. */
    static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text.replace("\n", "\r\n"), StandardCharsets.UTF_8);
    }

    static SipMessage read(String text) {
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        SipFault fault = message.read(buffer(text));
        if (fault != SipFault.NONE) {
            throw new AssertionError(fault + " in\n" + text);
        }
        return message;
    }

    static SipFault fault(String text) {
        return new SipMessage(SipLimits.DEFAULT).read(buffer(text));
    }

    static String text(SipMessage message, long slice) {
        return slice == Slice.NONE ? "none" : SipText.string(message.bytes(), Slice.start(slice), Slice.end(slice));
    }
}
