package org.anticall.ops.media;

/** The two codings of telephone sound (ITU-T G.711), read as linear samples. */
final class G711 {

    private static final int MU_BIAS = 0x84;

    private G711() {}

    /** A-law, as in Europe and Asia. */
    static short fromALaw(byte coded) {
        int value = (coded & 0xff) ^ 0x55;
        int segment = (value >> 4) & 7;
        int magnitude = ((value & 0x0f) << 4) | 8;
        if (segment > 0) {
            magnitude = (magnitude | 0x100) << (segment - 1);
        }
        return (short) ((value & 0x80) != 0 ? magnitude : -magnitude);
    }

    /** Mu-law, as in America and Japan. */
    static short fromMuLaw(byte coded) {
        int value = ~coded & 0xff;
        int magnitude = ((((value & 0x0f) << 3) + MU_BIAS) << ((value >> 4) & 7)) - MU_BIAS;
        return (short) ((value & 0x80) != 0 ? -magnitude : magnitude);
    }
}
