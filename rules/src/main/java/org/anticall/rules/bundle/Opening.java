package org.anticall.rules.bundle;

import java.nio.ByteBuffer;
import java.util.TreeMap;

/**
 * What a bundle says of itself to somebody who only wants to look: nobody vouches for it, so it never goes live in a gateway.
 * For replay, comparison and tests.
 */
public sealed interface Opening {

    /**
     * It is whole.
     *
     * @param contents what it holds
     * @param keyId of the key it says it was signed with
     */
    record Opened(BundleContents contents, String keyId) implements Opening {}

    /** It is not a bundle, or a damaged one, or holds only changes. */
    record Unreadable(String message) implements Opening {}

    /** Whether {@code bytes} begin as a bundle does. */
    static boolean isBundle(byte[] bytes) {
        return Envelope.begins(bytes);
    }

    /** Opens {@code bundle} without asking who signed it. */
    static Opening of(byte[] bundle, BundleLimits limits) {
        if (bundle.length > limits.bundleBytes()) {
            return new Unreadable(bundle.length + " bytes, expected at most " + limits.bundleBytes());
        }
        try {
            ByteBuffer in = BundleWriter.unsealed(bundle);
            Envelope envelope = Envelope.read(in);
            Manifest manifest = ManifestCodec.decode(envelope.manifest());
            limits.check(manifest);
            TreeMap<String, PartContent> parts = new TreeMap<>();
            for (Manifest.Part part : manifest.parts()) {
                parts.put(part.name(), PartCodec.read(in, part, null));
            }
            return new Opened(
                    new BundleContents(
                            manifest.home(),
                            manifest.revision(),
                            manifest.previous(),
                            manifest.created(),
                            manifest.expires(),
                            parts),
                    envelope.keyId());
        } catch (DamagedBundleException wrong) {
            return new Unreadable(String.valueOf(wrong.getMessage()));
        }
    }
}
