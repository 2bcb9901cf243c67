package org.anticall.rules.bundle;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bundle whose every byte a pinned key vouches for. Only {@link BundleVerifier} makes one, so whoever asks for this type
 * cannot be handed anything else. Holds its parts packed; two bundles that have a part in common share it.
 */
public final class VerifiedBundle implements KnownParts {

    private final Envelope envelope;
    private final Manifest manifest;
    private final Map<String, PartContent> parts;

    VerifiedBundle(Envelope envelope, Manifest manifest, Map<String, PartContent> parts) {
        this.envelope = envelope;
        this.manifest = manifest;
        this.parts = Map.copyOf(parts);
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Id of the key that signed. */
    public String keyId() {
        return envelope.keyId();
    }

    /** SHA-256 of the manifest's bytes in hex: the same for every copy, however it was packed. */
    public String hash() {
        return Digests.sha256(envelope.manifest());
    }

    /** What a part holds; null if there is none of that name. */
    public @Nullable PartContent part(String name) {
        return parts.get(name);
    }

    /** The complete bundle, wherever the parts came from: whoever has it and the key can prove everything. */
    public byte[] bytes() {
        return bytes(PartCodec::whole);
    }

    /** How many bytes {@link #bytes()} are. */
    public long length() {
        return (long) envelope.bytes()
                + Digests.BYTES
                + parts.values().stream().mapToLong(PartCodec::wholeBytes).sum();
    }

    /** The bundle for a receiver that has {@code base}: parts that changed travel as changes. */
    public byte[] bytesSince(VerifiedBundle base) {
        return BundleWriter.write(
                envelope,
                manifest.parts().stream()
                        .map(part -> {
                            PartContent before = base.part(part.name());
                            return before == null
                                    ? PartCodec.whole(content(part))
                                    : PartCodec.changed(content(part), before);
                        })
                        .toList());
    }

    /**
     * The bundle without its long contents, {@link #apart()}: to be kept beside it once for all bundles that have them. The
     * verifier takes it with them as {@link KnownParts} for what {@link #bytes()} is alone.
     */
    public byte[] bytesApart() {
        return bytes(PartCodec::apart);
    }

    /** The contents that {@link #bytesApart()} is without. */
    public List<PartContent> apart() {
        return parts.values().stream().filter(PartCodec::isApart).distinct().toList();
    }

    @Override
    public @Nullable PartContent byDigest(String sha256) {
        return PartContent.find(parts.values(), sha256);
    }

    private byte[] bytes(Function<PartContent, byte[]> packing) {
        return BundleWriter.write(
                envelope,
                manifest.parts().stream()
                        .map(part -> packing.apply(content(part)))
                        .toList());
    }

    private PartContent content(Manifest.Part part) {
        PartContent content = parts.get(part.name());
        if (content == null) {
            throw new IllegalStateException("the verifier takes every part, but not " + part.name());
        }
        return content;
    }
}
