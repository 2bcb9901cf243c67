package org.anticall.gateway.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordIdsTest {

    @Test
    void idsAreTwentyCharactersThatSortByTime() {
        RecordIds ids = new RecordIds("gw-1", 0);
        String first = ids.next(1_790_000_000_000L);
        String second = ids.next(1_790_000_000_001L);
        assertTrue(first.matches("[0-9A-HJKMNP-TV-Z]{20}"), first);
        assertTrue(first.compareTo(second) < 0);
    }

    @Test
    void idsOfOneMillisecondAndOfSeveralNodesDiffer() {
        RecordIds one = new RecordIds("gw-1", 5);
        RecordIds other = new RecordIds("gw-2", 5);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(one.next(1));
            ids.add(other.next(1));
        }
        assertEquals(20_000, ids.size());
        assertNotEquals(new RecordIds("gw-1", 7).next(1), new RecordIds("gw-1", 8).next(1));
    }
}
