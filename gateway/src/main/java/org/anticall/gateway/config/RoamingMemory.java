package org.anticall.gateway.config;

import java.time.Duration;
import org.anticall.rules.call.RoamingAnswer;

/**
 * How long roaming answers are remembered, 0 for not at all.
 *
 * @param roaming who is abroad
 * @param home who is at home; short, since who has just landed abroad must not be taken for a forger
 * @param unallocated numbers without a subscriber
 * @param unknown numbers of which nobody knows
 * @param timeout numbers of which nobody said anything in time
 * @param numbers most numbers remembered
 */
public record RoamingMemory(
        Duration roaming, Duration home, Duration unallocated, Duration unknown, Duration timeout, int numbers) {

    /** As the design has it. */
    public static final RoamingMemory DEFAULT = new RoamingMemory(
            Duration.ofSeconds(300),
            Duration.ofSeconds(30),
            Duration.ofSeconds(300),
            Duration.ZERO,
            Duration.ZERO,
            200_000);

    /** How long an answer of that state is remembered. */
    public Duration keeps(RoamingAnswer.State state) {
        return switch (state) {
            case ROAMING -> roaming;
            case HOME -> home;
            case UNALLOCATED -> unallocated;
            case UNKNOWN -> unknown;
            case TIMEOUT -> timeout;
            case NOT_ASKED -> Duration.ZERO;
        };
    }
}
