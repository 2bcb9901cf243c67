package org.anticall.ops.publish;

import java.security.PublicKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anticall.ops.store.Revisions;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.KnownParts;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;

/**
 * The signed bundles of all revisions, verified as gateways verify them whenever one is read. The two newest stay in memory,
 * packed: what most gateways have and what they get. Thread-safe.
 */
final class StoredBundles implements KnownParts {

    private final Revisions revisions;
    private final BundleVerifier verifier;
    private volatile List<VerifiedBundle> recent = List.of();

    /**
     * @param keys the public halves of the keys that signed them
     */
    StoredBundles(String home, List<PublicKey> keys, Revisions revisions) {
        this.revisions = revisions;
        this.verifier = new BundleVerifier(PinnedKeys.of(keys), home, BundleLimits.DEFAULT);
    }

    /**
     * The bundle of a revision.
     *
     * @throws PublishRefused if there is none or it is damaged
     */
    VerifiedBundle of(long number) throws PublishRefused {
        for (VerifiedBundle each : recent) {
            if (each.manifest().revision() == number) {
                return each;
            }
        }
        Revision revision = revisions.find(number).orElseThrow(() -> unknown(number));
        byte[] bytes = revisions.bundle(number).orElseThrow(() -> unknown(number));
        return verified(bytes, revision, this);
    }

    /**
     * A bundle that was signed just now, as gateways will see it.
     *
     * @param contents of which it was made
     * @throws PublishRefused if they would not take it: the key pair does not belong together
     */
    VerifiedBundle verified(byte[] bundle, Revision revision, KnownParts contents) throws PublishRefused {
        if (verifier.verify(bundle, 0, revision.at(), contents) instanceof Verification.Genuine genuine) {
            return genuine.bundle();
        }
        throw new PublishRefused(
                "damaged", "The bundle of revision " + revision.revision() + " is damaged.", List.of());
    }

    /** Keeps the newest at hand, and the one that was the newest before it. */
    void newest(VerifiedBundle bundle) {
        List<VerifiedBundle> before = recent;
        recent = before.isEmpty() ? List.of(bundle) : List.of(bundle, before.get(0));
    }

    /** A long list of any revision, of those at hand or out of the store. */
    @Override
    public @Nullable PartContent byDigest(String sha256) {
        for (VerifiedBundle each : recent) {
            PartContent content = each.byDigest(sha256);
            if (content != null) {
                return content;
            }
        }
        byte[] packed = revisions.part(sha256).orElse(null);
        return packed == null ? null : PartContent.kept(packed, sha256);
    }

    /** Its parts by name, see {@link #of}. */
    SortedMap<String, PartContent> partsOf(long number) throws PublishRefused {
        VerifiedBundle bundle = of(number);
        SortedMap<String, PartContent> parts = new TreeMap<>();
        for (Manifest.Part part : bundle.manifest().parts()) {
            PartContent content = bundle.part(part.name());
            if (content != null) {
                parts.put(part.name(), content);
            }
        }
        return parts;
    }

    private static PublishRefused unknown(long number) {
        return new PublishRefused("unknown", "There is no revision " + number + ".", List.of());
    }
}
