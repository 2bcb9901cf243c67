package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
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
        assertTrue(bypass.turnOn("transit-a", Bypass.UNTIL_TURNED_OFF));
        assertPasses("transit-a");
        assertEquals(REJECT, bypass.decide(callOn("transit-b")));
        assertTrue(bypass.turnOff("transit-a"));
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
    }

    @Test
    void allCallsPassUntilItIsTurnedOffForAll() {
        assertTrue(bypass.turnOn("transit-b", Bypass.UNTIL_TURNED_OFF));
        assertTrue(bypass.turnOn(null, Bypass.UNTIL_TURNED_OFF));
        assertPasses("transit-a");
        assertPasses("transit-b");
        assertTrue(bypass.turnOff(null));
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
        assertEquals(REJECT, bypass.decide(callOn("transit-b")));
    }

    @Test
    void anUnknownTrunkChangesNothing() {
        assertFalse(bypass.turnOn("transit-z", Bypass.UNTIL_TURNED_OFF));
        assertEquals(REJECT, bypass.decide(callOn("transit-a")));
    }

    @Test
    void itLapsesByItselfAtItsEnd() {
        Instant end = Instant.ofEpochMilli(Instant.now().toEpochMilli()).plusSeconds(3600);
        assertTrue(bypass.turnOn("transit-a", end));
        assertTrue(bypass.turnOn(null, end.plusSeconds(1)));
        assertPasses(callOn("transit-b", end.toEpochMilli()));
        assertPasses(callOn("transit-b", end.toEpochMilli() + 999));
        assertEquals(REJECT, bypass.decide(callOn("transit-b", end.toEpochMilli() + 1000)));
        assertEquals(new Bypass.State(end.plusSeconds(1), Map.of("transit-a", end)), bypass.state());
        assertEquals(
                new Bypass.State(end.plusSeconds(1), Map.of()), bypass.state().at(end));
        assertEquals(new Bypass.State(null, Map.of()), bypass.state().at(end.plusSeconds(1)));
    }

    private void assertPasses(String trunk) {
        assertPasses(callOn(trunk));
    }

    private void assertPasses(CallFacts call) {
        Decision decision = assertInstanceOf(Decision.class, bypass.decide(call));
        assertEquals(Decision.Basis.BYPASS, decision.basis());
        assertEquals(Verdict.Kind.PASS, decision.verdict().kind());
    }

    private static CallFacts callOn(String trunk) {
        return callOn(trunk, System.currentTimeMillis());
    }

    private static CallFacts callOn(String trunk, long atEpochMillis) {
        return CallFacts.on(trunk, TrunkClass.INTERNATIONAL, atEpochMillis).build();
    }
}
