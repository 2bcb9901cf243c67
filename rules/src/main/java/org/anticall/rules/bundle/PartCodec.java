package org.anticall.rules.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One part as it travels. The signature covers a part's content, not how it is packed: a part sent whole and the same part
 * sent as a change have the same digest. The length of the content is known from the manifest before unpacking begins and
 * is all that unpacking ever allocates.
 *
 * <pre>
 * form       1 byte    1 whole, 2 changed
 * base       32 bytes  only if changed: SHA-256 of the part it was before
 * length     4 bytes   of what follows, big endian
 * packed               deflate (RFC 1951) of the content, or of the change (PartDelta)
 * </pre>
 */
final class PartCodec {

    private static final byte WHOLE = 1;
    private static final byte CHANGED = 2;
    /** A change is never longer than the content it stands for; a shorter one is bounded by what it makes. */
    private static final int DELTA_SLACK_BYTES = 64;

    private PartCodec() {}

    static byte[] whole(byte[] content) {
        byte[] packed = deflate(content);
        return ByteBuffer.allocate(1 + Integer.BYTES + packed.length)
                .put(WHOLE)
                .putInt(packed.length)
                .put(packed)
                .array();
    }

    /** {@code content} as a change of {@code base}, or whole where the change would be no shorter. */
    static byte[] changed(byte[] content, byte[] base, String baseSha256) {
        byte[] delta = PartDelta.between(base, content);
        if (delta.length >= content.length) {
            return whole(content);
        }
        byte[] packed = deflate(delta);
        return ByteBuffer.allocate(1 + Digests.BYTES + Integer.BYTES + packed.length)
                .put(CHANGED)
                .put(HexFormat.of().parseHex(baseSha256))
                .putInt(packed.length)
                .put(packed)
                .array();
    }

    /** Reads the part that {@code part} announces and checks it against its digest. */
    static byte[] read(ByteBuffer in, Manifest.Part part, @Nullable VerifiedBundle base) throws DamagedBundleException {
        byte form = need(in, 1, part).get();
        byte[] content;
        if (form == WHOLE) {
            content = new byte[(int) part.bytes()];
            if (inflate(packed(in, part), content, part) != content.length) {
                throw damaged(part, "is shorter than its manifest says");
            }
        } else if (form == CHANGED) {
            byte[] digest = new byte[Digests.BYTES];
            need(in, Digests.BYTES, part).get(digest);
            byte[] before = base == null ? null : base.byDigest(HexFormat.of().formatHex(digest));
            ByteBuffer packed = packed(in, part);
            if (before == null) {
                throw new DamagedBundleException(
                        Refusal.MISSING_BASE, "part " + part.name() + " is a change of a part that is not here");
            }
            byte[] room = new byte[(int) Math.min(part.bytes() + DELTA_SLACK_BYTES, Integer.MAX_VALUE - 8)];
            int length = inflate(packed, room, part);
            content = PartDelta.apply(before, ByteBuffer.wrap(room, 0, length), (int) part.bytes());
        } else {
            throw damaged(part, "has form " + form + ", expected 1 or 2");
        }
        if (!Digests.sha256(content).equals(part.sha256())) {
            throw damaged(part, "is not what was signed");
        }
        return content;
    }

    private static ByteBuffer packed(ByteBuffer in, Manifest.Part part) throws DamagedBundleException {
        int length = need(in, Integer.BYTES, part).getInt();
        if (length < 0) {
            throw damaged(part, "announces " + length + " bytes");
        }
        need(in, length, part);
        ByteBuffer packed = in.slice(in.position(), length);
        in.position(in.position() + length);
        return packed;
    }

    private static ByteBuffer need(ByteBuffer in, int bytes, Manifest.Part part) throws DamagedBundleException {
        if (in.remaining() < bytes) {
            throw damaged(part, "is cut: " + in.remaining() + " bytes left, expected " + bytes);
        }
        return in;
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, content.length / 3));
            byte[] chunk = new byte[64 * 1024];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Unpacks into {@code room} and returns how much came; more than fits, or a stream that does not end, is damage. */
    private static int inflate(ByteBuffer packed, byte[] room, Manifest.Part part) throws DamagedBundleException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            int at = 0;
            while (!inflater.finished() && at < room.length) {
                int more = inflater.inflate(room, at, room.length - at);
                if (more == 0 && !inflater.finished()) {
                    throw damaged(part, "does not unpack");
                }
                at += more;
            }
            // The end of the stream may still stand after the last byte, another byte may not.
            if (!inflater.finished() && (inflater.inflate(new byte[1]) > 0 || !inflater.finished())) {
                throw damaged(part, "is longer than its manifest says");
            }
            if (inflater.getRemaining() > 0) {
                throw damaged(part, "has bytes after its end");
            }
            return at;
        } catch (DataFormatException wrong) {
            throw damaged(part, "does not unpack: " + wrong.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static DamagedBundleException damaged(Manifest.Part part, String what) {
        return new DamagedBundleException("part " + part.name() + " " + what);
    }
}
