package org.anticall.ops.publish;

import java.security.PublicKey;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anticall.ops.store.Revisions;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;

/** The signed bundles of all revisions, verified as gateways verify them whenever one is read. Thread-safe. */
final class StoredBundles {

    private final Revisions revisions;
    private final BundleVerifier verifier;

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
        Revision revision = revisions.find(number).orElseThrow(() -> unknown(number));
        byte[] bytes = revisions.bundle(number).orElseThrow(() -> unknown(number));
        if (verifier.verify(bytes, 0, revision.at()) instanceof Verification.Genuine genuine) {
            return genuine.bundle();
        }
        throw new PublishRefused("damaged", "The stored bundle of revision " + number + " is damaged.", List.of());
    }

    /** Its parts by name, see {@link #of}. */
    SortedMap<String, byte[]> partsOf(long number) throws PublishRefused {
        VerifiedBundle bundle = of(number);
        SortedMap<String, byte[]> parts = new TreeMap<>();
        for (Manifest.Part part : bundle.manifest().parts()) {
            byte[] bytes = bundle.part(part.name());
            if (bytes != null) {
                parts.put(part.name(), bytes);
            }
        }
        return parts;
    }

    private static PublishRefused unknown(long number) {
        return new PublishRefused("unknown", "There is no revision " + number + ".", List.of());
    }
}
