package org.anticall.ops.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person signs in with.
 *
 * @param name 1 to 64 characters
 * @param person who it belongs to
 * @param passwordHash the password's hash with its algorithm and salt, never the password
 * @param secondFactor secret of the second factor in base 32, null if there is none yet
 * @param active whether it may be used at all
 * @param failures wrong passwords and codes in a row
 * @param lockedUntil when it may be tried again, null if it is not locked
 */
public record Account(
        String name,
        Person person,
        Role role,
        String passwordHash,
        @Nullable String secondFactor,
        boolean active,
        int failures,
        @Nullable Instant lockedUntil) {

    /** Whether signing in is refused for now, whatever the password. */
    public boolean isLocked(Instant now) {
        return lockedUntil != null && now.isBefore(lockedUntil);
    }
}
