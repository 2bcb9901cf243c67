package org.anticall.rules.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The exact bytes of a part and the digest that names them. The digest is always theirs: it was computed here, so who knows
 * a content by its digest need not look at it again. Kept packed, in a third of the memory; it is packed once, when that is
 * first needed. What it says never changes. Thread-safe.
 */
public final class PartContent {

    private final String sha256;
    private final int bytes;
    private byte @Nullable [] exact;
    private byte @Nullable [] packed;

    private PartContent(String sha256, int bytes, byte @Nullable [] exact, byte @Nullable [] packed) {
        this.sha256 = sha256;
        this.bytes = bytes;
        this.exact = exact;
        this.packed = packed;
    }

    /** The content that is {@code exact}, not to be changed any more. */
    public static PartContent of(byte[] exact) {
        return new PartContent(Digests.sha256(exact), exact.length, exact, null);
    }

    /** The contents of parts by their names. */
    public static SortedMap<String, PartContent> of(SortedMap<String, byte[]> parts) {
        SortedMap<String, PartContent> contents = new TreeMap<>();
        parts.forEach((name, exact) -> contents.put(name, of(exact)));
        return contents;
    }

    /**
     * What was {@link #packed()} before and lay about since.
     *
     * @param sha256 digest by which it was put down
     * @return null if it is not that content any more
     */
    public static @Nullable PartContent kept(byte[] packed, String sha256) {
        try {
            Packing.Measured measured =
                    Packing.measure(ByteBuffer.wrap(packed), BundleLimits.DEFAULT.contentBytes(), "a part");
            return measured.sha256().equals(sha256) ? new PartContent(sha256, measured.bytes(), null, packed) : null;
        } catch (DamagedBundleException damaged) {
            return null;
        }
    }

    /** What {@code packed} holds, if that is what {@code part} announces. */
    static PartContent received(byte[] packed, Manifest.Part part) throws DamagedBundleException {
        String what = "part " + part.name();
        Packing.Measured measured = Packing.measure(ByteBuffer.wrap(packed), (int) part.bytes(), what);
        if (measured.bytes() < part.bytes()) {
            throw new DamagedBundleException(what + " is shorter than its manifest says");
        }
        if (!measured.sha256().equals(part.sha256())) {
            throw new DamagedBundleException(what + " is not what was signed");
        }
        return new PartContent(part.sha256(), measured.bytes(), null, packed);
    }

    /** SHA-256 of the bytes in lower case hex. */
    public String sha256() {
        return sha256;
    }

    /** How many bytes there are. */
    public int bytes() {
        return bytes;
    }

    /** The bytes, unpacked for whoever asks; not to be changed. */
    public synchronized byte[] exact() {
        byte[] known = exact;
        if (known != null) {
            return known;
        }
        try (InputStream in = open()) {
            byte[] unpacked = new byte[bytes];
            if (in.readNBytes(unpacked, 0, bytes) != bytes) {
                throw unsound(null);
            }
            return unpacked;
        } catch (IOException changed) {
            throw unsound(changed);
        }
    }

    /** The bytes as a stream that unpacks as it is read. */
    public synchronized InputStream open() {
        byte[] known = exact;
        byte[] small = packed;
        if (known != null) {
            return new ByteArrayInputStream(known);
        }
        if (small != null) {
            return Packing.open(small);
        }
        throw unsound(null);
    }

    /** The bytes packed (RFC 1951), not to be changed; from now on only these are kept. */
    public synchronized byte[] packed() {
        byte[] known = packed;
        if (known == null) {
            known = Packing.deflate(exact());
            packed = known;
            exact = null;
        }
        return known;
    }

    /** Of {@code contents} the one with that digest, null if there is none. */
    static @Nullable PartContent find(Collection<PartContent> contents, String sha256) {
        return contents.stream()
                .filter(each -> each.sha256.equals(sha256))
                .findFirst()
                .orElse(null);
    }

    private IllegalStateException unsound(@Nullable IOException cause) {
        return new IllegalStateException("content " + sha256 + " was sound when it came and is not any more", cause);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PartContent content && content.sha256.equals(sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    /** {@code 0123456789ab…, 17 bytes}. */
    @Override
    public String toString() {
        return sha256.substring(0, 12) + "…, " + bytes + " bytes";
    }
}
