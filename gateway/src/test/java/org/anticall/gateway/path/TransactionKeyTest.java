package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.junit.jupiter.api.Test;

class TransactionKeyTest {

    private static final String INVITE =
            """
            INVITE sip:a@b SIP/2.0
            Via: SIP/2.0/UDP h:5070;branch=z9hG4bKx
            From: <sip:a@b>;tag=1
            To: <sip:a@b>
            Call-ID: c
            CSeq: 1 INVITE

            """
                    .replace("\n", "\r\n");

    private final KeyHash hash = PathSecret.random().hash();
    private final TransactionKey keys = new TransactionKey(hash);

    @Test
    void cancelAndAckHaveTheKeyOfTheirInvite() {
        assertTrue(same(INVITE, INVITE.replace("INVITE", "CANCEL")));
        assertTrue(same(INVITE, INVITE.replace("INVITE", "ACK").replace("To: <sip:a@b>", "To: <sip:a@b>;tag=2")));
        assertTrue(same(INVITE, INVITE.replace("Call-ID: c", "Call-ID: other")));
        assertFalse(same(INVITE, INVITE.replace("z9hG4bKx", "z9hG4bKy")));
        assertFalse(same(INVITE, INVITE.replace("h:5070", "h:5071")));
        assertFalse(same(INVITE, INVITE.replace("h:5070", "g:5070")));
    }

    @Test
    void withoutTheMagicCookieTheOldFieldsCount() {
        String old = INVITE.replace("z9hG4bKx", "1");
        assertTrue(same(old, old.replace("INVITE", "ACK").replace("To: <sip:a@b>", "To: <sip:a@b>;tag=2")));
        assertFalse(same(old, old.replace("Call-ID: c", "Call-ID: other")));
        assertFalse(same(old, old.replace("CSeq: 1", "CSeq: 2")));
        assertFalse(same(old, old.replace("INVITE sip:a@b", "INVITE sip:c@b")));
        assertFalse(same(old, old.replace("tag=1", "tag=2")));
    }

    private boolean same(String one, String other) {
        long[] first = key(one);
        long[] second = key(other);
        assertEquals(first[0] == second[0], first[1] == second[1]);
        return first[0] == second[0];
    }

    private long[] key(String text) {
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        assertEquals(SipFault.NONE, message.read(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
        keys.read(message);
        return new long[] {hash.high(), hash.low()};
    }
}
