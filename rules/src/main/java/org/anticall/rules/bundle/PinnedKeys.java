package org.anticall.rules.bundle;

import java.security.PublicKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that a receiver was given by hand and whose bundles it takes: one, or two while keys are rotated.
 * Immutable. Without keys every bundle is refused.
 */
public final class PinnedKeys {

    private final Map<String, PublicKey> keys;

    private PinnedKeys(Map<String, PublicKey> keys) {
        this.keys = keys;
    }

    /** Pins {@code keys} (Ed25519). */
    public static PinnedKeys of(Collection<PublicKey> keys) {
        Map<String, PublicKey> byId = new TreeMap<>();
        keys.forEach(key -> byId.put(KeyId.of(key), key));
        return new PinnedKeys(byId);
    }

    /** Their ids in ascending order. */
    public Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    @Nullable
    PublicKey find(String id) {
        return keys.get(id);
    }

    /** {@code 0123456789abcdef, ...}. */
    @Override
    public String toString() {
        return String.join(", ", keys.keySet());
    }
}
