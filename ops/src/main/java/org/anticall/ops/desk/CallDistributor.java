package org.anticall.ops.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.anticall.ops.desk.DeskCall.Outcome;
import org.anticall.ops.desk.DeskCall.State;
import org.jspecify.annotations.Nullable;

/**
 * Decides which seat rings for which diverted call, and when a call is let go. Read this first.
 *
 * <p>Events go in as method calls, what is to be done comes out as {@link DeskCommand}s, to be carried out in order. It
 * knows no wire and no timer: time is the clock's, and whoever drives it calls {@link #tick} at {@link #nextDeadline}.
 *
 * <pre>
 *                no seat, queue full, wait too long, no sound
 *  OFFERED ────────────────────────────────────────────────┐
 *   │  │ nobody ready                                       │
 *   │  └──────────► QUEUED ──────────────────────┐          │
 *   │ ready seat     │  ▲                        │ answer-  │
 *   │    longest-idle│  │seat declines, misses,  │ within   │
 *   │    ready seat  │  │or signs out            │ is over  │
 *   │                ▼  │                        ▼          ▼
 *   └────────────► RINGING ───────────────────────────► LADDERED
 *                    │
 *                    │ seat answers          one party hangs up
 *                    └────────► ANSWERED ─────────────► ENDED
 *
 *  QUEUED, RINGING ── operator releases ──► RELEASED
 *  QUEUED, RINGING ── caller hangs up ────► ABANDONED
 *
 *  seat:  OFFLINE ◄─► READY ─► RINGING ─► ON_CALL ─► WRAP_UP ─► READY      PAUSED beside READY
 * </pre>
 *
 * <h2>What holds at every moment</h2>
 *
 * <ul>
 *   <li>A seat is in at most one call, and a call at one seat. A ring is a lease with an end: no seat stays reserved.
 *   <li>A call that is not answered is over at the latest {@link DeskPolicy#answerWithin} after its offer. It waits only
 *       while there is a working seat that has not had its turn with it.
 *   <li>A call rings each seat once. Who declines is not asked again, who missed it was not there.
 *   <li>An event about a lease that is over changes nothing; a seat that answers too late is silenced.
 * </ul>
 *
 * <p>Owned by one thread, the desk's. Only {@link #calls} and {@link #seats} may be called from any thread.
 */
public final class CallDistributor {

    private final DeskPolicy policy;
    private final BooleanSupplier sound;
    private final InstantSource clock;
    private final Roster seats;
    private final Map<String, DivertedCall> calls = new LinkedHashMap<>();
    private final HandlingTime handling = new HandlingTime();
    private final News news;
    private boolean closed;
    private volatile List<DeskCall> callsNow = List.of();
    private volatile List<SeatStatus> seatsNow = List.of();

    /**
     * A desk with nobody signed in.
     *
     * @param seats names of all seats there are
     * @param sound whether a call could be heard now
     * @param listener told of every change, on the thread that made it
     */
    public CallDistributor(
            DeskPolicy policy,
            Collection<String> seats,
            BooleanSupplier sound,
            InstantSource clock,
            DeskListener listener) {
        this.policy = policy;
        this.sound = sound;
        this.clock = clock;
        this.news = new News(listener);
        this.seats = new Roster(seats, clock.instant());
        publish();
    }

    // ---- views, from any thread

    /** The calls that are not over, oldest first. */
    public List<DeskCall> calls() {
        return callsNow;
    }

    /** All seats by name. */
    public List<SeatStatus> seats() {
        return seatsNow;
    }

    // ---- seats

    /** Somebody is there. A seat that was offline becomes ready; for one that is signed in already nothing changes. */
    public List<DeskCommand> signIn(String name) {
        Seat seat = seats.get(name);
        if (!seat.isSignedIn()) {
            seat.signIn(now());
            news.of(seat);
        }
        return settle(new ArrayList<>());
    }

