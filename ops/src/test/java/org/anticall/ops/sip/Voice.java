package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A WAV file with the voice of a test: a tone in bursts, because a steady one is taken for noise and suppressed. */
final class Voice {

    private static final int HERTZ = 48_000;

    private Voice() {}

    /** Eight seconds of {@code pitch}, 0.6 s on and 0.3 s off. */
    static Path write(Path file, int pitch) throws IOException {
        return write(file, pitch, 8);
    }

    /** So many seconds of it. */
    static Path write(Path file, int pitch, int seconds) throws IOException {
        int samples = HERTZ * seconds;
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes(US_ASCII));
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(HERTZ).putInt(2 * HERTZ);
        wav.putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(US_ASCII))
                .putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            boolean on = i % (HERTZ * 9 / 10) < HERTZ * 6 / 10;
            wav.putShort((short) (on ? 8_000 * Math.sin(2 * Math.PI * pitch * i / HERTZ) : 0));
        }
        return Files.write(file, wav.array());
    }
}
