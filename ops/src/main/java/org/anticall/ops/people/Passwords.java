package org.anticall.ops.people;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes of passwords: Argon2id (RFC 9106) with 19 MiB of memory and two passes, what OWASP recommends for a server that
 * answers many. A hash reads {@code argon2id$m=19456,t=2,p=1$salt$key}, so that the cost can rise without locking anybody
 * out. Hashes of earlier versions ({@code pbkdf2-sha512$iterations$salt$key}) are still checked; {@link #isOutdated} says
 * which ones to replace once the password is known to be right.
 */
public final class Passwords {

    /** Shortest password that a person may choose. */
    public static final int SHORTEST = 12;

    /** Longest password that is looked at. */
    public static final int LONGEST = 256;

    private static final String SCHEME = "argon2id";
    private static final String OLD_SCHEME = "pbkdf2-sha512";
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final String COST = "m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES;
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Compared with where there is no account, so that the answer takes the same time. */
    private static final String NOBODY = hash(random());

    private Passwords() {}

    /** A new password of 80 random bits, in groups that can be read out: {@code k7mp-x2rd-9hqa-ub4s}. */
    public static String random() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    public static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        byte[] key = argon2(password, salt, MEMORY_KIB, PASSES, LANES, KEY_BYTES);
        return String.join("$", SCHEME, COST, base64.encodeToString(salt), base64.encodeToString(key));
    }

    /**
     * Whether {@code password} has the hash {@code hash}.
     *
     * @throws IllegalArgumentException if the hash is of a form that no version wrote
     */
    public static boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("unknown form of password hash, expected " + SCHEME);
        }
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        byte[] derived =
                switch (parts[0]) {
                    case SCHEME -> argon2(password, salt, parts[1], expected.length);
                    case OLD_SCHEME -> pbkdf2(password, salt, Integer.parseInt(parts[1]), expected.length);
                    default -> throw new IllegalArgumentException("unknown form of password hash, expected " + SCHEME);
                };
        return MessageDigest.isEqual(derived, expected);
    }

    /** Whether a new hash of the same password would be better. */
    public static boolean isOutdated(String hash) {
        return !hash.startsWith(SCHEME + "$" + COST + "$");
    }

    /** Takes as long as {@link #matches} and is never right. */
    public static boolean matchesNobody(String password) {
        matches(password, NOBODY);
        return false;
    }

    private static byte[] argon2(String password, byte[] salt, String cost, int keyBytes) {
        int memory = 0;
        int passes = 0;
        int lanes = 0;
        for (String each : cost.split(",", -1)) {
            int value = Integer.parseInt(each.substring(2));
            switch (each.charAt(0)) {
                case 'm' -> memory = value;
                case 't' -> passes = value;
                default -> lanes = value;
            }
        }
        return argon2(password, salt, memory, passes, lanes, keyBytes);
    }

    private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes, int lanes, int keyBytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .build());
        byte[] key = new byte[keyBytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), key);
        return key;
    }

    private static byte[] pbkdf2(String password, byte[] salt, int iterations, int keyBytes) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, keyBytes * Byte.SIZE);
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
