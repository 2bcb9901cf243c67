package org.anticall.rules.model;

import java.time.Instant;

/**
 * When a rule is in force.
 *
 * @param from first instant
 * @param until first instant at which it is not in force any more
 */
public record Validity(Instant from, Instant until) {

    /** In force at all times. */
    public static final Validity ALWAYS = new Validity(Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE / 2));

    public Validity {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("until " + until + " is not after from " + from);
        }
    }
}
