package org.anticall.ops.http;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.anticall.rules.number.E164;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the eyes of people: in groups, with the country they belong to, and masked. A masked number keeps at most
 * what tells the town or the network, and the last two digits: {@code +7 717 2•• •• 41}.
 */
final class NumberText {

    private static final int LONGEST_TEXT = 32;
    private static final char DOT = '•';

    private NumberText() {}

    /** {@code number} in groups; text that is no number comes back as it is, cut to {@value #LONGEST_TEXT} characters. */
    static String full(String number) {
        long e164 = e164(number);
        return e164 == E164.NONE ? cut(number) : grouped(E164.format(e164).substring(1));
    }

    /** {@code number} masked; short codes such as 112 belong to nobody and stay, other text is hidden as a whole. */
    static String masked(String number) {
        long e164 = e164(number);
        if (e164 != E164.NONE) {
            return grouped(mask(E164.format(e164).substring(1)));
        }
        return number.matches("[0-9]{2,6}") ? number : String.valueOf(DOT).repeat(3);
    }

    /** What somebody searched for, for the trail: masked, empty if it was nothing. */
    static String sought(String number) {
        return number.isEmpty() ? "" : masked(number);
    }

    /** ISO 3166-1 alpha-2 code of the country a number belongs to, null where it cannot be told. */
    static @Nullable String country(String number) {
        long e164 = e164(number);
        if (e164 == E164.NONE) {
            return null;
        }
        if (E164.startsWith(e164, 7)) {
            long area = E164.prefix(e164, 2);
            return area == 76 || area == 77 ? "KZ" : "RU";
        }
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber parsed = library.parse(E164.format(e164), null);
            String region = library.getRegionCodeForNumber(parsed);
            String code = region == null ? library.getRegionCodeForCountryCode(parsed.getCountryCode()) : region;
            return code.matches("[A-Z]{2}") && !code.equals("ZZ") ? code : null;
        } catch (NumberParseException notANumber) {
            return null;
        }
    }

    private static long e164(String number) {
        long value = E164.parse(number);
        return E164.digits(value) < E164.MIN_DIGITS ? E164.NONE : value;
    }

    private static String mask(String digits) {
        int shown = Math.max(1, digits.length() - 6);
        if (digits.startsWith("77") && digits.length() == 11) {
            shown = digits.startsWith("771") || digits.startsWith("772") ? 5 : 4;
        } else if (digits.startsWith("375") && digits.length() == 12) {
            shown = digits.charAt(3) < '2' || digits.startsWith("37521") ? 6 : 5;
        }
        StringBuilder masked = new StringBuilder(digits);
        for (int i = shown; i < digits.length() - 2; i++) {
            masked.setCharAt(i, DOT);
        }
        return masked.toString();
    }

    private static String grouped(String digits) {
        if (digits.startsWith("7") && digits.length() == 11) {
            return groups(digits, 1, 3, 3, 2, 2);
        }
        if (digits.startsWith("375") && digits.length() == 12) {
            return groups(digits, 3, 2, 3, 2, 2);
        }
        return digits.indexOf(DOT) >= 0 ? groupsOfThree(digits) : byLibrary(digits);
    }

    private static String byLibrary(String digits) {
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();
        try {
            return library.format(library.parse("+" + digits, null), PhoneNumberFormat.INTERNATIONAL)
                    .replace('-', ' ');
        } catch (NumberParseException notANumber) {
            return "+" + digits;
        }
    }

    private static String groups(String digits, int... lengths) {
        StringBuilder text = new StringBuilder("+");
        int at = 0;
        for (int length : lengths) {
            text.append(at == 0 ? "" : " ").append(digits, at, at + length);
            at += length;
        }
        return text.toString();
    }

    private static String groupsOfThree(String digits) {
        StringBuilder text = new StringBuilder("+");
        for (int i = 0; i < digits.length(); i++) {
            text.append(i > 0 && i % 3 == 0 ? " " : "").append(digits.charAt(i));
        }
        return text.toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
