package org.anticall.gateway.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the process is run.
 *
 * @param drainFor how long calls may live on after SIGTERM before the process ends; 0 ends at once
 * @param cdr what call detail records are written, null for none
 * @param hep where packets are mirrored to, null for nowhere
 */
public record Operation(Duration drainFor, @Nullable CdrSettings cdr, @Nullable HepSettings hep) {

    /** What is meant where the file says nothing. */
    public static final Operation DEFAULT = new Operation(Duration.ofSeconds(30), null, null);
}
