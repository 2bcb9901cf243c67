package org.anticall.rules.number;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The country codes that the ITU has assigned ({@code country-codes.csv}). Immutable. */
final class CountryCodes {

    static final CountryCodes ITU = read();

    private final PrefixTable table;
    private final List<String> names;

    private CountryCodes(Map<Long, Integer> codes, List<String> names) {
        this.table = new PrefixTable(codes);
        this.names = List.copyOf(names);
    }

    /** The country code that {@code e164} starts with, or 0 if none is assigned. */
    int codeOf(long e164) {
        int length = table.longestLength(e164, 3);
        return length == 0 ? 0 : (int) E164.prefix(e164, length);
    }

    /** The name of a country code's holder, in English; empty for a code that is not assigned. */
    String nameOf(int code) {
        int index = table.exact(code);
        return index == PrefixTable.NONE ? "" : names.get(index);
    }

    boolean isAssigned(int code) {
        return table.exact(code) != PrefixTable.NONE;
    }

    private static CountryCodes read() {
        Map<Long, Integer> codes = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (DataFile.Line line : DataFile.read("country-codes.csv")) {
            codes.put(line.number(0), names.size());
            names.add(line.text(1));
        }
        return new CountryCodes(codes, names);
    }
}
