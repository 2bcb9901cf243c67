package org.anticall.rules.number;

/**
 * One range of a numbering plan.
 *
 * @param prefix country code and the leading national digits
 * @param rangeClass what numbers in it are
 * @param minDigits fewest digits of a complete number, country code included
 * @param maxDigits most digits of a complete number, country code included
 * @param note whose range it is, for people; may be empty
 */
record NumberRange(long prefix, RangeClass rangeClass, int minDigits, int maxDigits, String note) {

    NumberRange {
        if (minDigits < 1 || minDigits > maxDigits || maxDigits > E164.MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "digits " + minDigits + "-" + maxDigits + ", expected 1 to " + E164.MAX_DIGITS);
        }
    }

    /** Whether a number of {@code digits} digits is complete; ranges that are not of the home country take any length. */
    boolean holds(int digits) {
        return digits >= minDigits && digits <= maxDigits;
    }
}
