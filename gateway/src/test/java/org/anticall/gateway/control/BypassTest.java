package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.junit.jupiter.api.Test;

class BypassTest {

    private static final Decision REJECT = new Decision(
            new Verdict.Reject(603), Decision.Basis.RULE, "D10", LocalizedText.of("spoofed"), 1, "", List.of());

    private final Bypass bypass = new Bypass(facts -> REJECT, Set.of("transit-a", "transit-b"));

    @Test
    void callsAreJudgedWhileItIsOff() {
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
    }

    @Test
    void callsOfOneTrunkPassWhileTheOthersAreJudged() {
        assertTrue(bypass.turn("transit-a", true));
        assertPasses("transit-a");
        assertEquals(REJECT, bypass.decide(callOn("transit-b")));
        assertTrue(bypass.turn("transit-a", false));
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
    }

    @Test
    void allCallsPassUntilItIsTurnedOffForAll() {
        assertTrue(bypass.turn("transit-b", true));
        assertTrue(bypass.turn(null, true));
        assertPasses("transit-a");
        assertPasses("transit-b");
        assertTrue(bypass.turn(null, false));
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
        assertEquals(REJECT, bypass.decide(callOn("transit-b")));
    }

    @Test
    void anUnknownTrunkChangesNothing() {
        assertFalse(bypass.turn("transit-z", true));
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
    }

    private void assertPasses(String trunk) {
        Decision decision = assertInstanceOf(Decision.class, bypass.decide(callOn(trunk)));
        assertEquals(Decision.Basis.BYPASS, decision.basis());
        assertEquals(Verdict.Kind.PASS, decision.verdict().kind());
    }

    private static CallFacts callOn(String trunk) {
        return new CallFacts(
                0,
                trunk,
                TrunkClass.INTERNATIONAL,
                PartyNumber.ABSENT,
                PartyNumber.ABSENT,
                PartyNumber.ABSENT,
                PartyNumber.ABSENT,
                false,
                RoamingAnswer.NOT_ASKED,
                RoamingAnswer.NOT_ASKED);
    }
}