    /**
     * Somebody is there at the console. The seat is made if there is none, and each of its calls has to get a disposition
     * before the next one.
     */
    public List<DeskCommand> signInAtConsole(String name) {
        seats.getOrMake(name, now()).atConsole(true);
        return signIn(name);
    }

    /** Nobody sits at the console any more; a phone of the same name may go on without one. */
    public List<DeskCommand> signOutAtConsole(String name) {
        seats.get(name).atConsole(false);
        return signOut(name);
    }

    /** The disposition of a call is written; a seat that wraps it up, or is paused for the want of it, is ready. */
    public List<DeskCommand> filed(String name, String recordId) {
        Seat seat = seats.get(name);
        if (seat.filed(recordId, now())) {
            if (seat.isWrappingUp()) {
                wrappedUp(seat);
            } else {
                news.of(seat);
            }
        }
        return settle(new ArrayList<>());
    }

    /** The operator needs {@code longer} for the paperwork; a seat that does not wrap up stays as it is. */
    public List<DeskCommand> wrapUpLonger(String name, Duration longer) {
        Seat seat = seats.get(name);
        if (seat.isWrappingUp()) {
            seat.wrapUpLonger(longer);
            news.of(seat);
        }
        return settle(new ArrayList<>());
    }

    /** Whether any seat takes calls, now or when it is free again. */
    public boolean isAtWork() {
        return !closed && seats.count(Seat::isWorking) > 0;
    }

    /** How many calls more the desk can take: seats that are ready, and places in the queue while anybody works. */
    public int capacity() {
        if (closed || !sound.getAsBoolean() || seats.count(Seat::isWorking) == 0) {
            return 0;
        }
        return seats.count(Seat::isReady) + Math.max(0, policy.queueLimit() - waiting());
    }

    /** Nobody is there any more. A ring goes to the next seat; a call goes on until a party hangs up. */
    public List<DeskCommand> signOut(String name) {
        Seat seat = seats.get(name);
        List<DeskCommand> out = new ArrayList<>();
        if (seat.isSignedIn()) {
            seat.signOut(now());
            takeRingFrom(seat, out);
            news.of(seat);
        }
        return settle(out);
    }

    /** No calls for this seat until {@link #resume}. A ring goes to the next seat; a call goes on. */
    public List<DeskCommand> pause(String name, String reason) {
        Seat seat = seats.get(name);
        List<DeskCommand> out = new ArrayList<>();
        seat.pause(reason, now());
        takeRingFrom(seat, out);
        news.of(seat);
        return settle(out);
    }

    /** Ends a pause, also the one a seat earned by missing calls. */
    public List<DeskCommand> resume(String name) {
        Seat seat = seats.get(name);
        if (seat.isPaused()) {
            seat.resume(now());
            news.of(seat);
        }
        return settle(new ArrayList<>());
    }

    // ---- calls

    /** Whether this call is at the desk and not over. */
    public boolean has(String recordId) {
        return calls.containsKey(recordId);
    }

    /**
     * A diverted call arrives.
     *
     * @throws IllegalArgumentException if a call with this id is at the desk already
     */
    public List<DeskCommand> offer(String recordId, String caller, String callee, String rule) {
        if (has(recordId)) {
            throw new IllegalArgumentException("call " + recordId + " is at the desk already, expected a new one");
        }
        Instant now = now();
        DivertedCall call = new DivertedCall(
                new DeskCall(recordId, caller, callee, rule, State.OFFERED, null, now, now, null),
                now.plus(policy.answerWithin()));
        calls.put(recordId, call);
        news.of(call);
        List<DeskCommand> out = new ArrayList<>();
        Outcome refused = admit();
        if (refused != null) {
            refuse(call, refused, out);
        } else {
            call.queue(now);
            if (seats.next(call) == null) {
                news.of(call);
            }
        }
        return settle(out);
    }

