package org.anticall.ops.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: PBKDF2 with HMAC-SHA-512 and {@value #ITERATIONS} iterations (RFC 8018 §5.2), which is what the
 * JDK has and OWASP still recommends; Argon2 would need a native library or an own implementation. A hash reads
 * {@code pbkdf2-sha512$iterations$salt$key}, so that the iterations can rise without locking anybody out.
 */
final class Passwords {

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int ITERATIONS = 210_000;
    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Compared with where there is no account, so that the answer takes the same time. */
    private static final String NOBODY = hash(random());

    private Passwords() {}

    /** A new password of 80 random bits, in groups that can be read out: {@code k7mp-x2rd-9hqa-ub4s}. */
    static String random() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return String.join(
                "$",
                SCHEME,
                Integer.toString(ITERATIONS),
                base64.encodeToString(salt),
                base64.encodeToString(derive(password, salt, ITERATIONS)));
    }

    /** Whether {@code password} has the hash {@code hash}. */
    static boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("unknown form of password hash, expected " + SCHEME);
        }
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(derive(password, salt, Integer.parseInt(parts[1])), expected);
    }

    /** Takes as long as {@link #matches} and is never right. */
    static boolean matchesNobody(String password) {
        matches(password, NOBODY);
        return false;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no PBKDF2WithHmacSHA512", missing);
        } finally {
            spec.clearPassword();
        }
    }
}
