package org.anticall.ops.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.Outlook.QueueState;
import org.jspecify.annotations.Nullable;

/**
 * The calls and seats of the desk and how they are matched: the calls worth most first, among those the oldest; for each
 * the seat that has what it needs and has been idle longest. Every change is put into the news and every command into the
 * list of the event it belongs to. Owned by the desk's thread.
 */
final class Floor {

    /** Calls gone down their ladders of which it may still be told what their callers heard there. */
    private static final int MOST_LADDERED = 500;

    private static final Comparator<DivertedCall> WORTH_MOST_FIRST =
            Comparator.comparingInt(DivertedCall::value).reversed(); // a stable sort: of equal worth the oldest first

    final Roster seats;
    final News news;
    private final DeskPolicy policy;
    private final InstantSource clock;
    private final Map<String, DivertedCall> calls = new LinkedHashMap<>();
    private final Map<String, DeskCall> laddered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DeskCall> eldest) {
            return size() > MOST_LADDERED;
        }
    };
    private final HandlingTime handling = new HandlingTime();
    private final Demand demand = new Demand();

    Floor(DeskPolicy policy, Roster seats, News news, InstantSource clock) {
        this.policy = policy;
        this.seats = seats;
        this.news = news;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    DeskPolicy policy() {
        return policy;
    }

    // ---- calls

    /** All that are not over, oldest first. */
    Collection<DivertedCall> calls() {
        return calls.values();
    }

    @Nullable
    DivertedCall call(String recordId) {
        return calls.get(recordId);
    }

    void add(DivertedCall call) {
        calls.put(call.id(), call);
    }

    /** A new call, counted as demand. */
    DivertedCall offered(DeskCall picture) {
        CallQueue queue = policy.staffing().queueOf(picture.caller(), picture.callee(), picture.rule());
        Duration own = queue.answerWithin();
        Instant now = picture.offeredAt();
        DivertedCall call = new DivertedCall(picture, queue, now.plus(own == null ? policy.answerWithin() : own));
        add(call);
        demand.offered(now);
        return call;
    }

    int waiting() {
        return (int)
                calls.values().stream().filter(call -> call.is(State.QUEUED)).count();
    }

    // ---- admission by value and capacity

    /** Why a new call is not taken in; null if it is, perhaps in place of one that is worth less. */
    @Nullable
    Outcome admit(DivertedCall call, List<DeskCommand> out) {
        CallQueue queue = call.queue();
        int working = seats.count(seat -> seat.isWorking() && suits(seat, call));
        if (working == 0) {
            return Outcome.NO_SEAT_LEFT;
        }
        if (calls.values().stream()
                        .filter(each -> each.queue().name().equals(queue.name()))
                        .count()
                > queue.quota()) {
            return Outcome.QUOTA_FULL;
        }
        if (seats.count(seat -> seat.isReady() && suits(seat, call)) > 0) {
            return null; // calls that wait beside a ready seat have had their turn with it
        }
        if (handling.expectedWait(ahead(call), working).compareTo(call.patience()) > 0) {
            return Outcome.WAIT_TOO_LONG;
        }
        if (waiting() >= policy.queueLimit() && !makeRoom(call, out)) {
            return Outcome.QUEUE_FULL;
        }
        return null;
    }

    /** Calls that wait and ring before this one. */
    private int ahead(DivertedCall call) {
        return (int) calls.values().stream()
                .filter(each -> each.is(State.QUEUED) && each.value() >= call.value())
                .count();
    }

    /** Lets the youngest of the waiting calls of the lowest value go, if that is lower than this one's. */
    private boolean makeRoom(DivertedCall call, List<DeskCommand> out) {
        DivertedCall least = null;
        for (DivertedCall each : calls.values()) {
            if (each.is(State.QUEUED) && (least == null || each.value() <= least.value())) {
                least = each;
            }
        }
        if (least == null || least.value() >= call.value()) {
            return false;
        }
        refuse(least, Outcome.OUTRANKED, out);
        return true;
    }

    // ---- matching

    private boolean suits(Seat seat, DivertedCall call) {
        return policy.staffing().suits(seat.name(), call.queue());
    }

    /** The seat whose turn it is with the call; null if there is none now. */
    @Nullable
    Seat nextFor(DivertedCall call) {
        return seats.next(seat -> suits(seat, call) && !call.hasTried(seat));
    }

    /** Gives ready seats to waiting calls; lets go those for whom no seat is left. */
    void distribute(List<DeskCommand> out) {
        List<DivertedCall> waiting = new ArrayList<>(calls.values());
        waiting.removeIf(call -> !call.is(State.QUEUED));
        waiting.sort(WORTH_MOST_FIRST);
        for (DivertedCall call : waiting) {
            Seat seat = nextFor(call);
            if (seat != null) {
                ring(call, seat, out);
            } else if (seats.count(each -> each.isWorking() && suits(each, call) && !call.hasTried(each)) == 0) {
                refuse(call, call.isMisfit() ? Outcome.NO_CODEC : Outcome.NO_SEAT_LEFT, out);
            }
        }
    }

    private void ring(DivertedCall call, Seat seat, List<DeskCommand> out) {
        Instant now = now();
        Instant until = now.plus(policy.ringFor());
        seat.lease(call.id(), until.isBefore(call.answerBy()) ? until : call.answerBy(), now);
        call.ring(seat, now);
        news.of(seat);
        news.of(call);
        out.add(new DeskCommand.Ring(call.id(), seat.name()));
    }

    // ---- what becomes of calls

    void refuse(DivertedCall call, Outcome outcome, List<DeskCommand> out) {
        freeSeatOf(call, out);
        out.add(new DeskCommand.Refuse(call.id(), outcome == Outcome.NO_CODEC));
        demand.notAnswered(now());
        finish(call, State.LADDERED, outcome);
    }

    void requeue(String recordId) {
        DivertedCall call = calls.get(recordId);
        if (call != null && call.is(State.RINGING)) {
            call.queue(now());
            news.of(call);
        }
    }

    /** The seat that rang for it has the call. */
    void answer(DivertedCall call, Seat seat) {
        Instant now = now();
        seat.answered(call.id(), now);
        call.answer(seat, now);
        demand.answered(Duration.between(call.picture().offeredAt(), now), now);
        news.of(seat);
        news.of(call);
    }

    void endAnswered(DivertedCall call, Outcome outcome, boolean hangUp, List<DeskCommand> out) {
        leave(call, out);
        if (hangUp) {
            out.add(new DeskCommand.HangUp(call.id()));
        }
        finish(call, State.ENDED, outcome);
    }

    void finish(DivertedCall call, State state, Outcome outcome) {
        call.finish(state, outcome, now());
        calls.remove(call.id());
        if (state == State.LADDERED) {
            laddered.put(call.id(), call.picture());
        }
        news.of(call);
    }

    /** Whether the caller of a call that went down its ladder heard the announcement there. */
    void announced(String recordId, boolean heard) {
        DeskCall call = laddered.remove(recordId);
        if (call != null) {
            news.of(call.over(State.LADDERED, heard ? Outcome.ANNOUNCED : Outcome.NOT_ANNOUNCED, now()));
        }
    }

    // ---- what becomes of seats

    /** The seat of an answered call begins its paperwork. */
    void leave(DivertedCall call, List<DeskCommand> out) {
        Seat seat = Objects.requireNonNull(seats.of(call), "an answered call has a seat");
        out.add(new DeskCommand.Silence(call.id(), seat.name()));
        wrapUp(seat);
    }

    void wrapUp(Seat seat) {
        Duration wrapUp = policy.wrapUpOf(seat.isAtConsole());
        seat.wrapUp(now().plus(wrapUp), now());
        if (wrapUp.isZero()) {
            wrappedUp(seat);
        } else {
            news.of(seat);
        }
    }

    void wrappedUp(Seat seat) {
        handling.learn(Duration.between(seat.answeredAt(), now()));
        seat.free(now());
        news.of(seat);
    }

    void miss(Seat seat, String recordId, List<DeskCommand> out) {
        seat.missed(policy.missesBeforePause(), now());
        news.of(seat);
        out.add(new DeskCommand.Silence(recordId, seat.name()));
    }

    void takeRingFrom(Seat seat, List<DeskCommand> out) {
        String recordId = seat.status().recordId();
        if (recordId != null && seat.ringsFor(recordId)) {
            seat.giveBack(now());
            out.add(new DeskCommand.Silence(recordId, seat.name()));
            requeue(recordId);
        }
    }

    void freeSeatOf(DivertedCall call, List<DeskCommand> out) {
        Seat seat = seats.of(call);
        if (seat != null) {
            seat.giveBack(now());
            news.of(seat);
            out.add(new DeskCommand.Silence(call.id(), seat.name()));
        }
    }

    // ---- how it goes

    Outlook outlook() {
        Instant now = now();
        List<QueueState> queues = new ArrayList<>();
        policy.staffing().queues().forEach(queue -> queues.add(stateOf(queue, now)));
        queues.add(stateOf(CallQueue.REST, now));
        return Outlook.of(
                demand.offersAnHour(now), handling.average(), seats.count(Seat::isWorking), demand.inTime(now), queues);
    }

    private QueueState stateOf(CallQueue queue, Instant now) {
        int waiting = 0;
        int answered = 0;
        Duration longest = Duration.ZERO;
        for (DivertedCall call : calls.values()) {
            if (!call.queue().name().equals(queue.name())) {
                continue;
            }
            if (call.is(State.ANSWERED)) {
                answered++;
                continue;
            }
            waiting++;
            Duration waits = Duration.between(call.picture().offeredAt(), now);
            longest = waits.compareTo(longest) > 0 ? waits : longest;
        }
        return new QueueState(
                queue.name(),
                queue.value(),
                waiting,
                answered,
                seats.count(seat -> seat.isWorking() && policy.staffing().suits(seat.name(), queue)),
                seats.count(seat -> seat.isReady() && policy.staffing().suits(seat.name(), queue)),
                longest);
    }
}
