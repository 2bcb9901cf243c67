package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session ends after {@link #IDLE} without a request, at the latest after {@link #LONGEST}, when
 * something about its account changes, and when the centre stops. Only hashes of the tokens are kept: a heap dump opens no
 * session. Thread-safe.
 */
final class Sessions {

    /** A page that is open keeps its session alive through the live channel. */
    static final Duration IDLE = Duration.ofMinutes(15);

    /** One shift. */
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST = 10_000;
    private static final int TOKEN_BYTES = 32;

    private final Clock clock;
    private final Cache<String, Session> byTokenHash;

    Sessions(Clock clock) {
        this.clock = clock;
        this.byTokenHash = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(IDLE)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /** Begins a session and returns the token for the cookie. */
    String open(Account account, boolean mustEnrol) {
        String token = Secrets.random(TOKEN_BYTES);
        Set<Permission> permissions = mustEnrol ? Set.of() : account.role().permissions();
        Session session = new Session(
                account.name(),
                account.person(),
                account.role(),
                permissions,
                Secrets.random(TOKEN_BYTES),
                mustEnrol,
                clock.instant().plus(LONGEST));
        byTokenHash.put(Secrets.hash(token), session);
        return token;
    }

    /** The session of {@code token}, null if there is none or it has ended. */
    @Nullable
    Session find(@Nullable String token) {
        if (token == null) {
            return null;
        }
        Session session = byTokenHash.getIfPresent(Secrets.hash(token));
        return session == null || !clock.instant().isBefore(session.endsAt()) ? null : session;
    }

    void close(String token) {
        byTokenHash.invalidate(Secrets.hash(token));
    }

    /** Ends all sessions of an account. */
    void closeAll(String account) {
        byTokenHash.asMap().values().removeIf(each -> each.account().equals(account));
    }
}
