package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that can arrive makes the reader throw or look outside the message: many messages that are nearly right. */
class ScannerFuzzTest {

    private final ReadChecks checks = new ReadChecks();

    @Test
    void mutatedMessagesNeverMakeItThrowNorReadOutside() {
        Mutations mutations = new Mutations(42);
        String seed = Texts.INVITE
                .replace(
                        "To:",
                        "P-Asserted-Identity: \"x\" <sip:+1@y>, <tel:+2>\nHistory-Info: <sip:a@b>;index=1;mp=1\nRoute: <sip:r;lr>, <sip:s>\nTo:")
                .replace("\n", "\r\n");
        int read = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = mutations.of(seed, 5).getBytes(StandardCharsets.UTF_8);
            read += checks.asDatagram(bytes) ? 1 : 0;
            if (round % 10 == 0) {
                checks.asStream(bytes);
            }
        }
        assertTrue(read > 5_000, "mutations leave some messages whole: " + read);
    }

    @Test
    void randomBytesNeverMakeItThrow() {
        Random random = new Random(1);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            checks.asDatagram(bytes);
            checks.asStream(bytes);
        }
        assertEquals(SipFault.NO_START_LINE, new SipMessage(SipLimits.DEFAULT).read(Unpooled.EMPTY_BUFFER));
    }
}
