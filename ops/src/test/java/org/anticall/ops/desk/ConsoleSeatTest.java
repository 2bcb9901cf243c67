package org.anticall.ops.desk;

import static org.anticall.ops.desk.DeskCall.State.ANSWERED;
import static org.anticall.ops.desk.DeskCall.State.RELEASED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.anticall.ops.desk.DeskCommand.Keep;
import org.anticall.ops.desk.DeskCommand.PassOn;
import org.anticall.ops.desk.DeskCommand.Ring;
import org.anticall.ops.desk.DeskCommand.Silence;
import org.anticall.ops.desk.SeatStatus.State;
import org.junit.jupiter.api.Test;

/** Seats at the console: the paperwork of each call, and calls that go on to their callee. */
class ConsoleSeatTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void aSeatThatSignsInAtTheConsoleNeedsNoPhone() {
        DeskBench bench = new DeskBench(DeskBench.POLICY, "101");

        bench.desk.attendance().signInAtConsole("dana");

        assertEquals(List.of(new Ring("a", "dana")), bench.offer("a"));
    }

    @Test
    void theDispositionMakesTheSeatReadyAtOnce() {
        DeskBench bench = wrappingUp();

        bench.desk.attendance().filed("dana", "a");

        assertEquals(State.READY, bench.seat("dana").state());
        assertFalse(bench.seat("dana").unfiled());
    }

    @Test
    void withoutADispositionThePaperworkEndsInAPauseThatOnlyTheDispositionEnds() {
        DeskBench bench = wrappingUp();

        bench.tickAfter(DeskPolicy.PAPERWORK.minus(MILLI));
        assertEquals(State.WRAP_UP, bench.seat("dana").state());
        bench.tickAfter(MILLI);
        assertEquals(State.PAUSED, bench.seat("dana").state());
        assertEquals(SeatStatus.UNFILED, bench.seat("dana").pauseReason());
        assertEquals("a", bench.seat("dana").recordId());
        bench.desk.attendance().resume("dana");
        assertEquals(State.PAUSED, bench.seat("dana").state());

        bench.desk.attendance().filed("dana", "a");

        assertEquals(State.READY, bench.seat("dana").state());
        assertNull(bench.seat("dana").recordId());
    }

    @Test
    void theDispositionOfAnotherCallMakesNobodyReady() {
        DeskBench bench = wrappingUp();

        bench.desk.attendance().filed("dana", "b");

        assertEquals(State.WRAP_UP, bench.seat("dana").state());
    }

    @Test
    void signingInAgainDoesNotForgetTheMissingDisposition() {
        DeskBench bench = wrappingUp();
        bench.tickAfter(DeskPolicy.PAPERWORK);

        bench.desk.attendance().signOut("dana");
        bench.desk.attendance().signInAtConsole("dana");

        assertEquals(State.PAUSED, bench.seat("dana").state());
    }

    @Test
    void oneMinuteMoreIsExact() {
        DeskBench bench = wrappingUp();

        bench.desk.attendance().wrapUpLonger("dana", Duration.ofMinutes(1));
        bench.tickAfter(DeskPolicy.PAPERWORK.plus(Duration.ofMinutes(1)).minus(MILLI));

        assertEquals(State.WRAP_UP, bench.seat("dana").state());
        bench.tickAfter(MILLI);
        assertEquals(State.PAUSED, bench.seat("dana").state());
    }

    @Test
    void paperworkThatASupervisorEndsIsOwedAllTheSame() {
        DeskBench bench = wrappingUp();

        bench.desk.attendance().endWrapUp("dana");

        assertEquals(State.PAUSED, bench.seat("dana").state());
        assertEquals(SeatStatus.UNFILED, bench.seat("dana").pauseReason());
        bench.desk.attendance().endWrapUp("dana");
        bench.desk.attendance().resume("dana");
        assertEquals(State.PAUSED, bench.seat("dana").state());
    }

    @Test
    void aPhonesWrapUpThatASupervisorEndsMakesItReady() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.desk.callerGone("a");
        assertEquals(State.WRAP_UP, bench.seat("101").state());

        bench.desk.attendance().endWrapUp("101");

        assertEquals(State.READY, bench.seat("101").state());
    }

    @Test
    void aPhoneWithoutAConsoleOwesNoPaper() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.desk.callerGone("a");

        assertFalse(bench.seat("101").unfiled());
    }

    @Test
    void theCalleeIsCalledASecondAfterTheDecision() {
        DeskBench bench = talking();

        assertTrue(bench.desk.answeredCalls().passOn("a"));

        assertEquals(List.of(), bench.tickAfter(DeskPolicy.UNDO_WITHIN.minus(MILLI)));
        assertEquals(List.of(new PassOn("a")), bench.tickAfter(MILLI));
        assertEquals(List.of(), bench.tickAfter(DeskPolicy.UNDO_WITHIN));
        assertEquals(
                List.of(new Silence("a", "dana")), bench.desk.answeredCalls().passedOn("a"));
        assertEquals(RELEASED, bench.last("a").state());
        assertEquals(State.WRAP_UP, bench.seat("dana").state());
    }

    @Test
    void aDecisionThatIsTakenBackCallsNobody() {
        DeskBench bench = talking();
        bench.desk.answeredCalls().passOn("a");

        assertEquals(List.of(new Keep("a")), bench.desk.answeredCalls().keep("a"));

        assertEquals(List.of(), bench.tickAfter(DeskPolicy.UNDO_WITHIN));
        assertEquals(ANSWERED, bench.last("a").state());
        assertTrue(bench.desk.answeredCalls().passOn("a"), "and it can be taken again");
    }

    @Test
    void aCalleeWhoCannotBeHadLeavesTheCallWithTheOperator() {
        DeskBench bench = talking();
        bench.desk.answeredCalls().passOn("a");
        bench.tickAfter(DeskPolicy.UNDO_WITHIN);

        bench.desk.answeredCalls().notPassedOn("a");

        assertEquals(State.ON_CALL, bench.seat("dana").state());
        assertTrue(bench.desk.answeredCalls().passOn("a"));
    }

    @Test
    void onlyAnAnsweredCallIsPassedOnAndOnlyOnce() {
        DeskBench bench = talking();

        assertFalse(bench.desk.answeredCalls().passOn("b"));
        assertTrue(bench.desk.answeredCalls().passOn("a"));
        assertFalse(bench.desk.answeredCalls().passOn("a"));
    }

    @Test
    void theCapacityIsReadySeatsAndFreePlacesOfTheQueue() {
        DeskBench bench = new DeskBench(DeskBench.POLICY, "101", "102");
        int places = DeskBench.POLICY.queueLimit();
        assertEquals(0, bench.desk.capacity(), "nobody works");

        bench.desk.attendance().signIn("101");
        assertEquals(1 + places, bench.desk.capacity());
        bench.offer("rings");
        assertEquals(places, bench.desk.capacity());
        bench.offer("waits");
        assertEquals(places - 1, bench.desk.capacity());
        bench.heard = false;
        assertEquals(0, bench.desk.capacity(), "no relay");
    }

    private static DeskBench talking() {
        DeskBench bench = new DeskBench(DeskBench.POLICY);
        bench.desk.attendance().signInAtConsole("dana");
        bench.offer("a");
        bench.desk.answered("a", "dana");
        return bench;
    }

    private static DeskBench wrappingUp() {
        DeskBench bench = talking();
        bench.desk.callerGone("a");
        return bench;
    }

    @Test
    void whoTakesACallOverSaysWhatItWasAndTheOtherOwesNothing() {
        DeskBench bench = new DeskBench(DeskBench.POLICY);
        bench.desk.attendance().signInAtConsole("anna");
        bench.desk.answeredCalls().takeUpSeat("boris", "standing by", null);
        bench.offer("a");
        bench.desk.answered("a", "anna");

        assertEquals(
                List.of(new DeskCommand.Silence("a", "anna")),
                bench.desk.answeredCalls().tookOver("a", "boris"));

        assertEquals(SeatStatus.State.WRAP_UP, bench.seat("anna").state());
        assertFalse(bench.seat("anna").unfiled());
        assertEquals("boris", bench.last("a").seat());
        bench.tickAfter(DeskPolicy.PAPERWORK);
        assertEquals(SeatStatus.State.READY, bench.seat("anna").state());
        bench.desk.callerGone("a");
        assertTrue(bench.seat("boris").unfiled());
        bench.desk.attendance().filed("boris", "a");
        assertEquals(SeatStatus.State.PAUSED, bench.seat("boris").state(), "a supervisor is not rung");
    }

    @Test
    void onlyAFreeSeatWithSomebodyAtItTakesAnAnsweredCallOver() {
        DeskBench bench = new DeskBench(DeskBench.POLICY, "101");
        bench.desk.attendance().signInAtConsole("anna");
        bench.offer("a");
        AnsweredCalls calls = bench.desk.answeredCalls();

        assertFalse(calls.canTakeOver("a", "anna"), "nobody has answered");
        bench.desk.answered("a", "anna");
        assertFalse(calls.canTakeOver("a", "nobody"));
        assertFalse(calls.canTakeOver("a", "101"), "nobody is there");
        assertFalse(calls.canTakeOver("a", "anna"), "it has the call");
        bench.desk.attendance().signIn("101");
        assertTrue(calls.canTakeOver("a", "101"));
        assertEquals(List.of(new DeskCommand.Silence("b", "101")), calls.tookOver("b", "101"), "no such call");
        calls.passOn("a");
        assertFalse(calls.canTakeOver("a", "101"), "it is on its way to the callee");
    }
}
