package org.anticall.ops.desk;

import static org.anticall.ops.desk.DeskCall.State.ABANDONED;
import static org.anticall.ops.desk.DeskCall.State.ANSWERED;
import static org.anticall.ops.desk.DeskCall.State.ENDED;
import static org.anticall.ops.desk.DeskCall.State.LADDERED;
import static org.anticall.ops.desk.DeskCall.State.OFFERED;
import static org.anticall.ops.desk.DeskCall.State.QUEUED;
import static org.anticall.ops.desk.DeskCall.State.RELEASED;
import static org.anticall.ops.desk.DeskCall.State.RINGING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCommand.Connect;
import org.anticall.ops.desk.DeskCommand.HangUp;
import org.anticall.ops.desk.DeskCommand.Refuse;
import org.anticall.ops.desk.DeskCommand.Release;
import org.anticall.ops.desk.DeskCommand.Ring;
import org.anticall.ops.desk.DeskCommand.Silence;
import org.junit.jupiter.api.Test;

class CallDistributorTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void theSeatThatHasBeenIdleLongestRingsFirst() {
        DeskBench bench = DeskBench.ready("103", "101", "102");

        assertEquals(List.of(new Ring("a", "103")), bench.offer("a"));
        assertEquals(List.of(new Ring("b", "101")), bench.offer("b"));
    }

    @Test
    void aSeatThatTalkedIsIdleSinceTheEndOfItsWrapUp() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.desk.callerGone("a");
        bench.tickAfter(Duration.ofSeconds(5));

        assertEquals(List.of(new Ring("b", "102")), bench.offer("b"));
    }

    @Test
    void anAnsweredCallIsConnectedAndEndsOnBothSides() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");

        assertEquals(List.of(new Connect("a", "101")), bench.desk.answered("a", "101"));
        assertEquals(SeatStatus.State.ON_CALL, bench.seat("101").state());
        assertEquals(List.of(new Silence("a", "101"), new HangUp("a")), bench.desk.operatorGone("a"));

        assertEquals(List.of(OFFERED, RINGING, ANSWERED, ENDED), bench.history("a"));
        assertEquals(Outcome.OPERATOR_HUNG_UP, bench.last("a").outcome());
        assertEquals(List.of(), bench.desk.calls());
    }

    @Test
    void aCallerWhoHangsUpNeedsNoHangUp() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");

        assertEquals(List.of(new Silence("a", "101")), bench.desk.callerGone("a"));
    }

    @Test
    void theRingIsCancelledTheMomentTheCallerHangsUp() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");

        assertEquals(List.of(new Silence("a", "101")), bench.desk.callerGone("a"));

        assertEquals(ABANDONED, bench.last("a").state());
        assertEquals(SeatStatus.State.READY, bench.seat("101").state());
    }

    @Test
    void wrapUpIsExact() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.desk.callerGone("a");

        bench.tickAfter(Duration.ofSeconds(5).minus(MILLI));
        assertEquals(SeatStatus.State.WRAP_UP, bench.seat("101").state());
        bench.tickAfter(MILLI);
        assertEquals(SeatStatus.State.READY, bench.seat("101").state());
    }

    @Test
    void withNobodySignedInTheCallGoesDownItsLadderAtOnce() {
        DeskBench bench = new DeskBench(DeskBench.POLICY, "101");

        assertEquals(List.of(new Refuse("a")), bench.offer("a"));
        assertEquals(Outcome.NO_SEAT_LEFT, bench.last("a").outcome());
    }

    @Test
    void withoutAMediaRelayTheCallGoesDownItsLadderAtOnce() {
        DeskBench bench = DeskBench.ready("101");
        bench.heard = false;

        assertEquals(List.of(new Refuse("a")), bench.offer("a"));
        assertEquals(Outcome.NO_SOUND, bench.last("a").outcome());
    }

    @Test
    void aCallWhoseSoundCannotBeHadGoesDownItsLadderAndItsSeatIsReady() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");

        assertEquals(List.of(new Silence("a", "101"), new Refuse("a")), bench.desk.unheard("a"));
        assertEquals(Outcome.NO_SOUND, bench.last("a").outcome());
        assertEquals(SeatStatus.State.READY, bench.seat("101").state());
    }

    @Test
    void asManyCallsWaitAsTheQueueHolds() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("rings");

        assertEquals(List.of(), bench.offer("first"));
        assertEquals(List.of(), bench.offer("second"));
        assertEquals(List.of(new Refuse("third")), bench.offer("third"));

        assertEquals(List.of(OFFERED, QUEUED), bench.history("second"));
        assertEquals(Outcome.QUEUE_FULL, bench.last("third").outcome());
    }

    @Test
    void aCallThatWouldWaitTooLongIsNotTakenIn() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.tickAfter(Duration.ofSeconds(10));
        bench.desk.callerGone("a");
        bench.tickAfter(Duration.ofSeconds(5)); // the seat was kept for 15 s, as long as a caller may wait
        bench.offer("rings");

        assertEquals(List.of(), bench.offer("first"));
        assertEquals(List.of(new Refuse("second")), bench.offer("second"));
        assertEquals(Outcome.WAIT_TOO_LONG, bench.last("second").outcome());
    }

    @Test
    void theNextCallOfTheQueueRingsWhenASeatIsFree() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.offer("b");
        bench.offer("c");
        bench.desk.callerGone("a");

        assertEquals(List.of(new Ring("b", "101")), bench.tickAfter(Duration.ofSeconds(5)));
    }

    @Test
    void aCallIsAnsweredWithinItsTimeOrGoesDownItsLadder() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.offer("b");

        assertEquals(List.of(), bench.tickAfter(Duration.ofSeconds(15).minus(MILLI)));
        assertEquals(List.of(new Refuse("b")), bench.tickAfter(MILLI));
        assertEquals(Outcome.NOT_ANSWERED, bench.last("b").outcome());
        assertEquals(LADDERED, bench.last("b").state());
    }

    @Test
    void anAnsweredCallIsNeverSentDownTheLadder() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");

        assertEquals(List.of(), bench.tickAfter(Duration.ofHours(1)));
        assertEquals(Optional.empty(), bench.desk.nextDeadline());
    }

    @Test
    void aSeatThatDoesNotAnswerIsSilencedAndTheNextRings() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");

        assertEquals(List.of(), bench.tickAfter(Duration.ofSeconds(6).minus(MILLI)));
        assertEquals(List.of(new Silence("a", "101"), new Ring("a", "102")), bench.tickAfter(MILLI));
        assertEquals(1, bench.seat("101").misses());
    }

    @Test
    void theLastRingEndsWithTheCallsTime() {
        DeskBench bench = DeskBench.ready("101", "102", "103");
        bench.offer("a");
        bench.tickAfter(Duration.ofSeconds(6));
        bench.tickAfter(Duration.ofSeconds(6));

        assertEquals(Optional.of(bench.now().plusSeconds(3)), bench.desk.nextDeadline());
        assertEquals(List.of(new Silence("a", "103"), new Refuse("a")), bench.tickAfter(Duration.ofSeconds(3)));
        assertEquals(1, bench.seat("103").misses());
    }

    @Test
    void whoDeclinesIsNotAskedAgainAndKeepsNoMiss() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");

        assertEquals(List.of(new Ring("a", "102")), bench.desk.declined("a", "101"));
        assertEquals(List.of(new Refuse("a")), bench.desk.declined("a", "102"));
        assertEquals(0, bench.seat("101").misses());
        assertEquals(Outcome.NO_SEAT_LEFT, bench.last("a").outcome());
    }

    @Test
    void aDeclinedCallWaitsForASeatThatIsBusyNow() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");
        bench.offer("b");
        bench.desk.answered("b", "102");

        assertEquals(List.of(), bench.desk.declined("a", "101"));
        bench.desk.callerGone("b");
        assertEquals(List.of(new Ring("a", "102")), bench.tickAfter(Duration.ofSeconds(5)));
    }

    @Test
    void aSeatPausesItselfAfterThreeMissesInARow() {
        DeskBench bench = DeskBench.ready("101");
        for (int miss = 1; miss <= 2; miss++) {
            bench.offer("call-" + miss);
            bench.tickAfter(Duration.ofSeconds(6));
            assertEquals(SeatStatus.State.READY, bench.seat("101").state(), "after miss " + miss);
        }
        bench.offer("call-3");
        bench.tickAfter(Duration.ofSeconds(6));

        assertEquals(SeatStatus.State.PAUSED, bench.seat("101").state());
        assertEquals("missed 3 calls in a row", bench.seat("101").pauseReason());
        assertEquals(List.of(new Refuse("call-4")), bench.offer("call-4"));
    }

    @Test
    void anAnswerForgivesEarlierMisses() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.unreachable("a", "101");
        bench.offer("b");
        bench.desk.unreachable("b", "101");
        bench.offer("c");
        bench.desk.answered("c", "101");

        assertEquals(0, bench.seat("101").misses());
    }

    @Test
    void resumeEndsAPauseAndFetchesTheWaitingCall() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.desk.attendance().pause("102", "lunch");
        bench.offer("a");
        bench.offer("b");

        assertEquals(List.of(new Ring("b", "102")), bench.desk.attendance().resume("102"));
    }

    @Test
    void aSeatThatSignsOutWhileItRingsGivesTheCallToTheNext() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");

        assertEquals(
                List.of(new Silence("a", "101"), new Ring("a", "102")),
                bench.desk.attendance().signOut("101"));
        assertEquals(SeatStatus.State.OFFLINE, bench.seat("101").state());
    }

    @Test
    void aSeatThatSignsOutDuringACallFinishesIt() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");

        assertEquals(List.of(), bench.desk.attendance().signOut("101"));
        assertEquals(SeatStatus.State.ON_CALL, bench.seat("101").state());
        bench.desk.callerGone("a");
        assertEquals(SeatStatus.State.OFFLINE, bench.seat("101").state());
        bench.tickAfter(Duration.ofSeconds(5));
        assertEquals(SeatStatus.State.OFFLINE, bench.seat("101").state());
    }

    @Test
    void aWaitingCallIsLetGoWhenTheLastSeatSignsOut() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.offer("b");

        assertEquals(List.of(new Refuse("b")), bench.desk.attendance().signOut("101"));
    }

    @Test
    void signingInAgainChangesNothing() {
        DeskBench bench = DeskBench.ready("101");
        bench.desk.attendance().pause("101", "lunch");

        bench.desk.attendance().signIn("101");

        assertEquals(SeatStatus.State.PAUSED, bench.seat("101").state());
    }

    @Test
    void aCallIsReleasedWhileItRings() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");

        assertEquals(List.of(new Silence("a", "101"), new Release("a")), bench.desk.release("a"));

        assertEquals(RELEASED, bench.last("a").state());
        assertEquals("101", bench.last("a").seat());
        assertEquals(SeatStatus.State.READY, bench.seat("101").state());
    }

    @Test
    void anAnsweredOrUnknownCallIsNotReleased() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");
        bench.desk.answered("a", "101");

        assertEquals(List.of(), bench.desk.release("a"));
        assertEquals(List.of(), bench.desk.release("nobody"));
        assertEquals(ANSWERED, bench.last("a").state());
    }

    @Test
    void theConsoleEndsAnAnsweredCallAndLaddersOneThatRings() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");
        bench.desk.answered("a", "101");
        bench.offer("b");

        assertEquals(List.of(new Silence("a", "101"), new HangUp("a")), bench.desk.end("a"));
        assertEquals(List.of(new Silence("b", "102"), new Refuse("b")), bench.desk.end("b"));
    }

    @Test
    void anAnswerThatComesTooLateIsSilenced() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("a");
        bench.tickAfter(Duration.ofSeconds(6));

        assertEquals(List.of(new Silence("a", "101")), bench.desk.answered("a", "101"));
        assertEquals(RINGING, bench.last("a").state());
        bench.desk.callerGone("a");
        assertEquals(List.of(new Silence("a", "102")), bench.desk.answered("a", "102"));
    }

    @Test
    void aCallIsOfferedOnce() {
        DeskBench bench = DeskBench.ready("101");
        bench.offer("a");

        assertThrows(IllegalArgumentException.class, () -> bench.offer("a"));
    }

    @Test
    void closingEndsEveryCallAndTakesNoMore() {
        DeskBench bench = DeskBench.ready("101", "102");
        bench.offer("talks");
        bench.desk.answered("talks", "101");
        bench.offer("rings");
        bench.offer("waits");

        List<DeskCommand> commands = bench.desk.close();

        assertTrue(commands.containsAll(List.of(
                new Silence("talks", "101"),
                new HangUp("talks"),
                new Silence("rings", "102"),
                new Refuse("rings"),
                new Refuse("waits"))));
        assertEquals(List.of(), bench.desk.calls());
        assertEquals(List.of(new Refuse("late")), bench.offer("late"));
    }

    @Test
    void aListenerThatFailsCostsNoCall() {
        CallDistributor desk = new CallDistributor(
                DeskBench.POLICY, List.of("101"), () -> true, InstantSource.fixed(Instant.EPOCH), call -> {
                    throw new IllegalStateException("a bug in the console");
                });
        desk.attendance().signIn("101");

        assertEquals(List.of(new Ring("a", "101")), desk.offer("a", "1", "2", "D10"));
    }
}
