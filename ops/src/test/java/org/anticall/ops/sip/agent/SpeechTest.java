package org.anticall.ops.sip.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpeechTest {

    @Test
    void everySampleIsCodedAsTheNearestStepOfItsSegment() {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int off = Math.abs(decoded(Speech.aLaw(sample)) - sample);
            assertTrue(off <= Math.max(16, Math.abs(sample) / 32), sample + " is " + off + " off");
        }
        assertEquals((byte) 0xd5, Speech.aLaw(0));
    }

    /** ITU-T G.711, table 1a. */
    private static int decoded(byte coded) {
        int value = (coded & 0xff) ^ 0x55;
        int segment = (value >> 4) & 7;
        int magnitude = (value & 0x0f) << 4 | 8;
        if (segment > 0) {
            magnitude = (magnitude | 0x100) << (segment - 1);
        }
        return (value & 0x80) == 0 ? -magnitude : magnitude;
    }
}
