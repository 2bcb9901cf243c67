package org.anticall.rules.number;

import org.anticall.rules.number.PartyNumber.Form;

/**
 * Turns the user part of a SIP URI, or the subscriber of a {@code tel} URI, into a {@link PartyNumber}. Numbers written
 * the national way are understood as the home country's: that serves evaluation only, the message stays as it came.
 *
 * <h2>How a number is read</h2>
 *
 * One pass takes {@code +}, digits, visual separators (RFC 3966 §5.1.1) and {@code %} escapes (RFC 3261 §25.1), and stops at
 * a {@code ;} (parameters). What follows is arithmetic on the value: access codes ({@code 00}, {@code 810}), trunk prefix and
 * national number, country code without {@code +}. A reading as a national number counts only if it falls into a range
 * that is in use at home; {@code 84951234567} is no national number in Kazakhstan, so it is read as country code 84.
 *
 * <p>Immutable, thread-safe; never throws, allocates nothing for anything made of digits.
 */
public final class NumberNormalizer {

    /** Most digits of a short code. */
    static final int MAX_SHORT_DIGITS = 6;

    private static final int MAX_COUNTED_DIGITS = 18;

    private static final String[] WITHHELD = {"anonymous", "restricted", "private", "withheld"};
    private static final String[] MISSING = {"unavailable", "unknown"};

    private final NumberingPlan plan;
    private final DigitCode[] accessCodes;
    private final DigitCode trunkPrefix;
    private final int countryCode;

    public NumberNormalizer(NumberingPlan plan) {
        this.plan = plan;
        this.accessCodes = plan.accessCodes().stream().map(DigitCode::of).toArray(DigitCode[]::new);
        this.trunkPrefix = DigitCode.of(plan.trunkPrefix());
        this.countryCode = plan.countryCode();
    }

    /** Country code of the home country. */
    public int homeCountryCode() {
        return countryCode;
    }

    /** What a field that names the calling or redirecting party says. */
    public long caller(CharSequence user) {
        long number = read(user);
        return number == PartyNumber.NOT_DIGITS ? wordOrNot(user) : number;
    }

    /** What the Request-URI says of the called party. */
    public long callee(CharSequence user) {
        return read(user);
    }

    private long read(CharSequence user) {
        int length = user.length();
        boolean plus = false;
        int zeros = 0;
        int digits = 0;
        long value = 0;
        int at = 0;
        for (; at < length; at++) {
            char c = user.charAt(at);
            if (c == '%' && at + 2 < length) {
                c = unescaped(user.charAt(at + 1), user.charAt(at + 2));
                at += 2;
            }
            if (c >= '0' && c <= '9') {
                if (c == '0' && value == 0) {
                    zeros++;
                }
                if (digits < MAX_COUNTED_DIGITS) {
                    value = value * 10 + (c - '0');
                }
                digits++;
            } else if (c == '+' && digits == 0 && !plus) {
                plus = true;
            } else if (c == ';') {
                break;
            } else if (!isVisualSeparator(c)) {
                return PartyNumber.NOT_DIGITS;
            }
        }
        if (digits == 0) {
            return at == 0 ? PartyNumber.ABSENT : PartyNumber.NOT_DIGITS;
        }
        if (digits > MAX_COUNTED_DIGITS) {
            return PartyNumber.TOO_LONG;
        }
        return plus ? international(value, digits, zeros) : written(value, digits, zeros);
    }

    private long international(long value, int digits, int zeros) {
        return zeros == 0 ? complete(value, digits, Form.INTERNATIONAL) : written(value, digits, zeros);
    }

    private long written(long value, int digits, int zeros) {
        if (digits <= MAX_SHORT_DIGITS) {
            return PartyNumber.shortCode(value, digits);
        }
        for (DigitCode code : accessCodes) {
            long rest = code.strip(value, digits, zeros);
            if (rest != E164.NONE) {
                return complete(rest, digits - code.digits(), Form.ACCESS_CODE);
            }
        }
        if (zeros > 0) {
            return digits > E164.MAX_DIGITS ? PartyNumber.TOO_LONG : PartyNumber.tooShort(value, digits);
        }
        long national = national(trunkPrefix.strip(value, digits, zeros));
        if (national == E164.NONE) {
            national = national(value);
        }
        return national == E164.NONE ? complete(value, digits, Form.BARE) : PartyNumber.of(national, Form.NATIONAL);
    }

    /** A number with country code, of whatever length. */
    private long complete(long value, int digits, Form form) {
        if (digits > E164.MAX_DIGITS) {
            return PartyNumber.TOO_LONG;
        }
        int restDigits = digits - E164.digits(countryCode);
        if (restDigits > 0 && restDigits <= MAX_SHORT_DIGITS && E164.startsWith(value, countryCode)) {
            long rest = value % tenTo(restDigits);
            if (E164.digits(rest) == restDigits && plan.isShortCode(rest)) {
                return PartyNumber.shortCode(rest, restDigits);
            }
        }
        return digits < E164.MIN_DIGITS ? PartyNumber.tooShort(value, digits) : PartyNumber.of(value, form);
    }

    /** The home number with the national digits {@code value}, or {@link E164#NONE} if nobody at home has such a number. */
    private long national(long value) {
        int digits = E164.digits(value);
        if (value == E164.NONE || digits + E164.digits(countryCode) > E164.MAX_DIGITS) {
            return E164.NONE;
        }
        long e164 = countryCode * tenTo(digits) + value;
        return plan.classOf(e164).isInUseAtHome() ? e164 : E164.NONE;
    }

    /** Words that say why there is no number. */
    private static long wordOrNot(CharSequence user) {
        for (String word : WITHHELD) {
            if (equalsIgnoringCase(word, user)) {
                return PartyNumber.ANONYMOUS;
            }
        }
        for (String word : MISSING) {
            if (equalsIgnoringCase(word, user)) {
                return PartyNumber.ABSENT;
            }
        }
        return PartyNumber.NOT_DIGITS;
    }

    private static boolean equalsIgnoringCase(String word, CharSequence text) {
        if (word.length() != text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != (text.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisualSeparator(char c) {
        return c == '-' || c == '.' || c == '(' || c == ')' || c == ' ';
    }

    /** The character of a {@code %} escape; NUL, which no number has, if it is none. */
    private static char unescaped(char high, char low) {
        int value = (Character.digit(high, 16) << 4) | Character.digit(low, 16);
        return value < 0 ? 0 : (char) value;
    }

    private static long tenTo(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /** A code of leading digits that may itself start with zeros. */
    private record DigitCode(long value, int digits, int zeros) {

        static DigitCode of(String text) {
            int zeros = 0;
            while (zeros < text.length() && text.charAt(zeros) == '0') {
                zeros++;
            }
            return new DigitCode(zeros == text.length() ? 0 : Long.parseLong(text), text.length(), zeros);
        }

        /** The digits after this code, or {@link E164#NONE} if the number does not start with it or goes on with a 0. */
        long strip(long number, int numberDigits, int numberZeros) {
            if (digits == 0 || numberDigits <= digits || Math.min(numberZeros, digits) != zeros) {
                return E164.NONE;
            }
            long power = tenTo(numberDigits - digits);
            boolean goesOn = number % power >= power / 10;
            return goesOn && number / power == value ? number % power : E164.NONE;
        }
    }
}
