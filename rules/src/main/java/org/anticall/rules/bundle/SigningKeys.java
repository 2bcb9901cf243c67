package org.anticall.rules.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys (RFC 8032) and their PEM files (RFC 7468, RFC 8410), as {@code openssl genpkey -algorithm ed25519} makes them. */
public final class SigningKeys {

    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private SigningKeys() {}

    /** A new pair from the platform's secure random source. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Java platforms from 15 have Ed25519", impossible);
        }
    }

    /** The private half as a PEM file. Whoever reads it can make rules. */
    public static String pem(PrivateKey key) {
        return pem(PRIVATE, key.getEncoded());
    }

    /** The public half as a PEM file. */
    public static String pem(PublicKey key) {
        return pem(PUBLIC, key.getEncoded());
    }

    /**
     * The private key in {@code pem}.
     *
     * @throws IllegalArgumentException if there is none; the message does not repeat the text
     */
    public static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der(PRIVATE, pem)));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("found no Ed25519 private key, expected PEM with " + PRIVATE, wrong);
        }
    }

    /**
     * The public key in {@code pem}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PublicKey publicKey(String pem) {
        try {
            KeySpec spec = new X509EncodedKeySpec(der(PUBLIC, pem));
            return KeyFactory.getInstance(ALGORITHM).generatePublic(spec);
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("found no Ed25519 public key, expected PEM with " + PUBLIC, wrong);
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static byte[] der(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no PEM of a " + label);
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
