package org.anticall.rules.bundle;

import java.nio.ByteBuffer;
import java.util.HexFormat;
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

    /** What is no longer than this would not be worth a file or a row of its own. */
    static final int APART_FROM_BYTES = 64 * 1024;

    private PartCodec() {}

    /** How many bytes {@link #whole} are. */
    static int wholeBytes(PartContent content) {
        return 1 + Integer.BYTES + content.packed().length;
    }

    static byte[] whole(PartContent content) {
        byte[] packed = content.packed();
        return ByteBuffer.allocate(wholeBytes(content))
                .put(WHOLE)
                .putInt(packed.length)
                .put(packed)
                .array();
    }

    /** {@code content} as a change of {@code base}, or whole where the change would be no shorter. */
    static byte[] changed(PartContent content, PartContent base) {
        byte[] delta = content.equals(base)
                ? PartDelta.same(content.bytes())
                : PartDelta.between(base.exact(), content.exact());
        if (delta.length >= content.bytes()) {
            return whole(content);
        }
        byte[] packed = Packing.deflate(delta);
        return ByteBuffer.allocate(1 + Digests.BYTES + Integer.BYTES + packed.length)
                .put(CHANGED)
                .put(HexFormat.of().parseHex(base.sha256()))
                .putInt(packed.length)
                .put(packed)
                .array();
    }

    /** A long {@code content} as what is kept beside the bundle, a short one whole. */
    static byte[] apart(PartContent content) {
        return isApart(content) ? changed(content, content) : whole(content);
    }

    static boolean isApart(PartContent content) {
        return content.bytes() >= APART_FROM_BYTES;
    }

    /** Reads the part that {@code part} announces and checks it against its digest, unless it is here already. */
    static PartContent read(ByteBuffer in, Manifest.Part part, @Nullable KnownParts known)
            throws DamagedBundleException {
        byte form = need(in, 1, part).get();
        if (form == WHOLE) {
            ByteBuffer packed = packed(in, part);
            byte[] own = new byte[packed.remaining()];
            packed.get(own);
            return PartContent.received(own, part);
        }
        if (form != CHANGED) {
            throw damaged(part, "has form " + form + ", expected 1 or 2");
        }
        byte[] digest = new byte[Digests.BYTES];
        need(in, Digests.BYTES, part).get(digest);
        PartContent before =
                known == null ? null : known.byDigest(HexFormat.of().formatHex(digest));
        ByteBuffer packed = packed(in, part);
        if (before == null) {
            throw new DamagedBundleException(
                    Refusal.MISSING_BASE, "part " + part.name() + " is a change of a part that is not here");
        }
        byte[] room = new byte[(int) Math.min(part.bytes() + DELTA_SLACK_BYTES, Integer.MAX_VALUE - 8)];
        int length = Packing.inflate(packed, room, "part " + part.name());
        boolean same = before.sha256().equals(part.sha256()) && before.bytes() == part.bytes();
        ByteBuffer change = ByteBuffer.wrap(room, 0, length);
        PartContent content =
                same ? before : PartContent.of(PartDelta.apply(before.exact(), change, (int) part.bytes()));
        if (!content.sha256().equals(part.sha256())) {
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

    private static DamagedBundleException damaged(Manifest.Part part, String what) {
        return new DamagedBundleException("part " + part.name() + " " + what);
    }
}
