package org.anticall.rules.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Deflate (RFC 1951) without a frame: how contents and changes travel. What is unpacked is bounded before it begins. */
final class Packing {

    private static final int CHUNK_BYTES = 64 * 1024;

    /** Lists of millions are packed whenever they change: five times as quick, for a seventh more bytes. */
    private static final int QUICKLY_FROM_BYTES = 1 << 20;

    private Packing() {}

    static byte[] deflate(byte[] content) {
        int level = content.length < QUICKLY_FROM_BYTES ? Deflater.DEFAULT_COMPRESSION : Deflater.BEST_SPEED;
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, content.length / 3));
            byte[] chunk = new byte[CHUNK_BYTES];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * Unpacks into {@code room}.
     *
     * @param what is packed, for messages
     * @return how much came
     * @throws DamagedBundleException if more comes than fits, or the stream does not end where the bytes do
     */
    static int inflate(ByteBuffer packed, byte[] room, String what) throws DamagedBundleException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            int at = 0;
            while (!inflater.finished() && at < room.length) {
                int more = inflater.inflate(room, at, room.length - at);
                if (more == 0 && !inflater.finished()) {
                    throw new DamagedBundleException(what + " does not unpack");
                }
                at += more;
            }
            // The end of the stream may still stand after the last byte, another byte may not.
            if (!inflater.finished() && (inflater.inflate(new byte[1]) > 0 || !inflater.finished())) {
                throw new DamagedBundleException(what + " is longer than its manifest says");
            }
            if (inflater.getRemaining() > 0) {
                throw new DamagedBundleException(what + " has bytes after its end");
            }
            return at;
        } catch (DataFormatException wrong) {
            throw new DamagedBundleException(what + " does not unpack: " + wrong.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** What {@code packed} holds: its length and its SHA-256 in hex. */
    record Measured(int bytes, String sha256) {}

    /**
     * Unpacks to nowhere, a chunk at a time.
     *
     * @param most bytes that may come
     * @param what is packed, for messages
     * @throws DamagedBundleException if more comes, or the stream does not end where the bytes do
     */
    static Measured measure(ByteBuffer packed, int most, String what) throws DamagedBundleException {
        MessageDigest digest = Digests.sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            int bytes = 0;
            while (!inflater.finished()) {
                int more = inflater.inflate(chunk);
                if (more == 0 && !inflater.finished()) {
                    throw new DamagedBundleException(what + " does not unpack");
                }
                if (more > most - bytes) {
                    throw new DamagedBundleException(what + " is longer than its manifest says");
                }
                bytes += more;
                digest.update(chunk, 0, more);
            }
            if (inflater.getRemaining() > 0) {
                throw new DamagedBundleException(what + " has bytes after its end");
            }
            return new Measured(bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (DataFormatException wrong) {
            throw new DamagedBundleException(what + " does not unpack: " + wrong.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** The content of {@code packed}, which is known to be sound, as a stream. */
    static InputStream open(byte[] packed) {
        Inflater inflater = new Inflater(true);
        return new InflaterInputStream(new ByteArrayInputStream(packed), inflater, CHUNK_BYTES) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }
}
