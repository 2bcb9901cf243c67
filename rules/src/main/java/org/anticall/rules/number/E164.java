package org.anticall.rules.number;

/**
 * The identity of a telephone number: its E.164 digits as a {@code long}.
 *
 * <p>The value is the number read as a decimal, so {@code +77172555555} is {@code 77172555555L}. No country code starts
 * with 0 and no number has more than {@value #MAX_DIGITS} digits (ITU-T E.164 §6), so the digits and the value determine
 * each other. {@link #NONE} is no number at all. All methods are pure and allocate only where they return a String.
 */
public final class E164 {

    /** No number. */
    public static final long NONE = 0L;

    /** Fewest digits, country code included, that this product takes for a complete number. */
    public static final int MIN_DIGITS = 7;

    /** Most digits, country code included (ITU-T E.164 §6.1). */
    public static final int MAX_DIGITS = 15;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private E164() {}

    /**
     * Reads {@code +} (optional) and 1 to {@value #MAX_DIGITS} digits, the first of them not 0. Nothing else is taken: no
     * separators, no parameters.
     *
     * @return the number, or {@link #NONE} if {@code text} is not of that form
     */
    public static long parse(CharSequence text) {
        int at = text.length() > 0 && text.charAt(0) == '+' ? 1 : 0;
        int digits = text.length() - at;
        if (digits < 1 || digits > MAX_DIGITS || text.charAt(at) == '0') {
            return NONE;
        }
        long value = 0;
        for (; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** How many digits {@code number} has, 0 for {@link #NONE}. */
    public static int digits(long number) {
        if (number <= NONE) {
            return 0;
        }
        // 1233 / 4096 is just above log10(2): the estimate is the count of digits, or one less.
        int estimate = ((Long.SIZE - Long.numberOfLeadingZeros(number)) * 1233) >>> 12;
        return number < POWERS_OF_TEN[estimate] ? estimate : estimate + 1;
    }

    /**
     * The first {@code length} digits of {@code number}.
     *
     * @return the prefix, or {@link #NONE} if the number has fewer digits
     */
    public static long prefix(long number, int length) {
        int surplus = digits(number) - length;
        return surplus < 0 ? NONE : number / POWERS_OF_TEN[surplus];
    }

    /** Whether the digits of {@code number} begin with those of {@code prefix}. */
    public static boolean startsWith(long number, long prefix) {
        return prefix != NONE && prefix(number, digits(prefix)) == prefix;
    }

    /** {@code +} and the digits; an empty string for {@link #NONE}. */
    public static String format(long number) {
        return number == NONE ? "" : "+" + number;
    }

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
