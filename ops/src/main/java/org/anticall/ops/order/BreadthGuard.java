package org.anticall.ops.order;

import java.util.Set;

/**
 * How many approvers an order needs: two if it is broad. Broad is a prefix shorter than its country code and three digits, a
 * condition of which nothing was counted, a list, which can grow afterwards, or more than 0.5 % of recent calls.
 */
public final class BreadthGuard {

    private static final int DIGITS_BEYOND_COUNTRY = 3;

    /** Calls of the last days that are too few for a share of them to say anything about single numbers. */
    static final int HANDFUL = 10;

    private static final Set<String> TWO_DIGITS = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    private BreadthGuard() {}

    /** 1 or 2. */
    public static int approversNeeded(Target target, Breadth breadth) {
        boolean uncounted = target instanceof Target.Conditional && breadth.allCalls() == 0;
        return uncounted || target instanceof Target.Listed || breadth.isBroad() || hasShortPrefix(target) ? 2 : 1;
    }

    /**
     * Whether one person may act on it alone for a while: it would need one approver only, or means single numbers that were
     * behind no more than a handful of calls, which in a quiet week are more than their share.
     */
    public static boolean isNarrow(Target target, Breadth breadth) {
        boolean handful = target instanceof Target.Numbers && breadth.calls() <= HANDFUL;
        return handful || approversNeeded(target, breadth) == 1;
    }

    private static boolean hasShortPrefix(Target target) {
        return target.patterns().stream()
                .filter(pattern -> pattern.endsWith("*"))
                .map(pattern -> pattern.substring(1, pattern.length() - 1))
                .anyMatch(BreadthGuard::isShort);
    }

    /** Whether a prefix, given by its digits, is shorter than its country code and three digits. */
    static boolean isShort(String digits) {
        return digits.length() < countryCodeDigits(digits) + DIGITS_BEYOND_COUNTRY;
    }

    /** Length of the country code (ITU-T E.164): 1 and 7 stand alone, these have two digits, all others three. */
    private static int countryCodeDigits(String digits) {
        if (digits.startsWith("1") || digits.startsWith("7")) {
            return 1;
        }
        return digits.length() >= 2 && TWO_DIGITS.contains(digits.substring(0, 2)) ? 2 : 3;
    }
}
