package org.anticall.rules.bundle;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a bundle may go live here: right key, right country, newer, not over, not a bit changed. Authority fails
 * closed: whatever is not understood is refused, as a value, never by an exception. Immutable, thread-safe.
 *
 * <p>Nothing but size, digest and envelope is looked at before the signature holds.
 */
public final class BundleVerifier {

    private final PinnedKeys keys;
    private final String home;
    private final BundleLimits limits;

    /**
     * A verifier.
     *
     * @param keys whose bundles are taken
     * @param home ISO 3166-1 alpha-2 code of this country
     * @param limits what is taken at most
     */
    public BundleVerifier(PinnedKeys keys, String home, BundleLimits limits) {
        this.keys = keys;
        this.home = home;
        this.limits = limits;
    }

    /** Verifies a complete bundle, see {@link #verify(byte[], long, Instant, KnownParts)}. */
    public Verification verify(byte[] bundle, long enforcedRevision, Instant now) {
        return verify(bundle, enforcedRevision, now, null);
    }

    /**
     * Verifies {@code bundle}.
     *
     * @param bundle as received
     * @param enforcedRevision revision that is in force here, 0 for none; only a higher one is taken
     * @param now against which its end is held
     * @param known what parts may be changes of, usually the last good bundle; null if there is nothing. A part that is
     *     known already is taken as it is, neither unpacked nor hashed again
     */
    public Verification verify(byte[] bundle, long enforcedRevision, Instant now, @Nullable KnownParts known) {
        if (bundle.length > limits.bundleBytes()) {
            return new Verification.Refused(
                    Refusal.TOO_LARGE, bundle.length + " bytes, expected at most " + limits.bundleBytes());
        }
        try {
            ByteBuffer in = BundleWriter.unsealed(bundle);
            Envelope envelope = Envelope.read(in);
            checkSignature(envelope);
            Manifest manifest = ManifestCodec.decode(envelope.manifest());
            checkStanding(manifest, enforcedRevision, now);
            Map<String, PartContent> parts = new HashMap<>();
            for (Manifest.Part part : manifest.parts()) {
                parts.put(part.name(), PartCodec.read(in, part, known));
            }
            if (in.hasRemaining()) {
                throw new DamagedBundleException(in.remaining() + " bytes after the last part");
            }
            return new Verification.Genuine(new VerifiedBundle(envelope, manifest, parts));
        } catch (DamagedBundleException wrong) {
            return wrong.refused();
        }
    }

    private void checkSignature(Envelope envelope) throws DamagedBundleException {
        PublicKey key = keys.find(envelope.keyId());
        if (key == null) {
            throw new DamagedBundleException(
                    Refusal.UNKNOWN_KEY, "signed by key " + envelope.keyId() + ", expected one of: " + keys);
        }
        if (!envelope.isSignedBy(key)) {
            throw new DamagedBundleException(
                    Refusal.BAD_SIGNATURE, "the signature is not that of key " + envelope.keyId());
        }
    }

    private void checkStanding(Manifest manifest, long enforcedRevision, Instant now) throws DamagedBundleException {
        if (!manifest.home().equals(home)) {
            throw new DamagedBundleException(
                    Refusal.WRONG_HOME, "it is for home '" + manifest.home() + "', expected " + home);
        }
        if (manifest.revision() <= enforcedRevision) {
            throw new DamagedBundleException(
                    Refusal.LOWER_REVISION,
                    "revision " + manifest.revision() + ", expected one above " + enforcedRevision);
        }
        if (!now.isBefore(manifest.expires())) {
            throw new DamagedBundleException(
                    Refusal.EXPIRED, "it expired at " + manifest.expires() + ", now it is " + now);
        }
        limits.check(manifest);
    }
}
