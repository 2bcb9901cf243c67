package org.anticall.rules.record;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code X-Anticall-Bypass}, by which a call the desk places passes a gateway unjudged, once. The desk makes
 * it for a caller it lets go on after it has answered; the gateway that diverted the call checks it.
 *
 * <pre>X-Anticall-Bypass: 01J8ZQ4T7K3M5N6P7Q8R;exp=1790000060;mac=q3J5…</pre>
 *
 * The mac is HMAC-SHA-256 over callee, record id and expiry, each followed by a line feed, as base64url without padding.
 *
 * @param recordId id of the decision record of the diverted call
 * @param expiresSeconds when it runs out, seconds since 1970-01-01T00:00Z
 * @param mac 32 bytes; not to be changed
 */
public record BypassToken(String recordId, long expiresSeconds, byte[] mac) {

    /** Shortest key, bytes. */
    public static final int SHORTEST_KEY = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String EXPIRY = ";exp=";
    private static final String MAC = ";mac=";
    private static final int MAC_BYTES = 32;
    private static final int MOST_EXPIRY_DIGITS = 12;

    /**
     * The token that lets one call to {@code callee} pass.
     *
     * @param key at least {@link #SHORTEST_KEY} bytes
     * @param callee user part of the Request-URI as it will be written, without parameters
     */
    public static BypassToken sign(byte[] key, String callee, String recordId, long expiresSeconds) {
        return new BypassToken(recordId, expiresSeconds, mac(key, callee, recordId, expiresSeconds));
    }

    /** Reads a header's value; null if it is none. */
    public static @Nullable BypassToken parse(String value) {
        int expiry = value.indexOf(EXPIRY);
        int mac = value.indexOf(MAC, Math.max(expiry, 0));
        if (expiry < 1 || mac < 0) {
            return null;
        }
        String digits = value.substring(expiry + EXPIRY.length(), mac);
        if (digits.isEmpty()
                || digits.length() > MOST_EXPIRY_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(value.substring(mac + MAC.length()));
            return bytes.length == MAC_BYTES
                    ? new BypassToken(value.substring(0, expiry), Long.parseLong(digits), bytes)
                    : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** Whether {@code key} signed it for {@code callee}; says nothing of time or use. */
    public boolean isSignedBy(byte[] key, String callee) {
        return MessageDigest.isEqual(mac, mac(key, callee, recordId, expiresSeconds));
    }

    /** As it stands in the header. */
    public String text() {
        return recordId
                + EXPIRY
                + expiresSeconds
                + MAC
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private static byte[] mac(byte[] key, String callee, String recordId, long expiresSeconds) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(
                    (callee + "\n" + recordId + "\n" + expiresSeconds + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, missing);
        }
    }
}
