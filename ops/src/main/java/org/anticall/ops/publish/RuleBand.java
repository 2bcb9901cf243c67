package org.anticall.ops.publish;

import org.jspecify.annotations.Nullable;

/**
 * How a rule that diverts may behave within an hour. Outside of it the rule falls back to shadow, and a person decides: a
 * typing error or a shifted campaign must not send a city's calls to twelve operators, or keep good callers there.
 */
public final class RuleBand {

    /** So many handled calls say something about a rule. */
    static final int FEWEST_HANDLED = 10;

    /** Calls that operators let go on to their callees, in percent of those they handled. */
    static final int MOST_RELEASED_PERCENT = 20;

    /** A rule may always divert so many calls in an hour. */
    static final int DIVERTS_ALWAYS = 50;

    /** Beyond that, so many times the hourly mean of what its numbers did in the week before. */
    static final int TIMES_EXPECTED = 10;

    private RuleBand() {}

    /**
     * What a rule did in the last hour.
     *
     * @param diverted calls that it sent to the desk
     * @param handled calls of those that operators answered or released
     * @param released calls that operators let go on to their callees
     * @param expected calls an hour that its target made in the week before it went live
     */
    public record Hour(long diverted, long handled, long released, double expected) {}

    /** Why the rule is outside its band, null if it is inside. */
    public static @Nullable String leftBy(Hour hour) {
        if (hour.handled() >= FEWEST_HANDLED && hour.released() * 100 > hour.handled() * MOST_RELEASED_PERCENT) {
            return "released " + hour.released() + " of " + hour.handled() + " handled within an hour, more than "
                    + MOST_RELEASED_PERCENT + " %";
        }
        double most = Math.max(DIVERTS_ALWAYS, TIMES_EXPECTED * hour.expected());
        return hour.diverted() > most
                ? "diverted " + hour.diverted() + " calls within an hour, more than " + Math.round(most)
                : null;
    }
}
