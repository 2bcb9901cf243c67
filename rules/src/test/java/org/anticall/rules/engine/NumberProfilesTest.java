package org.anticall.rules.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberList.Entry;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PartyNumber.Form;
import org.junit.jupiter.api.Test;

class NumberProfilesTest {

    private static final long END = 1_800_000_000_000L;
    private static final long LISTED = 442_079_460_123L;

    private final NumberingPlan kazakhstan = NumberingPlan.of("KZ");
    private final NumberList black = new NumberList(
            "black",
            List.of(
                    new Entry(LISTED, false, END, "ends"),
                    new Entry(90_532, true, NumberList.FOR_EVER, ""),
                    new Entry(7_717, true, END, "")));
    private final NumberList other = new NumberList("other", List.of(new Entry(9, true, END + 1_000, "")));

    @Test
    void anEntryEndsToTheMillisecondAlsoForThoseWhoCalledBefore() {
        NumberProfiles profiles = profiles(black, other);

        assertEquals(1, profiles.of(LISTED, END - 1).hits());
        assertEquals(0, profiles.of(LISTED, END).hits());
        assertEquals(0, profiles.of(LISTED, END + 1).hits());
        assertEquals(1, profiles.of(LISTED, END - 1).hits(), "a call of the past is judged as of then");
        assertEquals(0, profiles.of(LISTED, END).hits());
    }

    @Test
    void aProfileSaysWhatTheTablesSay() {
        NumberProfiles profiles = profiles(black, other);
        Random random = new Random(11);
        long[] numbers = {LISTED, LISTED + 1, 905_321_234_567L, 905_421_234_567L, 77_172_555_555L, 77_011_234_567L};
        for (int i = 0; i < 20_000; i++) {
            long number = numbers[random.nextInt(numbers.length)];
            long at = END - 5 + random.nextInt(1_010);

            NumberProfile profile = profiles.of(number, at);

            assertEquals(kazakhstan.classOf(number).ordinal(), profile.rangeClass());
            long party = PartyNumber.of(number, Form.NATIONAL);
            int hits = (black.find(party, at) == NumberList.NONE ? 0 : 1)
                    | (other.find(party, at) == NumberList.NONE ? 0 : 2);
            assertEquals(hits, profile.hits(), () -> number + " at " + at);
        }
        assertTrue(profiles.stats().hitCount() > 10_000, () -> profiles.stats().toString());
    }

    @Test
    void callersWithoutNumberTakeNoMoreThanTheBound() {
        NumberProfiles profiles = profiles(black);
        for (int i = 0; i < 3 * NumberProfiles.MOST_NUMBERS; i++) {
            profiles.of(440_000_000_000L + i, END);
        }

        assertTrue(profiles.size() <= NumberProfiles.MOST_NUMBERS + 1_000, () -> profiles.size() + " numbers");
    }

    @Test
    void whatFindsNoBitIsLookedUpEachTime() {
        ProfiledLists lists = new ProfiledLists();
        List<NumberList> many = new ArrayList<>();
        for (int i = 0; i <= ProfiledLists.MOST; i++) {
            many.add(new NumberList("list" + i, List.of()));
        }

        for (int i = 0; i < ProfiledLists.MOST; i++) {
            assertEquals(i, lists.bitOf(many.get(i)));
        }
        assertEquals(ProfiledLists.NONE, lists.bitOf(many.get(ProfiledLists.MOST)));
        assertEquals(3, lists.bitOf(many.get(3)), "the same list has the same bit");
    }

    private NumberProfiles profiles(NumberList... lists) {
        ProfiledLists profiled = new ProfiledLists();
        for (NumberList list : lists) {
            profiled.bitOf(list);
        }
        return new NumberProfiles(kazakhstan, profiled);
    }
}
