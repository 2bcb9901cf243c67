package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.anticall.rules.number.NumberList.Entry;
import org.anticall.rules.number.PartyNumber.Form;
import org.junit.jupiter.api.Test;

class NumberListTest {

    private static final Entry CODE = new Entry(PartyNumber.shortCode(14, 4), false, NumberList.FOR_EVER, "");
    private static final Entry NUMBER = new Entry(442079460123L, false, 2_000, "");
    private static final Entry CITY = new Entry(4420L, true, 1_000, "");
    private static final Entry COUNTRY = new Entry(44L, true, NumberList.FOR_EVER, "");

    private final NumberList list = new NumberList("black", List.of(NUMBER, COUNTRY, CODE, CITY));

    @Test
    void theLongestEntryThatIsStillValidCounts() {
        assertEquals(NUMBER, found(442079460123L, 999));
        assertEquals(NUMBER, found(442079460123L, 1_999));
        assertEquals(COUNTRY, found(442079460123L, 2_000));
        assertEquals(CITY, found(442079460124L, 999));
        assertEquals(COUNTRY, found(442079460124L, 1_000));
    }

    @Test
    void shortCodesAreFoundWithTheirLeadingZerosOnly() {
        assertEquals(CODE, list.entries().get(list.find(PartyNumber.shortCode(14, 4), 0)));
        assertEquals(NumberList.NONE, list.find(PartyNumber.shortCode(14, 2), 0));
    }

    @Test
    void whatIsNoNumberIsInNoList() {
        assertEquals(NumberList.NONE, list.find(PartyNumber.ABSENT, 0));
        assertEquals(NumberList.NONE, list.find(PartyNumber.ANONYMOUS, 0));
        assertEquals(NumberList.NONE, list.find(PartyNumber.tooShort(44, 2), 0));
    }

    @Test
    void aNumberListedTwiceIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new NumberList("black", List.of(COUNTRY, new Entry(44L, true, 5, "again"))));
    }

    @Test
    void entriesAreWrittenAsTheyAreRead() {
        assertEquals("0014", CODE.text());
        assertEquals("+442079460123", NUMBER.text());
        assertEquals("+4420*", CITY.text());
    }

    private Entry found(long e164, long atEpochMillis) {
        return list.entries().get(list.find(PartyNumber.of(e164, Form.INTERNATIONAL), atEpochMillis));
    }
}
