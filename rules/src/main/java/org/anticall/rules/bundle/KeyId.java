package org.anticall.rules.bundle;

import java.security.PublicKey;

/**
 * The name of a signing key: the first {@value #BYTES} bytes of the SHA-256 of its public half (X.509 form) in hex. It is
 * computed, never configured, so a key cannot be pinned under the name of another.
 */
public final class KeyId {

    static final int BYTES = 8;

    private KeyId() {}

    /** The id of {@code key}, 16 lower case hex digits. */
    public static String of(PublicKey key) {
        return Digests.sha256(key.getEncoded()).substring(0, 2 * BYTES);
    }
}
