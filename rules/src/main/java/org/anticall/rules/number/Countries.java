package org.anticall.rules.number;

import java.util.HashMap;
import java.util.Map;

/**
 * Countries by their country codes ({@code countries.csv}): which code a country has, and how long its numbers can be.
 * Immutable; look-ups by code allocate nothing.
 */
public final class Countries {

    private static final int MAX_CODE = 999;
    private static final byte[] FEWEST = new byte[MAX_CODE + 1];
    private static final byte[] MOST = new byte[MAX_CODE + 1];
    private static final Map<String, Integer> CODES = read();

    private Countries() {}

    /**
     * The country code of {@code country}.
     *
     * @param country ISO 3166-1 alpha-2
     * @return the code, 0 if no country of that name has one
     */
    public static int codeOf(String country) {
        return CODES.getOrDefault(country, 0);
    }

    /** Whether the ITU has given {@code code} to anybody. */
    public static boolean isAssigned(int code) {
        return CountryCodes.ITU.isAssigned(code);
    }

    /** The country code that {@code e164} starts with, 0 if it is assigned to nobody. */
    public static int codeOf(long e164) {
        return CountryCodes.ITU.codeOf(e164);
    }

    /** Whether a number of {@code e164}'s country can have so many digits; true where nothing is known of them. */
    public static boolean isPossibleLength(long e164) {
        int code = CountryCodes.ITU.codeOf(e164);
        if (MOST[code] == 0) {
            return true;
        }
        int national = E164.digits(e164) - E164.digits(code);
        return national >= FEWEST[code] && national <= MOST[code];
    }

    private static Map<String, Integer> read() {
        Map<String, Integer> codes = new HashMap<>();
        for (DataFile.Line line : DataFile.read("countries.csv")) {
            int code = (int) line.number(0);
            String[] digits = line.text(1).split("-", 2);
            FEWEST[code] = Byte.parseByte(digits[0]);
            MOST[code] = Byte.parseByte(digits[1]);
            for (String country : line.text(2).split(" ", -1)) {
                if (!country.isEmpty()) {
                    codes.put(country, code);
                }
            }
        }
        return codes;
    }
}
