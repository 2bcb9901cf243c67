package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.anticall.ops.publish.RuleBand.Hour;
import org.junit.jupiter.api.Test;

class RuleBandTest {

    @Test
    void aFifthOfTheHandledCallsMayBeReleasedAndNoMore() {
        assertNull(RuleBand.leftBy(new Hour(20, 10, 2, 0)));
        assertEquals(
                "released 3 of 10 handled within an hour, more than 20 %", RuleBand.leftBy(new Hour(20, 10, 3, 0)));
        assertNull(RuleBand.leftBy(new Hour(20, 9, 9, 0)), "nine calls say nothing yet");
    }

    @Test
    void fiftyCallsAnHourOrTenTimesWhatWasExpected() {
        assertNull(RuleBand.leftBy(new Hour(50, 0, 0, 0)));
        assertEquals("diverted 51 calls within an hour, more than 50", RuleBand.leftBy(new Hour(51, 0, 0, 5)));
        assertNull(RuleBand.leftBy(new Hour(100, 0, 0, 10)));
        assertEquals("diverted 101 calls within an hour, more than 100", RuleBand.leftBy(new Hour(101, 0, 0, 10)));
    }
}
