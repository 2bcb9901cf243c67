package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.anticall.rules.number.NumberList.Entry;
import org.anticall.rules.number.PartyNumber.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertEquals(CODE, list.entry(list.find(PartyNumber.shortCode(14, 4), 0)));
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

    @ParameterizedTest
    @ValueSource(ints = {3, 200, 5_000})
    void everyEntryKeepsItsOwnTermsHoweverManyThereAre(int distinct) {
        // 20,000 numbers make a large table; 3, 200 and 5,000 distinct terms make its three kinds of side tables.
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            boolean plain = distinct == 3 && i % 10_000 != 0;
            entries.add(new Entry(
                    77_170_000_000L + i, false, plain ? NumberList.FOR_EVER : 1_000 + i % distinct, plain ? "" : "n"));
        }
        entries.add(new Entry(7_717L, true, 500, "prefix"));
        entries.add(new Entry(PartyNumber.shortCode(14, 4), false, 600, "code"));
        NumberList large = new NumberList("large", entries);

        for (Entry entry : entries.subList(0, 20_000)) {
            long number = PartyNumber.of(entry.number(), Form.INTERNATIONAL);
            assertEquals(entry, large.entry(large.find(number, 999)));
            if (entry.untilEpochMillis() != NumberList.FOR_EVER) {
                assertEquals(NumberList.NONE, large.find(number, entry.untilEpochMillis()));
                assertEquals(entry.untilEpochMillis(), large.answerHoldsUntil(number, 999));
            }
        }
        assertEquals(
                "code",
                large.entry(large.find(PartyNumber.shortCode(14, 4), 599)).note());
        assertEquals(
                "prefix",
                large.entry(large.find(PartyNumber.of(77_179_000_000L, Form.BARE), 499))
                        .note());
        assertEquals(
                entries.stream().sorted(Comparator.comparingLong(Entry::number)).toList(), large.entries());
    }

    @Test
    void theWrittenFormIsOneLineAnEntryAndNamesTheContent() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        list.write(out);

        assertEquals(
                """
                +44*
                +4420*;1970-01-01T00:00:01Z;
                +442079460123;1970-01-01T00:00:02Z;
                0014
                """,
                out.toString(StandardCharsets.UTF_8));
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(out.toByteArray())),
                list.sha256());
        assertEquals(list.sha256(), new NumberList("other", List.of(CITY, CODE, COUNTRY, NUMBER)).sha256());
        assertNotEquals(list.sha256(), new NumberList("black", List.of(CITY, CODE, COUNTRY)).sha256());
    }

    private Entry found(long e164, long atEpochMillis) {
        return list.entry(list.find(PartyNumber.of(e164, Form.INTERNATIONAL), atEpochMillis));
    }
}
