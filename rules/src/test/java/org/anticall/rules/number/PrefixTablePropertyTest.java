package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PrefixTablePropertyTest {

    @Property
    void findsWhatANaiveSearchFinds(@ForAll("prefixes") Set<Long> prefixes, @ForAll("numbers") long number) {
        Map<Long, Integer> entries = new HashMap<>();
        for (Long prefix : prefixes) {
            entries.put(prefix, entries.size());
        }
        PrefixTable table = new PrefixTable(entries);

        assertEquals(naive(entries, number, 15), table.longest(number));
        assertEquals(naive(entries, number, 2), table.longest(number, 2));
        assertEquals(entries.getOrDefault(number, PrefixTable.NONE), table.exact(number));
    }

    private static int naive(Map<Long, Integer> entries, long number, int atMost) {
        String digits = Long.toString(number);
        for (int length = Math.min(digits.length(), atMost); length > 0; length--) {
            Integer value = entries.get(Long.parseLong(digits.substring(0, length)));
            if (value != null) {
                return value;
            }
        }
        return PrefixTable.NONE;
    }

    /** Few different digits, so that prefixes of one another are common. */
    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.strings()
                .withChars("123")
                .ofMinLength(1)
                .ofMaxLength(15)
                .map(Long::parseLong);
    }

    @Provide
    Arbitrary<Set<Long>> prefixes() {
        return Arbitraries.strings()
                .withChars("123")
                .ofMinLength(1)
                .ofMaxLength(6)
                .map(Long::parseLong)
                .set()
                .ofMaxSize(60);
    }
}
