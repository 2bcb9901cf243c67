package org.anticall.ops.sip;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces of the digest challenge (RFC 2617 §3.2.1): the time of issue and a MAC over it, so that nothing is stored for a
 * stranger who asks. The key lives as long as the process. Thread-safe.
 */
final class Nonces {

    /** What a nonce that comes back is worth. */
    enum Worth {
        /** Ours and fresh. */
        FRESH,
        /** Ours, but too old. */
        STALE,
        /** Not ours. */
        FOREIGN
    }

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;

    Nonces(Duration lifetime, InstantSource clock) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    String issue() {
        byte[] time = Long.toString(clock.millis(), 36).getBytes(StandardCharsets.US_ASCII);
        return new String(time, StandardCharsets.US_ASCII) + "." + mac(time);
    }

    Worth judge(String nonce) {
        int dot = nonce.indexOf('.');
        if (dot < 1 || dot > 13) {
            return Worth.FOREIGN;
        }
        String time = nonce.substring(0, dot);
        byte[] expected = mac(time.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
        byte[] actual = nonce.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, actual)) {
            return Worth.FOREIGN;
        }
        Instant issued = Instant.ofEpochMilli(Long.parseLong(time, 36));
        return clock.instant().isBefore(issued.plus(lifetime)) ? Worth.FRESH : Worth.STALE;
    }

    private String mac(byte[] time) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] half = Arrays.copyOf(mac.doFinal(time), 16);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
