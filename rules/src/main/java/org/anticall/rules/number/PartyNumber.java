package org.anticall.rules.number;

/**
 * What one signalling field says of a party's number, packed into a {@code long}: what it is, how it was written, and the
 * digits. A number that cannot be normalised is a fact with a {@link Kind} of its own, never an empty string.
 *
 * <p>Bits 60–63 hold the kind, 56–59 the form, 52–55 the count of digits (needed for short codes, which may start with
 * 0), 0–51 the digits as a decimal value. All methods are pure and allocation-free unless they return a String.
 */
public final class PartyNumber {

    /** What the field holds. */
    public enum Kind {
        /** The field is missing, empty, or says that there is no number: {@code unavailable}, {@code unknown}. */
        ABSENT,
        /** The field says that the number is withheld: {@code anonymous@anonymous.invalid} (RFC 3323 §4.1.1.3), and its like. */
        ANONYMOUS,
        /** A complete number, see {@link #e164(long)}. */
        E164,
        /** A short code: at most six digits without {@code +}, or the home country code before a known short code. */
        SHORT,
        /** International, but fewer than {@value E164#MIN_DIGITS} digits, or starting with a 0 that no country code has. */
        TOO_SHORT,
        /** More than {@value E164#MAX_DIGITS} digits. */
        TOO_LONG,
        /** Not a number at all: letters, or other characters that no number has. */
        NOT_DIGITS
    }

    /** How a number of kind {@link Kind#E164} was written. */
    public enum Form {
        /** Does not apply. */
        NONE,
        /** {@code +} and country code. */
        INTERNATIONAL,
        /** Country code without {@code +}. */
        BARE,
        /** An international access code ({@code 00}, {@code 810}) and country code. */
        ACCESS_CODE,
        /** The home country's national form, with or without its trunk prefix. */
        NATIONAL
    }

    /** The field is missing. */
    public static final long ABSENT = pack(Kind.ABSENT, Form.NONE, 0, 0);

    /** The field withholds the number. */
    public static final long ANONYMOUS = pack(Kind.ANONYMOUS, Form.NONE, 0, 0);

    /** The field holds something that is no number. */
    public static final long NOT_DIGITS = pack(Kind.NOT_DIGITS, Form.NONE, 0, 0);

    /** The field holds more digits than a number can have. */
    public static final long TOO_LONG = pack(Kind.TOO_LONG, Form.NONE, 0, 0);

    private static final Kind[] KINDS = Kind.values();
    private static final Form[] FORMS = Form.values();
    private static final long VALUE_MASK = (1L << 52) - 1;

    private PartyNumber() {}

    /** A complete number of {@value E164#MIN_DIGITS} to {@value E164#MAX_DIGITS} digits, written as {@code form}. */
    public static long of(long e164, Form form) {
        return pack(Kind.E164, form, E164.digits(e164), e164);
    }

    /** A short code of {@code digits} digits (1–6) with the decimal value {@code value}. */
    public static long shortCode(long value, int digits) {
        return pack(Kind.SHORT, Form.NONE, digits, value);
    }

    /** An international number of {@code digits} digits (0–15), too few or with a leading 0. */
    public static long tooShort(long value, int digits) {
        return pack(Kind.TOO_SHORT, Form.NONE, digits, value);
    }

    public static Kind kind(long number) {
        return KINDS[(int) (number >>> 60)];
    }

    public static Form form(long number) {
        return FORMS[(int) (number >>> 56) & 0xF];
    }

    /** The number's identity, or {@link E164#NONE} unless the kind is {@link Kind#E164}. */
    public static long e164(long number) {
        return kind(number) == Kind.E164 ? number & VALUE_MASK : E164.NONE;
    }

    /** Count of digits, 0 where the kind has none. */
    public static int digits(long number) {
        return (int) (number >>> 52) & 0xF;
    }

    /** The digits as a decimal value; leading zeros of a short code are in {@link #digits(long)}. */
    public static long value(long number) {
        return number & VALUE_MASK;
    }

    /** Whether the field names a party, well-formed or not. */
    public static boolean isPresent(long number) {
        Kind kind = kind(number);
        return kind != Kind.ABSENT && kind != Kind.ANONYMOUS;
    }

    /** For people: {@code +77172555555}, {@code 1414}, {@code anonymous}, {@code absent}, {@code too-long} … */
    public static String format(long number) {
        return switch (kind(number)) {
            case E164 -> E164.format(e164(number));
            case SHORT -> padded(number);
            case TOO_SHORT -> "+" + padded(number);
            case ABSENT -> "absent";
            case ANONYMOUS -> "anonymous";
            case TOO_LONG -> "too-long";
            case NOT_DIGITS -> "not-digits";
        };
    }

    private static String padded(long number) {
        String digits = Long.toString(value(number));
        return "0".repeat(Math.max(0, digits(number) - digits.length())) + digits;
    }

    private static long pack(Kind kind, Form form, int digits, long value) {
        return (long) kind.ordinal() << 60 | (long) form.ordinal() << 56 | (long) digits << 52 | value;
    }
}
