package org.anticall.ops.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * What a caller on hold hears: a slow broken chord, composed here so that no relay needs a file. 8 kHz, 8 bits, one bar of
 * four seconds that the relay repeats.
 */
final class MusicOnHold {

    private static final int HERTZ = 8_000;
    private static final int SECONDS = 4;

    /** A minor seventh, up and down, half a second a note. */
    private static final double[] NOTES = {220.00, 261.63, 329.63, 392.00, 440.00, 392.00, 329.63, 261.63};

    private static final String WAV = new String(wav(), ISO_8859_1);

    private MusicOnHold() {}

    /** The dictionary that lets the party with this tag hear it until it is stopped. */
    static Map<String, Object> towards(String tag) {
        return Map.of("from-tag", tag, "blob", WAV, "repeat-times", 1_000);
    }

    private static byte[] wav() {
        int samples = HERTZ * SECONDS;
        ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(ISO_8859_1)).putInt(36 + samples).put("WAVEfmt ".getBytes(ISO_8859_1));
        head.putInt(16).putShort((short) 1).putShort((short) 1).putInt(HERTZ).putInt(HERTZ);
        head.putShort((short) 1).putShort((short) 8);
        head.put("data".getBytes(ISO_8859_1)).putInt(samples);
        ByteArrayOutputStream wav = new ByteArrayOutputStream(44 + samples);
        wav.writeBytes(head.array());
        int note = samples / NOTES.length;
        for (int i = 0; i < samples; i++) {
            double seconds = (double) (i % note) / HERTZ;
            double pitch = 2 * Math.PI * NOTES[i / note] * seconds;
            double swell = Math.min(1, seconds / 0.02) * Math.exp(-3 * seconds);
            wav.write((int) (128 + 60 * swell * (Math.sin(pitch) + 0.3 * Math.sin(2 * pitch))));
        }
        return wav.toByteArray();
    }
}
