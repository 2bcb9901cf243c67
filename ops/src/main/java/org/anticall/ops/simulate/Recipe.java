package org.anticall.ops.simulate;

import org.anticall.rules.call.Verdict;

/**
 * The kinds of calls in simulated traffic. Each knows the verdict it must meet from how it is made, not from asking the
 * engine, and its share of the traffic.
 */
enum Recipe {
    /** A foreigner rings a citizen. */
    FOREIGN(Verdict.Kind.PASS, 142),
    /** A subscriber of the home country rings home from abroad. */
    ROAMER(Verdict.Kind.PASS, 20),
    /** A home call to a roaming subscriber comes back forwarded: landline as caller, the roamer as redirecting number. */
    FORWARDED(Verdict.Kind.PASS, 10),
    /** A foreigner who withholds the number from the callee, not from the network. */
    WITHHELD_BY_CALLER(Verdict.Kind.PASS, 10),
    /** Somebody rings 112; even a black-listed caller gets through. */
    EMERGENCY(Verdict.Kind.PASS, 2),
    /** A landline of the capital that calls from abroad. */
    SPOOFED_LANDLINE(Verdict.Kind.REJECT, 3),
    /** A home mobile that calls from abroad while it is at home. */
    SPOOFED_MOBILE(Verdict.Kind.REJECT, 2),
    /** A bank's hotline, which never calls anybody. */
    SPOOFED_HOTLINE(Verdict.Kind.REJECT, 1),
    /** Ever new numbers out of a black-listed block. */
    ROTATING(Verdict.Kind.DIVERT, 5),
    /** No number at all, neither for the callee nor for the network. */
    ANONYMOUS(Verdict.Kind.DIVERT, 1),
    /** Letters, or digits that cannot be a number. */
    MALFORMED(Verdict.Kind.REJECT, 2),
    /** A short code as caller. */
    SHORT_CODE(Verdict.Kind.REJECT, 1),
    /** A home number of a range that the numbering registry does not confirm. */
    UNCONFIRMED(Verdict.Kind.LABEL, 1);

    private final Verdict.Kind expected;
    private final int share;

    Recipe(Verdict.Kind expected, int share) {
        this.expected = expected;
        this.share = share;
    }

    /** The verdict that a call of this kind must meet. */
    Verdict.Kind expected() {
        return expected;
    }

    /** Calls of this kind in one deck of traffic, see {@link RecipeDeck}. */
    int share() {
        return share;
    }
}