    /** The operator took the call. */
    public List<DeskCommand> answered(String recordId, String name) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = calls.get(recordId);
        Seat seat = seats.get(name);
        if (call == null || !seat.ringsFor(recordId)) {
            if (!seat.talksOn(recordId)) {
                out.add(new DeskCommand.Silence(recordId, name));
            }
            return settle(out);
        }
        seat.answered(recordId, now());
        call.answer(seat, now());
        news.of(seat);
        news.of(call);
        out.add(new DeskCommand.Connect(recordId, name));
        return settle(out);
    }

    /** The operator is there and does not want this call. */
    public List<DeskCommand> declined(String recordId, String name) {
        Seat seat = seats.get(name);
        if (seat.ringsFor(recordId)) {
            seat.declined(now());
            news.of(seat);
            requeue(recordId);
        }
        return settle(new ArrayList<>());
    }

    /** The seat could not be made to ring, or stopped by itself. Counts as a miss. */
    public List<DeskCommand> unreachable(String recordId, String name) {
        Seat seat = seats.get(name);
        if (seat.ringsFor(recordId)) {
            seat.missed(policy.missesBeforePause(), now());
            news.of(seat);
            requeue(recordId);
        }
        return settle(new ArrayList<>());
    }

    /** No relay carries the sound of a call nobody has answered; it goes down its ladder. */
    public List<DeskCommand> unheard(String recordId) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = calls.get(recordId);
        if (call != null && !call.is(State.ANSWERED)) {
            refuse(call, Outcome.NO_SOUND, out);
        }
        return settle(out);
    }

    /** An operator or supervisor lets a call that is not answered go on to the callee; otherwise nothing happens. */
    public List<DeskCommand> release(String recordId) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = calls.get(recordId);
        if (call != null && !call.is(State.ANSWERED)) {
            freeSeatOf(call, out);
            out.add(new DeskCommand.Release(recordId));
            finish(call, State.RELEASED, Outcome.RELEASED);
        }
        return settle(out);
    }

    /**
     * An operator decides that an answered call goes on to its callee. The callee is called {@link DeskPolicy#UNDO_WITHIN}
     * later, so that the decision can be taken back; false if there is no such call.
     */
    public boolean passOn(String recordId) {
        DivertedCall call = calls.get(recordId);
        if (call == null || !call.is(State.ANSWERED) || call.isPassingOn()) {
            return false;
        }
        call.passOn(now().plus(DeskPolicy.UNDO_WITHIN));
        return true;
    }

    /** Takes {@link #passOn} back, as long as the callee has not answered. */
    public List<DeskCommand> keep(String recordId) {
        DivertedCall call = calls.get(recordId);
        List<DeskCommand> out = new ArrayList<>();
        if (call != null && call.isPassingOn()) {
            call.keep();
            out.add(new DeskCommand.Keep(recordId));
        }
        return settle(out);
    }

    /** The callee cannot be had: caller and operator talk on. */
    public List<DeskCommand> notPassedOn(String recordId) {
        DivertedCall call = calls.get(recordId);
        if (call != null) {
            call.keep();
            news.of(call);
        }
        return settle(new ArrayList<>());
    }

    /** The callee took the call: the desk is done with it. */
    public List<DeskCommand> passedOn(String recordId) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = calls.get(recordId);
        if (call != null && call.is(State.ANSWERED)) {
            leave(call, out);
            finish(call, State.RELEASED, Outcome.RELEASED);
        }
        return settle(out);
    }

    /** The caller hung up, whether anybody had answered or not. */
    public List<DeskCommand> callerGone(String recordId) {
        DivertedCall call = calls.get(recordId);
        if (call == null || call.is(State.ANSWERED)) {
            return endIfAnswered(recordId, Outcome.CALLER_HUNG_UP, false);
        }
        List<DeskCommand> out = new ArrayList<>();
        freeSeatOf(call, out);
        finish(call, State.ABANDONED, Outcome.CALLER_HUNG_UP);
        return settle(out);
    }

    /** The operator ended an answered call; otherwise nothing happens. */
    public List<DeskCommand> operatorGone(String recordId) {
        return endIfAnswered(recordId, Outcome.OPERATOR_HUNG_UP, true);
    }

    /** A party of an answered call cannot be reached any more; otherwise nothing happens. */
    public List<DeskCommand> lost(String recordId) {
        return endIfAnswered(recordId, Outcome.CONNECTION_LOST, true);
    }

    /** Ends a call from the console: both sides if it is answered, else the caller is sent down the ladder. */
    public List<DeskCommand> end(String recordId) {
        DivertedCall call = calls.get(recordId);
        if (call == null || call.is(State.ANSWERED)) {
            return endIfAnswered(recordId, Outcome.OPERATOR_HUNG_UP, true);
        }
        List<DeskCommand> out = new ArrayList<>();
        refuse(call, Outcome.OPERATOR_HUNG_UP, out);
        return settle(out);
    }

    /** Ends all calls and takes no more. */
    public List<DeskCommand> close() {
        closed = true;
        List<DeskCommand> out = new ArrayList<>();
        for (DivertedCall call : List.copyOf(calls.values())) {
            if (call.is(State.ANSWERED)) {
                endAnswered(call, Outcome.DESK_CLOSED, true, out);
            } else {
                refuse(call, Outcome.DESK_CLOSED, out);
            }
        }
        return settle(out);
    }

    // ---- time

    /** When {@link #tick} is to be called next; empty if nothing is due. */
    public Optional<Instant> nextDeadline() {
        Instant next = Instant.MAX;
        for (Seat seat : seats.all()) {
            next = earlier(next, seat.taskUntil());
        }
        for (DivertedCall call : calls.values()) {
            next = earlier(next, call.is(State.ANSWERED) ? call.passOnAt() : call.answerBy());
        }
        return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
    }

    /** Does what is due by now. May be called at any time. */
    public List<DeskCommand> tick() {
        Instant now = now();
        List<DeskCommand> out = new ArrayList<>();
        for (DivertedCall call : List.copyOf(calls.values())) {
            if (!call.is(State.ANSWERED) && !now.isBefore(call.answerBy())) {
                Seat ringing = seats.of(call);
                if (ringing != null) {
                    miss(ringing, call.id(), out);
                }
                refuse(call, Outcome.NOT_ANSWERED, out);
            }
        }
        for (DivertedCall call : calls.values()) {
            if (!now.isBefore(call.passOnAt())) {
                call.callingCallee();
                out.add(new DeskCommand.PassOn(call.id()));
            }
        }
        for (Seat seat : seats.all()) {
            if (now.isBefore(seat.taskUntil())) {
                continue;
            }
            if (seat.isWrappingUp()) {
                wrappedUp(seat);
            } else {
                String recordId = Objects.requireNonNull(seat.status().recordId(), "a ring belongs to a call");
                miss(seat, recordId, out);
                requeue(recordId);
            }
        }
        return settle(out);
    }

    // ---- decisions

    /** Why a new call is not taken in; null if it is. */
    private @Nullable Outcome admit() {
        if (closed) {
            return Outcome.DESK_CLOSED;
        }
        if (!sound.getAsBoolean()) {
            return Outcome.NO_SOUND;
        }
        int working = seats.count(Seat::isWorking);
        if (working == 0) {
            return Outcome.NO_SEAT_LEFT;
        }
        if (seats.count(Seat::isReady) > 0) {
            return null; // calls that wait beside a ready seat have had their turn with it
        }
        int waiting = waiting();
        if (waiting >= policy.queueLimit()) {
            return Outcome.QUEUE_FULL;
        }
        return handling.expectedWait(waiting, working).compareTo(policy.answerWithin()) > 0
                ? Outcome.WAIT_TOO_LONG
                : null;
    }

    /** Gives ready seats to waiting calls, oldest call first; lets go those for whom no seat is left. */
    private void distribute(List<DeskCommand> out) {
        for (DivertedCall call : List.copyOf(calls.values())) {
            if (!call.is(State.QUEUED)) {
                continue;
            }
            Seat seat = seats.next(call);
            if (seat != null) {
                Instant now = now();
                seat.lease(call.id(), earlier(now.plus(policy.ringFor()), call.answerBy()), now);
                call.ring(seat, now);
                news.of(seat);
                news.of(call);
                out.add(new DeskCommand.Ring(call.id(), seat.name()));
            } else if (!seats.hasHopeFor(call)) {
                refuse(call, Outcome.NO_SEAT_LEFT, out);
            }
        }
    }

    private void refuse(DivertedCall call, Outcome outcome, List<DeskCommand> out) {
        freeSeatOf(call, out);
        out.add(new DeskCommand.Refuse(call.id()));
        finish(call, State.LADDERED, outcome);
    }

    private void requeue(String recordId) {
        DivertedCall call = calls.get(recordId);
        if (call != null && call.is(State.RINGING)) {
            call.queue(now());
            news.of(call);
        }
    }

    private void miss(Seat seat, String recordId, List<DeskCommand> out) {
        seat.missed(policy.missesBeforePause(), now());
        news.of(seat);
        out.add(new DeskCommand.Silence(recordId, seat.name()));
    }

    private void takeRingFrom(Seat seat, List<DeskCommand> out) {
        String recordId = seat.status().recordId();
        if (recordId != null && seat.ringsFor(recordId)) {
            seat.giveBack(now());
            out.add(new DeskCommand.Silence(recordId, seat.name()));
            requeue(recordId);
        }
    }

    private List<DeskCommand> endIfAnswered(String recordId, Outcome outcome, boolean hangUp) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = calls.get(recordId);
        if (call != null && call.is(State.ANSWERED)) {
            endAnswered(call, outcome, hangUp, out);
        }
        return settle(out);
    }

    private void endAnswered(DivertedCall call, Outcome outcome, boolean hangUp, List<DeskCommand> out) {
        leave(call, out);
        if (hangUp) {
            out.add(new DeskCommand.HangUp(call.id()));
        }
        finish(call, State.ENDED, outcome);
    }

    /** The seat of an answered call begins its paperwork. */
    private void leave(DivertedCall call, List<DeskCommand> out) {
        Seat seat = Objects.requireNonNull(seats.of(call), "an answered call has a seat");
        out.add(new DeskCommand.Silence(call.id(), seat.name()));
        Duration wrapUp = policy.wrapUpOf(seat.isAtConsole());
        seat.wrapUp(now().plus(wrapUp), now());
        if (wrapUp.isZero()) {
            wrappedUp(seat);
        } else {
            news.of(seat);
        }
    }

    private void wrappedUp(Seat seat) {
        handling.learn(Duration.between(seat.answeredAt(), now()));
        seat.free(now());
        news.of(seat);
    }

    private int waiting() {
        return (int)
                calls.values().stream().filter(call -> call.is(State.QUEUED)).count();
    }

    private void freeSeatOf(DivertedCall call, List<DeskCommand> out) {
        Seat seat = seats.of(call);
        if (seat != null) {
            seat.giveBack(now());
            news.of(seat);
            out.add(new DeskCommand.Silence(call.id(), seat.name()));
        }
    }

    private void finish(DivertedCall call, State state, Outcome outcome) {
        call.finish(state, outcome, now());
        calls.remove(call.id());
        news.of(call);
    }

    private Instant now() {
        return clock.instant();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Ends every event: seats and calls are matched, the views renewed, and then the listener hears what changed. */
    private List<DeskCommand> settle(List<DeskCommand> out) {
        distribute(out);
        publish();
        news.tell();
        return List.copyOf(out);
    }

    private void publish() {
        callsNow = calls.values().stream().map(DivertedCall::picture).toList();
        seatsNow = seats.statuses();
    }
}
