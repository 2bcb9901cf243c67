package org.anticall.ops.people;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, six digits, 30 seconds. A
 * code is good in its own interval and in the ones before and after it, and once only: the caller remembers the interval
 * of the last code that was taken and refuses that one and all before it.
 */
public final class SecondFactor {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 20;
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    private static final long STEP_SECONDS = 30;
    private static final int WINDOW = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecondFactor() {}

    /** A new secret of 160 bits in base 32 (RFC 4648 §6), without padding. */
    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte each : bytes) {
            buffer = (buffer << 8) | (each & 0xff);
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(ALPHABET.charAt((buffer >> (bits - 5)) & 31));
            }
        }
        return text.toString();
    }

    /** The address that an authenticator app reads. */
    public static String uri(String account, String secret) {
        String name = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Anti%20Call-Centre:" + name + "?secret=" + secret + "&issuer=Anti%20Call-Centre";
    }

    /**
     * The interval whose code this is, 0 if it is none that is good now.
     *
     * @param taken interval of the last code that was taken, 0 if there was none
     */
    public static long intervalOf(String code, String secret, Instant now, long taken) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        long found = 0;
        for (long interval = current - WINDOW; interval <= current + WINDOW; interval++) {
            boolean equal = MessageDigest.isEqual(
                    code(secret, interval).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
            if (equal && interval > taken) {
                found = interval;
            }
        }
        return found;
    }

    /** The code of the moment, as the person's app shows it. */
    public static String codeAt(String secret, Instant now) {
        return code(secret, now.getEpochSecond() / STEP_SECONDS);
    }

    private static String code(String secret, long interval) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
            byte[] digest = mac.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(interval).array());
            int offset = digest[digest.length - 1] & 15;
            int number = ByteBuffer.wrap(digest).getInt(offset) & Integer.MAX_VALUE;
            String digits = Integer.toString(number % MODULUS);
            return "0".repeat(DIGITS - digits.length()) + digits;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA1", impossible);
        }
    }

    private static byte[] bytes(String secret) {
        byte[] bytes = new byte[secret.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        for (int i = 0; i < secret.length(); i++) {
            buffer = (buffer << 5) | ALPHABET.indexOf(secret.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
