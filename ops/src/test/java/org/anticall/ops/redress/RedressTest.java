package org.anticall.ops.redress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.anticall.ops.order.Signature;
import org.anticall.ops.redress.Appeal.Appellant;
import org.anticall.ops.redress.Appeal.Decided;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of allow entries and appeals, the clocks, and how sure a rule's precision is. */
class RedressTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Signature CLERK = new Signature(1, "clerk", "", NOW);
    private static final Signature JUDGE = new Signature(2, "judge", "", NOW);

    @ParameterizedTest
    @CsvSource({
        // Astana is five hours ahead of UTC.
        "2026-11-18T10:00:00Z, 2026-11-20T10:00:00Z", // Wednesday to Friday
        "2026-11-20T10:00:00Z, 2026-11-24T10:00:00Z", // Friday to Tuesday
        "2026-11-20T18:59:59.999Z, 2026-11-24T18:59:59.999Z", // the last moment of Friday
        "2026-11-20T19:00:00Z, 2026-11-24T19:00:00Z", // the first of Saturday
        "2026-11-22T18:59:59.999Z, 2026-11-24T19:00:00Z", // the last of Sunday
        "2026-11-22T19:00:00Z, 2026-11-24T19:00:00Z", // the first of Monday
    })
    void twoWorkingDaysStandStillOnTheWeekend(Instant begin, Instant end) {
        assertEquals(end, WorkingTime.KZ.after(begin, 2));
    }

    @ParameterizedTest
    @CsvSource({
        // The 16th of December 2026 is a Wednesday.
        "2026-12-14T10:00:00Z, 2026-12-17T10:00:00Z", // Monday to Thursday: Wednesday does not count
        "2026-12-15T18:59:59.999Z, 2026-12-18T18:59:59.999Z", // the last moment before it
        "2026-12-15T19:00:00Z, 2026-12-18T19:00:00Z", // the first moment of it
        "2026-12-16T19:00:00Z, 2026-12-18T19:00:00Z", // the first moment after it
        "2026-12-11T10:00:00Z, 2026-12-15T10:00:00Z", // over before it
    })
    void twoWorkingDaysStandStillOnAHoliday(Instant begin, Instant end) {
        assertEquals(
                end,
                WorkingTime.KZ
                        .withHolidays(Set.of(LocalDate.parse("2026-12-16")))
                        .after(begin, 2));
    }

    @Test
    void everyCountryHasItsOwnMidnight() {
        Instant saturdayInAstana = Instant.parse("2026-11-20T20:00:00Z");

        assertEquals(Instant.parse("2026-11-24T19:00:00Z"), WorkingTime.of("KZ").after(saturdayInAstana, 2));
        assertEquals(Instant.parse("2026-11-24T20:00:00Z"), WorkingTime.of("BY").after(saturdayInAstana, 2));
    }

    @Test
    void anAppealIsAnsweredAndDecidedByAnotherPerson() {
        Appeal open = appeal();
        Appeal answered = open.answer(CLERK, "we look at it");

        Decided upheld = answered.uphold(7, JUDGE, "a bank's own number", NOW.plus(AllowEntry.USUAL));

        assertEquals(Appeal.State.UPHELD, upheld.appeal().state());
        assertEquals("we look at it", upheld.appeal().answer().text());
        assertEquals("a bank's own number", upheld.appeal().decision().text());
        AllowEntry freed = upheld.freed();
        assertEquals("+447700900217", freed.number());
        assertEquals(open.id(), freed.appeal());
        assertTrue(freed.holds(freed.until().minusMillis(1)));
        assertFalse(freed.holds(freed.until()));
    }

    @Test
    void aDecisionIsAnAnswerToo() {
        Appeal refused = appeal().refuse(JUDGE, "the calls were fraud").appeal();

        assertEquals("the calls were fraud", refused.answer().text());
        assertFalse(refused.isAnswerLate(NOW.plus(Duration.ofDays(9))));
        assertEquals("state", refusalOf(() -> refused.answer(CLERK, "again")));
        assertEquals("state", refusalOf(() -> refused.withdraw(CLERK, "again")));
    }

    @Test
    void whoTookAnAppealDoesNotDecideIt() {
        assertEquals("own-appeal", refusalOf(() -> appeal().refuse(CLERK, "no")));
    }

    @Test
    void theClocksOfAnAppealRunOutAtTheirInstant() {
        Appeal open = appeal();

        assertEquals(NOW.plus(Duration.ofHours(24)), open.answerDue());
        assertFalse(open.isAnswerLate(open.answerDue()));
        assertTrue(open.isAnswerLate(open.answerDue().plusMillis(1)));
        assertFalse(open.isDecisionLate(open.decisionDue()));
        assertTrue(open.isDecisionLate(open.decisionDue().plusMillis(1)));
        assertFalse(open.answer(CLERK, "soon").isAnswerLate(open.answerDue().plusMillis(1)));
    }

    @Test
    void anAllowEntryNeedsASecondPersonAndHasAnEnd() {
        AllowEntry proposed = entry(NOW.plus(Duration.ofDays(1)));

        assertFalse(proposed.holds(NOW));
        assertEquals("own-entry", refusalOf(() -> proposed.approve(CLERK, "")));
        AllowEntry allowed = proposed.approve(JUDGE, "");
        assertTrue(allowed.holds(NOW));
        assertEquals("state", refusalOf(() -> allowed.decline(JUDGE, "late")));
        assertFalse(allowed.end(JUDGE, "fraud after all").holds(NOW));
    }

    @Test
    void theEndOfAnAllowEntryIsWithinAYear() {
        assertEquals("allow-until", refusalOf(() -> entry(NOW)));
        assertEquals(
                "allow-until",
                refusalOf(() -> entry(NOW.plus(AllowEntry.LONGEST).plusMillis(1))));
        assertEquals(NOW.plusMillis(1), entry(NOW.plusMillis(1)).until());
        assertEquals(
                NOW.plus(AllowEntry.LONGEST),
                entry(NOW.plus(AllowEntry.LONGEST)).until());
    }

    @Test
    void fewFindingsSayLittleAndManySayMuch() {
        // Wilson's score interval for 8 of 10 and 800 of 1,000, 95 %.
        assertEquals(0.490, new Precision(8, 2).low(), 0.001);
        assertEquals(0.943, new Precision(8, 2).high(), 0.001);
        assertEquals(0.774, new Precision(800, 200).low(), 0.001);
        assertEquals(0.824, new Precision(800, 200).high(), 0.001);
        assertEquals(1, new Precision(10, 0).high(), 1e-9);
        assertEquals(0.722, new Precision(10, 0).low(), 0.001);
        assertEquals(0, new Precision(0, 0).low());
        assertEquals(1, new Precision(0, 0).high());
    }

    @Test
    void aRuleBelowItsFloorIsProposedForShadowOnceEnoughIsKnown() {
        assertFalse(new Precision(0, 9).isBelowFloor(), "nine say nothing");
        assertTrue(new Precision(7, 3).isBelowFloor());
        assertFalse(new Precision(8, 2).isBelowFloor(), "exactly at the floor");
        assertTrue(new Precision(79, 21).isBelowFloor());
    }

    private static Appeal appeal() {
        Appeal.Telling telling = new Appeal.Telling(
                Appellant.CALLER, "A. B.", "a@b.example", "+447700900217", "they do not ring", List.of("R1"));
        return Appeal.taken(3, telling, CLERK, WorkingTime.KZ);
    }

    private static AllowEntry entry(Instant until) {
        return AllowEntry.proposed(5, "+447700900217", until, "an embassy", AllowEntry.Origin.OFFICE, "", "", CLERK);
    }

    private static String refusalOf(Runnable step) {
        return assertThrows(RedressRefused.class, step::run).word();
    }
}
