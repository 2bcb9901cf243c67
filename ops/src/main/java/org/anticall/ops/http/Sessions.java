package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Secrets;
import org.anticall.ops.store.Accounts;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session ends after {@link #IDLE} without a request, at the latest after {@link #LONGEST}, when
 * something about its account changes. Where they are kept they outlast a restart of the centre, for whoever is in a call.
 * Only hashes of the tokens are kept: neither a heap dump nor the file opens a session. Thread-safe.
 */
final class Sessions {

    /** A page that is open keeps its session alive through the live channel. */
    static final Duration IDLE = Duration.ofMinutes(15);

    /** One shift. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** How late the file may know that a session was used. */
    static final Duration LATE = Duration.ofMinutes(1);

    private static final int MOST = 10_000;
    private static final int TOKEN_BYTES = 32;

    private final Clock clock;
    private final Cache<String, Session> byTokenHash;
    private final @Nullable KeptSessions kept;
    private final AtomicLong writtenAtMillis = new AtomicLong();

    /** Sessions that end when the centre stops. */
    Sessions(Clock clock) {
        this(clock, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()), null);
    }

    private Sessions(Clock clock, Ticker idle, @Nullable KeptSessions kept) {
        this.kept = kept;
        this.clock = clock;
        this.byTokenHash = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(IDLE)
                .ticker(idle)
                .build();
    }

    /**
     * Sessions of an earlier run that have not ended, and those to come. An account that was closed meanwhile has none.
     *
     * @param idle measures how long a session was not used; it does not jump with the wall clock, or whoever is in a call
     *     would be signed out
     * @throws org.anticall.ops.store.StoreUnavailable if the database does not tell who people are
     */
    static Sessions kept(Clock clock, Ticker idle, KeptSessions kept, Accounts accounts) {
        Sessions sessions = new Sessions(clock, idle, kept);
        long now = clock.millis();
        for (KeptSessions.Kept each : kept.read()) {
            Account account = accounts.find(each.account()).orElse(null);
            boolean fresh = now < each.endsAtMillis()
                    && now - each.seenAtMillis() < IDLE.plus(LATE).toMillis();
            if (fresh && account != null && account.active()) {
                sessions.byTokenHash.put(
                        each.hash(),
                        session(account, each.csrf(), each.mustEnrol(), Instant.ofEpochMilli(each.endsAtMillis())));
            }
        }
        return sessions;
    }

    /** Begins a session and returns the token for the cookie. */
    String open(Account account, boolean mustEnrol) {
        String token = Secrets.random(TOKEN_BYTES);
        byTokenHash.put(
                Secrets.hash(token),
                session(
                        account,
                        Secrets.random(TOKEN_BYTES),
                        mustEnrol,
                        clock.instant().plus(LONGEST)));
        write();
        return token;
    }

    private static Session session(Account account, String csrf, boolean mustEnrol, Instant endsAt) {
        Set<Permission> permissions = mustEnrol ? Set.of() : account.role().permissions();
        return new Session(account.name(), account.person(), account.role(), permissions, csrf, mustEnrol, endsAt);
    }

    /** The session of {@code token}, null if there is none or it has ended. */
    @Nullable
    Session find(@Nullable String token) {
        if (token == null) {
            return null;
        }
        Session session = byTokenHash.getIfPresent(Secrets.hash(token));
        if (clock.millis() - writtenAtMillis.get() >= LATE.toMillis()) {
            write();
        }
        return session == null || !clock.instant().isBefore(session.endsAt()) ? null : session;
    }

    void close(String token) {
        byTokenHash.invalidate(Secrets.hash(token));
        write();
    }

    /** Ends all sessions of an account. */
    void closeAll(String account) {
        byTokenHash.asMap().values().removeIf(each -> each.account().equals(account));
        write();
    }

    private void write() {
        KeptSessions file = kept;
        if (file == null) {
            return;
        }
        long now = clock.millis();
        writtenAtMillis.set(now);
        List<KeptSessions.Kept> all = new ArrayList<>();
        byTokenHash
                .asMap()
                .forEach((hash, session) -> all.add(new KeptSessions.Kept(
                        hash,
                        session.account(),
                        session.csrf(),
                        session.mustEnrol(),
                        session.endsAt().toEpochMilli(),
                        now - idleMillis(hash))));
        file.write(all);
    }

    private long idleMillis(String hash) {
        return byTokenHash
                .policy()
                .expireAfterAccess()
                .flatMap(policy -> policy.ageOf(hash, TimeUnit.MILLISECONDS).stream()
                        .boxed()
                        .findFirst())
                .orElse(0L);
    }
}
