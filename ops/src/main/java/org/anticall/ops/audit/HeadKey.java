package org.anticall.ops.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of the key that signs heads.
 *
 * @param id the first 16 hex digits of the SHA-256 of the encoded key
 */
public record HeadKey(String id, PublicKey key) {

    public static HeadKey of(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new HeadKey(HexFormat.of().formatHex(digest, 0, 8), key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Reads the key as {@link #text} writes it.
     *
     * @throws IllegalArgumentException if the text is no Ed25519 public key
     */
    public static HeadKey parse(String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(text.strip());
            return of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw new IllegalArgumentException("expected an Ed25519 public key in base 64 (X.509)", notAKey);
        }
    }

    /** The key in base 64 of its X.509 form, one line. */
    public String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Whether this key signed the head. */
    boolean signed(SignedHead head) {
        return head.key().equals(id) && signed(head.text(), head.signature());
    }

    /** Whether this key signed the cut. */
    boolean signed(SignedCut cut) {
        return cut.key().equals(id) && signed(cut.text(), cut.signature());
    }

    private boolean signed(String text, String signed) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }
}
