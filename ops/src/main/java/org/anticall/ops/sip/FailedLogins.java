package org.anticall.ops.sip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Failed logins per origin (an address, a user) within a span of time. Bounded: the origin that failed longest ago is
 * forgotten first. Owned by the desk's thread.
 */
final class FailedLogins {

    private static final int MAX_ORIGINS = 4_096;

    private final int limit;
    private final Duration span;
    private final InstantSource clock;
    private final Map<String, Failures> origins = new LinkedHashMap<>();

    private record Failures(int count, Instant since) {}

    /** Holds back an origin after {@code limit} failures until {@code span} after the first of them. */
    FailedLogins(int limit, Duration span, InstantSource clock) {
        this.limit = limit;
        this.span = span;
        this.clock = clock;
    }

    /** Whether a login of {@code origin} is not to be looked at. */
    boolean holdsBack(String origin) {
        Failures failures = origins.get(origin);
        if (failures == null) {
            return false;
        }
        if (!clock.instant().isBefore(failures.since().plus(span))) {
            origins.remove(origin);
            return false;
        }
        return failures.count() >= limit;
    }

    void failed(String origin) {
        Failures before = holdsBack(origin) ? origins.get(origin) : origins.remove(origin);
        origins.put(
                origin,
                before == null
                        ? new Failures(1, clock.instant())
                        : new Failures(Math.min(limit, before.count() + 1), before.since()));
        if (origins.size() > MAX_ORIGINS) {
            origins.remove(origins.keySet().iterator().next());
        }
    }

    void succeeded(String origin) {
        origins.remove(origin);
    }
}
