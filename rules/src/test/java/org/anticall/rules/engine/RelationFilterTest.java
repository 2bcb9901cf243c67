package org.anticall.rules.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RelationFilterTest {

    private static final int DAY = 86_400;
    private static final int FIRST = 1_000 * DAY;

    private final RelationFilter filter = new RelationFilter(1 << 20);

    @Test
    void twoWhoGoOnCallingEachOtherNeverBecomeStrangers() {
        for (int day = 0; day <= 400; day += 40) {
            assertTrue(day == 0 || filter.knows(1, 2), "day " + day);
            filter.add(1, 2, FIRST + day * DAY);
        }
    }

    @Test
    void afterNinetyDaysOfSilenceTheyAreStrangersAgain() {
        filter.add(1, 2, FIRST);
        filter.add(3, 4, FIRST + 45 * DAY);
        assertTrue(filter.knows(2, 1));
        filter.add(3, 4, FIRST + 90 * DAY);

        assertFalse(filter.knows(1, 2));
        assertTrue(filter.knows(4, 3));
    }

    @Test
    void fewAreTakenForKnownByMistake() {
        for (long caller = 0; caller < 50_000; caller++) {
            filter.add(caller, 77_172_555_555L, FIRST);
        }
        int mistaken = 0;
        for (long caller = 50_000; caller < 150_000; caller++) {
            mistaken += filter.knows(caller, 77_172_555_555L) ? 1 : 0;
        }
        int most = mistaken;

        assertTrue(most < 1_000, () -> most + " of 100,000");
    }
}
