package org.anticall.ops.people;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program signs its requests with instead of a person. It may do what its account may, and of that only what its
 * scopes name.
 *
 * @param id what it is known by; no secret
 * @param account whose it is
 * @param name what it is for
 * @param hash SHA-256 of the secret in hex
 * @param revokedAt when it was withdrawn, null if it was not
 */
public record ApiToken(
        String id,
        String account,
        String name,
        Set<Permission> scopes,
        String hash,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    public ApiToken {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it may be used at all. */
    public boolean isGood(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
