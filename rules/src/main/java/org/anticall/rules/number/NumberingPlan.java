package org.anticall.rules.number;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The numbering plan of a home country, read from {@code plan-XX.csv}, and the ITU's country codes: what class a number
 * is of, which short codes there are, how numbers are written at home. Immutable; look-ups allocate nothing.
 */
public final class NumberingPlan {

    /** Countries that a plan ships for. */
    public static final List<String> KNOWN = List.of("BY", "KZ");

    private static final RangeClass[] CLASSES = RangeClass.values();

    private final String home;
    private final int countryCode;
    private final List<NumberRange> ranges;
    private final PrefixTable rangeTable;
    private final int[] shortCodes;
    private final int[] emergencyCodes;
    private final String trunkPrefix;
    private final List<String> accessCodes;

    private NumberingPlan(NumberingPlanReader data) {
        this.home = data.home();
        this.countryCode = data.countryCode();
        this.ranges = List.copyOf(data.ranges());
        this.shortCodes = sorted(data.shortCodes());
        this.emergencyCodes = sorted(data.emergencyCodes());
        this.trunkPrefix = data.trunkPrefix();
        this.accessCodes = List.copyOf(data.accessCodes());
        Map<Long, Integer> table = new HashMap<>();
        for (int i = 0; i < ranges.size(); i++) {
            table.put(ranges.get(i).prefix(), i);
        }
        this.rangeTable = new PrefixTable(table);
    }

    /**
     * The plan of {@code home}.
     *
     * @param home ISO 3166-1 alpha-2 code in any case
     * @throws IllegalArgumentException naming the countries there is a plan for
     */
    public static NumberingPlan of(String home) {
        String country = home.toUpperCase(Locale.ROOT);
        if (!KNOWN.contains(country)) {
            throw new IllegalArgumentException(
                    "no numbering plan for home country '" + home + "', known: " + String.join(", ", KNOWN));
        }
        return new NumberingPlan(NumberingPlanReader.read("plan-" + country + ".csv"));
    }

    /** ISO 3166-1 alpha-2 code of the home country. */
    public String home() {
        return home;
    }

    /** The home country's code, shared with another country for 7. */
    public int countryCode() {
        return countryCode;
    }

    /** What {@code e164} is; {@link RangeClass#NONE} for {@link E164#NONE}. */
    public RangeClass classOf(long e164) {
        if (e164 == E164.NONE) {
            return RangeClass.NONE;
        }
        int index = rangeTable.longest(e164);
        if (index != PrefixTable.NONE) {
            NumberRange range = ranges.get(index);
            return range.holds(E164.digits(e164)) ? range.rangeClass() : RangeClass.HOME_WRONG_LENGTH;
        }
        return CountryCodes.ITU.codeOf(e164) == 0 ? RangeClass.UNASSIGNED_COUNTRY : RangeClass.FOREIGN;
    }

    /** The class whose {@link Enum#ordinal()} is {@code ordinal}, for packed classes. */
    public static RangeClass classAt(int ordinal) {
        return CLASSES[ordinal];
    }

    /** The country code that {@code e164} starts with, 0 if it is assigned to nobody. */
    public int countryCodeOf(long e164) {
        return CountryCodes.ITU.codeOf(e164);
    }

    /** Whether all numbers that begin with {@code prefix} are landlines of one area: {@code 37517}, {@code 77172}. */
    public boolean isWithinLandlineArea(long prefix) {
        int index = rangeTable.longest(prefix);
        return index != PrefixTable.NONE && ranges.get(index).rangeClass() == RangeClass.HOME_FIXED;
    }

    /** For people: "a home fixed number (Astana)", "a foreign number (44, United Kingdom)". */
    public String describe(long e164) {
        RangeClass rangeClass = classOf(e164);
        int index = rangeTable.longest(e164);
        String detail = index == PrefixTable.NONE ? "" : ranges.get(index).note();
        if (index == PrefixTable.NONE && rangeClass == RangeClass.FOREIGN) {
            int code = countryCodeOf(e164);
            detail = code + ", " + CountryCodes.ITU.nameOf(code);
        }
        return detail.isEmpty() ? rangeClass.description() : rangeClass.description() + " (" + detail + ")";
    }

    /** Whether {@code code} (decimal value of a short code without leading zeros) is in use at home. */
    boolean isShortCode(long code) {
        return code < 1_000_000 && Arrays.binarySearch(shortCodes, (int) code) >= 0;
    }

    /** Whether {@code partyNumber} is a short code that calls for help. */
    public boolean isEmergency(long partyNumber) {
        return PartyNumber.kind(partyNumber) == PartyNumber.Kind.SHORT
                && Arrays.binarySearch(emergencyCodes, (int) PartyNumber.value(partyNumber)) >= 0
                && PartyNumber.digits(partyNumber) == E164.digits(PartyNumber.value(partyNumber));
    }

    /** The emergency codes in ascending order. */
    public List<Integer> emergencyCodes() {
        return Arrays.stream(emergencyCodes).boxed().toList();
    }

    private static int[] sorted(List<Integer> codes) {
        return codes.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    String trunkPrefix() {
        return trunkPrefix;
    }

    List<String> accessCodes() {
        return accessCodes;
    }
}
