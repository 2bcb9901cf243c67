package org.anticall.ops.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.desk.DeskCall.State;

/** A distributor with a clock that stands still, and what it told its listener. */
final class DeskBench {

    static final DeskPolicy POLICY =
            new DeskPolicy(Duration.ofSeconds(15), Duration.ofSeconds(6), Duration.ofSeconds(5), 2, 3);

    final List<DeskCall> told = new ArrayList<>();
    private final Map<String, DeskCall> latest = new HashMap<>();
    final CallDistributor desk;
    boolean heard = true;
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    DeskBench(DeskPolicy policy, String... seats) {
        desk = new CallDistributor(policy, List.of(seats), () -> heard, () -> now, call -> {
            told.add(call);
            latest.put(call.recordId(), call);
        });
    }

    /** A desk with {@link #POLICY} at which all of {@code seats} are ready, idle longest in this order. */
    static DeskBench ready(String... seats) {
        return ready(POLICY, seats);
    }

    static DeskBench ready(DeskPolicy policy, String... seats) {
        DeskBench bench = new DeskBench(policy, seats);
        for (String seat : seats) {
            bench.desk.attendance().signIn(seat);
            bench.pass(Duration.ofMillis(1));
        }
        return bench;
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lets time pass and does what is due. */
    List<DeskCommand> tickAfter(Duration time) {
        pass(time);
        return desk.tick();
    }

    List<DeskCommand> offer(String recordId) {
        return desk.offer(recordId, "+447700900123", "+77172000000", "D10");
    }

    List<DeskCommand> offer(String recordId, String caller, String rule) {
        return desk.offer(recordId, caller, "+77172000000", rule);
    }

    /** A call is answered, lasts {@code talk} and is wrapped up: what the next one may expect is known. */
    void talk(String recordId, String seat, Duration talk) {
        offer(recordId);
        desk.answered(recordId, seat);
        tickAfter(talk);
        desk.callerGone(recordId);
        tickAfter(POLICY.wrapUp());
    }

    /** The states the call went through. */
    List<State> history(String recordId) {
        return told.stream()
                .filter(call -> call.recordId().equals(recordId))
                .map(DeskCall::state)
                .toList();
    }

    DeskCall last(String recordId) {
        return latest.get(recordId);
    }

    SeatStatus seat(String name) {
        return desk.seats().stream()
                .filter(seat -> seat.seat().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
