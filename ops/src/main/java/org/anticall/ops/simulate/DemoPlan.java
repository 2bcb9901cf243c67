package org.anticall.ops.simulate;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is asked to be.
 *
 * @param home home country, KZ or BY
 * @param ports where everything listens
 * @param headless whether to end by itself after {@code calls} and to be in a hurry
 * @param calls how many calls to place, 0 for no end
 * @param rate calls a second
 * @param seed the same seed gives the same calls
 * @param rules rule file, null for the reference policy of {@code home}
 * @param state directory for everything that is written, null for a new one under the system's temporary directory
 * @param keep whether to keep that new one
 */
public record DemoPlan(
        String home,
        DemoPorts ports,
        boolean headless,
        int calls,
        double rate,
        long seed,
        @Nullable Path rules,
        @Nullable Path state,
        boolean keep) {

    /** The longest run that is sensible on one machine: what the simulated ends can take, calls a second. */
    public static final double MAX_RATE = 500;

    public DemoPlan {
        if (calls < 0 || (headless && calls == 0)) {
            throw new IllegalArgumentException("--calls " + calls + ": expected at least 1");
        }
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new IllegalArgumentException("--rate " + rate + ": expected more than 0, at most " + MAX_RATE);
        }
    }

    Pace pace() {
        return headless ? Pace.BRISK : Pace.LIFELIKE;
    }

    /** When a call that has not ended is lost: well above what the desk's time and two conversations take. */
    Duration lastCallWithin() {
        return headless ? Duration.ofSeconds(30) : Duration.ofMinutes(3);
    }

    /** How long the desk may look for an operator, seconds. */
    int answerWithinSeconds() {
        return headless ? 3 : 9;
    }

    /** How long an operator rests after a call, seconds. */
    int wrapUpSeconds() {
        return headless ? 1 : 5;
    }
}
