package org.anticall.gateway.config;

import java.time.Duration;
import java.util.Set;

/**
 * How next hops are asked whether they are there.
 *
 * @param groups whose hops are asked; not empty
 * @param interval from one OPTIONS to the next, give or take a fifth
 * @param timeout no answer for so long is a miss; at most {@code interval}
 * @param downAfter so many misses in a row mean that a hop is gone, 1 to 20
 * @param upAfter so many answers in a row mean that it is back, 1 to 20
 */
public record Probing(Set<String> groups, Duration interval, Duration timeout, int downAfter, int upAfter) {

    public Probing {
        groups = Set.copyOf(groups);
    }
}
