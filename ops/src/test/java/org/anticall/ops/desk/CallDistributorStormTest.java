package org.anticall.ops.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.anticall.ops.desk.DeskCall.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random events in random order: what must hold at every moment is looked at after each of them. */
class CallDistributorStormTest {

    private static final String[] SEATS = {"101", "102", "103", "104"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void noSeatIsInTwoCallsAndNoCallIsForgotten(long seed) {
        Random random = new Random(seed);
        DeskBench bench = new DeskBench(DeskBench.POLICY, SEATS);
        Wire wire = new Wire();
        List<String> offered = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            String seat = SEATS[random.nextInt(SEATS.length)];
            String call = offered.isEmpty() ? "none" : offered.get(random.nextInt(offered.size()));
            if (random.nextInt(4) > 0 && !bench.desk.calls().isEmpty()) {
                call = bench.desk
                        .calls()
                        .get(random.nextInt(bench.desk.calls().size()))
                        .recordId();
            }
            wire.carryOut(
                    switch (random.nextInt(14)) {
                        case 0, 1, 2 -> {
                            String id = "call-" + offered.size();
                            offered.add(id);
                            yield bench.offer(id);
                        }
                        case 3, 4 -> bench.desk.answered(call, seat);
                        case 5 -> {
                            wire.stopsRinging(bench.seat(seat), call);
                            yield bench.desk.declined(call, seat);
                        }
                        case 6 -> {
                            wire.stopsRinging(bench.seat(seat), call);
                            yield bench.desk.unreachable(call, seat);
                        }
                        case 7 -> {
                            wire.openCallers.remove(call);
                            yield bench.desk.callerGone(call);
                        }
                        case 8 -> bench.desk.operatorGone(call);
                        case 9 -> random.nextBoolean() ? bench.desk.release(call) : bench.desk.end(call);
                        case 10 ->
                            random.nextInt(3) == 0
                                    ? bench.desk.attendance().signOut(seat)
                                    : bench.desk.attendance().signIn(seat);
                        case 11 ->
                            random.nextInt(3) == 0
                                    ? bench.desk.attendance().pause(seat, "break")
                                    : bench.desk.attendance().resume(seat);
                        default -> bench.tickAfter(Duration.ofMillis(random.nextInt(4_000)));
                    });
            check(bench, wire, offered);
        }
        // Whoever talks hangs up, and then time alone brings every call and every seat to an end.
        for (DeskCall call : bench.desk.calls()) {
            if (call.state() == State.ANSWERED) {
                wire.openCallers.remove(call.recordId());
                wire.carryOut(bench.desk.callerGone(call.recordId()));
            }
        }
        while (bench.desk.nextDeadline().isPresent()) {
            wire.carryOut(bench.tickAfter(
                    Duration.between(bench.now(), bench.desk.nextDeadline().get())));
        }
        assertEquals(List.of(), bench.desk.calls());
        for (String id : offered) {
            assertTrue(bench.last(id).state().isFinal(), id + " was forgotten as " + bench.last(id));
        }
        for (SeatStatus seat : bench.desk.seats()) {
            assertNull(seat.recordId(), seat + " is stuck");
        }
        assertEquals(Map.of(), wire.seatsOf, "seats still ring or talk on the wire");
        assertEquals(Set.of(), wire.openCallers, "callers still wait on the wire");
    }

    private static void check(DeskBench bench, Wire wire, List<String> offered) {
        Map<String, String> callOfSeat = new HashMap<>();
        for (SeatStatus seat : bench.desk.seats()) {
            if (seat.state() == SeatStatus.State.RINGING || seat.state() == SeatStatus.State.ON_CALL) {
                callOfSeat.put(seat.seat(), seat.recordId());
            }
        }
        Set<String> seen = new HashSet<>();
        for (DeskCall call : bench.desk.calls()) {
            assertTrue(seen.add(call.recordId()), call + " is there twice");
            assertFalse(call.state().isFinal(), call + " is over but still there");
            if (call.state() == State.RINGING || call.state() == State.ANSWERED) {
                assertNotNull(call.seat());
                assertEquals(call.recordId(), callOfSeat.remove(call.seat()), call + " and its seat disagree");
                assertEquals(Set.of(call.seat()), wire.seatsOf.get(call.recordId()), "on the wire " + call);
            } else {
                assertNull(wire.seatsOf.get(call.recordId()), "a seat rings on the wire for " + call);
            }
            if (call.state() != State.ANSWERED) {
                assertFalse(
                        bench.now()
                                .isAfter(call.offeredAt()
                                        .plus(DeskBench.POLICY.answerWithin())
                                        .plusSeconds(4)),
                        call + " waits too long");
            }
        }
        assertEquals(Map.of(), callOfSeat, "seats without a call");
        for (String id : offered) {
            assertTrue(seen.contains(id) || bench.last(id).state().isFinal(), id + " was forgotten");
        }
    }

    /** What the commands amount to on the wire: which seats ring or talk for which call, and which callers wait. */
    private static final class Wire {

        final Map<String, Set<String>> seatsOf = new HashMap<>();
        final Set<String> openCallers = new HashSet<>();

        /** A ringing phone that declines or fails is silent already, nobody has to silence it. */
        void stopsRinging(SeatStatus seat, String call) {
            if (seat.state() == SeatStatus.State.RINGING && call.equals(seat.recordId())) {
                seatsOf.remove(call);
            }
        }

        void carryOut(List<DeskCommand> commands) {
            for (DeskCommand command : commands) {
                if (command instanceof DeskCommand.Ring ring) {
                    seatsOf.computeIfAbsent(ring.recordId(), id -> new HashSet<>())
                            .add(ring.seat());
                } else if (command instanceof DeskCommand.Silence silence) {
                    seatsOf.computeIfPresent(silence.recordId(), (id, seats) -> {
                        seats.remove(silence.seat());
                        return seats.isEmpty() ? null : seats;
                    });
                } else if (command instanceof DeskCommand.Connect connect) {
                    assertTrue(openCallers.add(connect.recordId()), "connected twice: " + connect);
                } else if (command instanceof DeskCommand.HangUp hangUp) {
                    assertTrue(openCallers.remove(hangUp.recordId()), "hung up without an answer: " + hangUp);
                }
            }
        }
    }
}
