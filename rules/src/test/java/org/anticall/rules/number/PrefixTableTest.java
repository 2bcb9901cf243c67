package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrefixTableTest {

    @Test
    void anEmptyTableFindsNothing() {
        assertEquals(PrefixTable.NONE, PrefixTable.EMPTY.longest(77172700000L));
        assertEquals(PrefixTable.NONE, PrefixTable.EMPTY.longest(E164.NONE));
    }

    @Test
    void theLongestPrefixWinsUpToFifteenDigits() {
        PrefixTable table = new PrefixTable(Map.of(4L, 1, 44L, 2, 442079460123L, 3, 999_999_999_999_999L, 4));

        assertEquals(3, table.longest(442079460123L));
        assertEquals(2, table.longest(442079460124L));
        assertEquals(1, table.longest(45L));
        assertEquals(4, table.longest(999_999_999_999_999L));
    }

    @Test
    void whatIsNoPrefixIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PrefixTable(Map.of(0L, 1)));
        assertThrows(IllegalArgumentException.class, () -> new PrefixTable(Map.of(1_000_000_000_000_000L, 1)));
        assertThrows(IllegalArgumentException.class, () -> new PrefixTable(Map.of(7L, -1)));
    }
}
