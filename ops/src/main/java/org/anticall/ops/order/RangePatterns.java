package org.anticall.ops.order;

import java.util.ArrayList;
import java.util.List;

/** A range of numbers as prefixes: {@code +447700900000} to {@code +447700900999} is {@code +447700900*}. */
final class RangePatterns {

    private RangePatterns() {}

    /** @param from not above {@code to}, of the same length, both with their plus */
    static List<String> of(String from, String to) {
        List<String> patterns = new ArrayList<>();
        long low = Long.parseLong(from.substring(1));
        long high = Long.parseLong(to.substring(1));
        int digits = from.length() - 1;
        while (low <= high) {
            long block = 1;
            int open = 0;
            // The largest block of ten, hundred, … that begins here and does not reach beyond the end.
            while (open < digits - 1 && low % (block * 10) == 0 && low + block * 10 - 1 <= high) {
                block *= 10;
                open++;
            }
            String text = "+" + low;
            patterns.add(open == 0 ? text : text.substring(0, text.length() - open) + "*");
            low += block;
        }
        return patterns;
    }
}
