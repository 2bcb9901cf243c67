package org.anticall.rules.bundle;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.function.Function;

/** Makes signed bundles with one key. Immutable, thread-safe. The same contents give the same bytes (Ed25519 draws no lots). */
public final class BundleSigner {

    private final String keyId;
    private final PrivateKey key;

    /** Signs with {@code pair} (Ed25519). */
    public BundleSigner(KeyPair pair) {
        this.keyId = KeyId.of(pair.getPublic());
        this.key = pair.getPrivate();
    }

    public String keyId() {
        return keyId;
    }

    /**
     * The signed bundle of {@code contents}.
     *
     * @throws IllegalArgumentException if they cannot be a bundle: a name that leaves it, no rule file, an end before the
     *     beginning; the message says which
     */
    public byte[] sign(BundleContents contents) {
        return sign(contents, PartCodec::whole);
    }

    /**
     * The same without the contents that are kept beside it, see {@link VerifiedBundle#bytesApart()}: an unchanged list costs
     * nothing, however long it is.
     *
     * @throws IllegalArgumentException as {@link #sign} does
     */
    public byte[] signApart(BundleContents contents) {
        return sign(contents, PartCodec::apart);
    }

    private byte[] sign(BundleContents contents, Function<PartContent, byte[]> packing) {
        Manifest manifest = contents.manifest();
        byte[] exact = ManifestCodec.encode(manifest);
        if (exact.length > ManifestCodec.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the manifest has " + exact.length + " bytes, expected at most " + ManifestCodec.MAX_BYTES);
        }
        return BundleWriter.write(
                Envelope.sign(keyId, key, exact),
                contents.parts().values().stream().map(packing).toList());
    }
}
