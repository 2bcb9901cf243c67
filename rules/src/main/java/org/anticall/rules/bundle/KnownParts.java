package org.anticall.rules.bundle;

import org.jspecify.annotations.Nullable;

/** Contents that are here already, so that a bundle need not bring them: of the bundle before, or kept beside one. */
@FunctionalInterface
public interface KnownParts {

    /** The content with this digest, null if it is not here. */
    @Nullable
    PartContent byDigest(String sha256);
}
