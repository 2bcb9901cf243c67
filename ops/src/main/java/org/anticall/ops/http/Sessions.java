package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.anticall.ops.store.Accounts.Account;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session ends after {@link #IDLE} without a request, at the latest after {@link #LONGEST}, and when
 * the centre stops. Only hashes of the tokens are kept: a heap dump opens no session. Thread-safe.
 */
final class Sessions {

    /** A page that is open keeps its session alive through the live channel. */
    static final Duration IDLE = Duration.ofMinutes(15);

    /** One shift. */
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST = 10_000;
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final Cache<String, Session> byTokenHash =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** Begins a session and returns the token for the cookie. */
    String open(Account account) {
        String token = random();
        Session session = new Session(
                account.name(), account.role(), random(), clock.instant().plus(LONGEST));
        byTokenHash.put(hash(token), session);
        return token;
    }

    /** The session of {@code token}, null if there is none or it has ended. */
    @Nullable
    Session find(@Nullable String token) {
        if (token == null) {
            return null;
        }
        Session session = byTokenHash.getIfPresent(hash(token));
        return session == null || clock.instant().isAfter(session.endsAt()) ? null : session;
    }

    void close(String token) {
        byTokenHash.invalidate(hash(token));
    }

    private static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
