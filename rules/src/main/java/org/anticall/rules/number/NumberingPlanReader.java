package org.anticall.rules.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anticall.rules.number.DataFile.Line;

/**
 * Reads {@code plan-XX.csv}. Lines start with what they say: {@code home}, {@code country}, {@code trunk}, {@code access},
 * {@code short}, {@code range}; the files explain the fields.
 */
final class NumberingPlanReader {

    private String home = "";
    private int countryCode;
    private String trunkPrefix = "";
    private final List<String> accessCodes = new ArrayList<>();
    private final List<Integer> shortCodes = new ArrayList<>();
    private final List<Integer> emergencyCodes = new ArrayList<>();
    private final List<NumberRange> ranges = new ArrayList<>();

    private NumberingPlanReader() {}

    static NumberingPlanReader read(String file) {
        NumberingPlanReader reader = new NumberingPlanReader();
        DataFile.read(file).forEach(reader::take);
        return reader;
    }

    private void take(Line line) {
        switch (line.text(0)) {
            case "home" -> home = line.text(1);
            case "country" -> countryCode = (int) line.number(1);
            case "trunk" -> trunkPrefix = line.text(1);
            case "access" -> accessCodes.add(line.text(1));
            case "short" -> takeShortCode(line);
            case "range" -> takeRanges(line);
            default -> throw line.fault("'" + line.text(0) + "' is no kind of line");
        }
    }

    private void takeShortCode(Line line) {
        int code = (int) line.number(1);
        shortCodes.add(code);
        switch (line.text(2)) {
            case "emergency" -> emergencyCodes.add(code);
            case "service" -> {}
            default -> throw line.fault("'" + line.text(2) + "', expected emergency or service");
        }
    }

    private void takeRanges(Line line) {
        String[] bounds = line.text(1).split("-", 2);
        long first = Long.parseLong(bounds[0]);
        long last = Long.parseLong(bounds[bounds.length - 1]);
        if (last < first || E164.digits(first) != E164.digits(last)) {
            throw line.fault("range " + line.text(1) + ", expected two prefixes of one length, the lower first");
        }
        RangeClass rangeClass =
                RangeClass.valueOf(line.text(2).toUpperCase(Locale.ROOT).replace('-', '_'));
        String[] digits = line.text(3).split("-", 2);
        int countryDigits = rangeClass == RangeClass.FOREIGN ? 0 : E164.digits(countryCode);
        int min = Integer.parseInt(digits[0]) + countryDigits;
        int max = Integer.parseInt(digits[digits.length - 1]) + countryDigits;
        for (long prefix = first; prefix <= last; prefix++) {
            ranges.add(new NumberRange(prefix, rangeClass, min, max, line.text(4)));
        }
    }

    String home() {
        return home;
    }

    int countryCode() {
        return countryCode;
    }

    String trunkPrefix() {
        return trunkPrefix;
    }

    List<String> accessCodes() {
        return accessCodes;
    }

    List<Integer> shortCodes() {
        return shortCodes;
    }

    List<Integer> emergencyCodes() {
        return emergencyCodes;
    }

    List<NumberRange> ranges() {
        return ranges;
    }
}
