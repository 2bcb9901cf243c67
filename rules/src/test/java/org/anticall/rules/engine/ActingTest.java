package org.anticall.rules.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PartyNumber.Form;
import org.junit.jupiter.api.Test;

class ActingTest {

    private static final int CALLS = 20_000;

    @Test
    void aShareOfTheCallsIsMet() {
        for (int perMille : new int[] {1, 50, 500, 999}) {
            Acting acting = Acting.onShare(perMille, "R");
            long met = IntStream.range(0, CALLS)
                    .filter(call -> acting.isFor(call(call)))
                    .count();
            double expected = CALLS * perMille / 1000.0;
            double spread = 5 * Math.sqrt(expected * (1 - perMille / 1000.0));
            assertTrue(Math.abs(met - expected) <= spread, () -> met + " instead of " + expected);
        }
    }

    @Test
    void theSameCallIsAlwaysMetOrNever() {
        for (int call = 0; call < 1_000; call++) {
            assertEquals(
                    Acting.onShare(500, "R").isFor(call(call)),
                    Acting.onShare(500, "R").isFor(call(call)));
        }
    }

    @Test
    void twoRulesOnTrialMeetDifferentCalls() {
        Acting one = Acting.onShare(500, "R1");
        Acting other = Acting.onShare(500, "R2");
        long together = IntStream.range(0, CALLS)
                .filter(call -> one.isFor(call(call)) == other.isFor(call(call)))
                .count();

        assertTrue(together > CALLS * 0.45 && together < CALLS * 0.55, () -> together + " of " + CALLS);
    }

    private static CallFacts call(int number) {
        return CallFacts.on("t", TrunkClass.INTERNATIONAL, 1_795_000_000_000L + number * 37L)
                .asserted(PartyNumber.of(905_321_000_000L + number, Form.INTERNATIONAL))
                .build();
    }
}
