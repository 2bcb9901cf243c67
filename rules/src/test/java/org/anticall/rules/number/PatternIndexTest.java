package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who names a number, against a search through all that are named. */
class PatternIndexTest {

    @Test
    void whoeverNamesTheNumberIsFoundInOrder() {
        PatternIndex.Builder builder = new PatternIndex.Builder();
        builder.add(PatternIndex.key(44, true), 0);
        builder.add(PatternIndex.key(447700900217L, false), 1);
        builder.add(PatternIndex.key(447700900217L, true), 2);
        builder.add(PatternIndex.key(447700900217L, false), 5);
        builder.add(PatternIndex.key(4477009002L, true), 5);
        PatternIndex index = builder.build();

        assertEquals(List.of(0, 1, 2, 5), owners(index, 447700900217L));
        assertEquals(List.of(0, 2, 5), owners(index, 4477009002170L), "longer than the number itself");
        assertEquals(List.of(0, 5), owners(index, 447700900218L));
        assertEquals(List.of(), owners(index, 90532L));
        assertEquals(PatternIndex.NONE, PatternIndex.EMPTY.next(447700900217L, -1));
    }

    /** Below and above the size at which numbers are kept in another way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 3_000, 80_000})
    void itFindsWhatASearchThroughAllFinds(int owners) {
        Random random = new Random(owners);
        PatternIndex.Builder builder = new PatternIndex.Builder();
        List<Long> keys = new ArrayList<>();
        for (int owner = 0; owner < owners; owner++) {
            long number = 44_770_000_000L + random.nextInt(owners * 2);
            boolean prefix = random.nextInt(10) == 0;
            long key = PatternIndex.key(prefix ? E164.prefix(number, 3 + random.nextInt(8)) : number, prefix);
            keys.add(key);
            builder.add(key, owner);
        }
        PatternIndex index = builder.build();

        for (int i = 0; i < 30; i++) {
            long number = 44_770_000_000L + random.nextInt(owners * 2 + 10);
            List<Integer> naming = new ArrayList<>();
            for (int owner = 0; owner < owners; owner++) {
                long digits = PatternIndex.digits(keys.get(owner));
                if (PatternIndex.isPrefix(keys.get(owner)) ? E164.startsWith(number, digits) : number == digits) {
                    naming.add(owner);
                }
            }
            assertEquals(naming, owners(index, number));
        }
    }

    private static List<Integer> owners(PatternIndex index, long number) {
        List<Integer> owners = new ArrayList<>();
        for (int owner = index.next(number, -1); owner != PatternIndex.NONE; owner = index.next(number, owner)) {
            owners.add(owner);
        }
        return owners;
    }
}
