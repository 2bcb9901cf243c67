package org.anticall.rules.bundle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bundle whose every byte a pinned key vouches for. Only {@link BundleVerifier} makes one, so whoever asks for this type
 * cannot be handed anything else. Holds all parts unpacked: let go of it when it is compiled.
 */
public final class VerifiedBundle {

    private final Envelope envelope;
    private final Manifest manifest;
    private final Map<String, byte[]> parts;

    VerifiedBundle(Envelope envelope, Manifest manifest, Map<String, byte[]> parts) {
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

    /** Exact bytes of a part, not to be changed; null if there is none of that name. */
    public byte @Nullable [] part(String name) {
        return parts.get(name);
    }

    /** The complete bundle: what a receiver keeps on disk, wherever the parts came from. */
    public byte[] bytes() {
        return BundleWriter.write(envelope, manifest, part -> PartCodec.whole(content(part)));
    }

    /** The bundle for a receiver that has {@code base}: parts that changed travel as changes. */
    public byte[] bytesSince(VerifiedBundle base) {
        return BundleWriter.write(envelope, manifest, part -> packedSince(base, part));
    }

    byte @Nullable [] byDigest(String sha256) {
        for (Manifest.Part part : manifest.parts()) {
            if (part.sha256().equals(sha256)) {
                return content(part);
            }
        }
        return null;
    }

    private byte[] packedSince(VerifiedBundle base, Manifest.Part part) {
        for (Manifest.Part before : base.manifest.parts()) {
            if (before.name().equals(part.name())) {
                return PartCodec.changed(content(part), base.content(before), before.sha256());
            }
        }
        return PartCodec.whole(content(part));
    }

    private byte[] content(Manifest.Part part) {
        byte[] content = parts.get(part.name());
        if (content == null) {
            throw new IllegalStateException("the verifier unpacks every part, but not " + part.name());
        }
        return content;
    }
}
