package org.anticall.ops.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.ApiToken;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Secrets;
import org.anticall.ops.store.Accounts;
import org.anticall.ops.store.ApiTokens;
import org.jspecify.annotations.Nullable;

/**
 * Programs that show a token: {@code Authorization: Bearer act_ID_SECRET}. Looked up with every request, so that a
 * withdrawn token or a closed account ends at once.
 */
final class TokenSessions {

    static final String PREFIX = "act_";

    private static final String SCHEME = "Bearer ";

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final Clock clock;

    TokenSessions(ApiTokens tokens, Accounts accounts, Clock clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The session of the header's token, null if it is not good. */
    @Nullable
    Session find(String authorization) {
        String[] parts = authorization.split("_", 3);
        if (!authorization.startsWith(SCHEME + PREFIX) || parts.length != 3) {
            return null;
        }
        ApiToken token = tokens.find(parts[1]).orElse(null);
        byte[] shown = Secrets.hash(parts[2].strip()).getBytes(StandardCharsets.UTF_8);
        if (token == null
                || !MessageDigest.isEqual(shown, token.hash().getBytes(StandardCharsets.UTF_8))
                || !token.isGood(clock.instant())) {
            return null;
        }
        Account account = accounts.find(token.account()).orElse(null);
        if (account == null || !account.active()) {
            return null;
        }
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        permissions.addAll(token.scopes());
        permissions.retainAll(account.role().permissions());
        return new Session(account.name(), account.person(), account.role(), permissions, "", false, token.expiresAt());
    }
}
