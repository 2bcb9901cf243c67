package org.anticall.ops.simulate;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How fast the people of the simulation are.
 *
 * @param answer how long somebody lets it ring before answering
 * @param talk how long a conversation lasts
 * @param patience how long a caller lets it ring before giving up
 */
record Pace(Span answer, Span talk, Span patience) {

    /** People as in life, for looking on. */
    static final Pace LIFELIKE = new Pace(new Span(1_000, 4_000), new Span(8_000, 30_000), new Span(12_000, 20_000));

    /** People in a hurry, for measured runs. */
    static final Pace BRISK = new Pace(new Span(200, 1_000), new Span(1_000, 3_000), new Span(1_000, 2_000));

    /** A range of times in milliseconds, the end excluded. */
    record Span(long fromMillis, long toMillis) {

        Span {
            if (fromMillis < 0 || toMillis <= fromMillis) {
                throw new IllegalArgumentException(
                        "span " + fromMillis + "–" + toMillis + " ms: expected 0 ≤ from < to");
            }
        }

        Duration draw(RandomGenerator random) {
            return Duration.ofMillis(random.nextLong(fromMillis, toMillis));
        }
    }
}
