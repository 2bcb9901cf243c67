package org.anticall.ops.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** Signs heads and cuts with a key that never leaves the centre. Thread-safe. */
public final class HeadSigner {

    private final KeyPair keys;
    private final HeadKey key;

    /** @param keys an Ed25519 pair */
    public HeadSigner(KeyPair keys) {
        this.keys = keys;
        this.key = HeadKey.of(keys.getPublic());
    }

    /** The key that proves what this one signs. */
    public HeadKey key() {
        return key;
    }

    /** Signs the chain up to the link with this number and hash. */
    public SignedHead sign(long seq, String hash, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return new SignedHead(seq, hash, at, key.id(), signature(SignedHead.text(seq, hash, at)));
    }

    /** Signs that everything up to the link with this number and hash was cut off at {@code now}. */
    public SignedCut cut(long seq, String hash, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return new SignedCut(seq, hash, at, key.id(), signature(SignedCut.text(seq, hash, at)));
    }

    private String signature(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the key cannot sign: " + unusable.getMessage(), unusable);
        }
    }
}
