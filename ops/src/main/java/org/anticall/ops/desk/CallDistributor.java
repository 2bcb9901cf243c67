package org.anticall.ops.desk;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 *                no seat, quota or queue full, wait too long, no sound, no codec
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

    private final BooleanSupplier sound;
    private final Floor floor;
    private final Roster seats;
    private final News news;
    private final AnsweredCalls answeredCalls;
    private final Attendance attendance;
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
        this.sound = sound;
        this.news = new News(listener);
        this.seats = new Roster(seats, clock.instant());
        this.floor = new Floor(policy, this.seats, news, clock);
        this.answeredCalls = new AnsweredCalls(floor, this::settle);
        this.attendance = new Attendance(floor, this::settle);
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

    // ---- the whole

    /** Who is there: operators sign in and out, pause, and do their paperwork. */
    public Attendance attendance() {
        return attendance;
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
        return seats.count(Seat::isReady) + Math.max(0, floor.policy().queueLimit() - floor.waiting());
    }

    /** How the shift goes and what is to be expected. */
    public Outlook outlook() {
        return floor.outlook();
    }

    // ---- calls

    /** Whether this call is at the desk and not over. */
    public boolean has(String recordId) {
        return floor.call(recordId) != null;
    }

    /**
     * A diverted call arrives.
     *
     * @throws IllegalArgumentException if a call with this id is at the desk already
     */
    public List<DeskCommand> offer(String recordId, String caller, String callee, String rule) {
        return offer(recordId, caller, callee, rule, false);
    }

    /**
     * A diverted call arrives that no seat could speak with: it goes down its ladder.
     *
     * @throws IllegalArgumentException if a call with this id is at the desk already
     */
    public List<DeskCommand> offerMisfit(String recordId, String caller, String callee, String rule) {
        return offer(recordId, caller, callee, rule, true);
    }

    private List<DeskCommand> offer(String recordId, String caller, String callee, String rule, boolean misfit) {
        if (has(recordId)) {
            throw new IllegalArgumentException("call " + recordId + " is at the desk already, expected a new one");
        }
        Instant now = now();
        DivertedCall call =
                floor.offered(new DeskCall(recordId, caller, callee, rule, State.OFFERED, null, now, now, null));
        news.of(call);
        List<DeskCommand> out = new ArrayList<>();
        Outcome refused = misfit ? Outcome.NO_CODEC : admit(call, out);
        if (refused != null) {
            floor.refuse(call, refused, out);
        } else {
            call.queue(now);
            if (floor.nextFor(call) == null) {
                news.of(call);
            }
        }
        return settle(out);
    }

    /** Why a new call is not taken in; null if it is. */
    private @Nullable Outcome admit(DivertedCall call, List<DeskCommand> out) {
        if (closed) {
            return Outcome.DESK_CLOSED;
        }
        return sound.getAsBoolean() ? floor.admit(call, out) : Outcome.NO_SOUND;
    }

    /** The operator took the call. */
    public List<DeskCommand> answered(String recordId, String name) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = floor.call(recordId);
        Seat seat = seats.get(name);
        if (call == null || !seat.ringsFor(recordId)) {
            if (!seat.talksOn(recordId)) {
                out.add(new DeskCommand.Silence(recordId, name));
            }
            return settle(out);
        }
        floor.answer(call, seat);
        out.add(new DeskCommand.Connect(recordId, name));
        return settle(out);
    }

    /** The operator is there and does not want this call. */
    public List<DeskCommand> declined(String recordId, String name) {
        Seat seat = seats.get(name);
        if (seat.ringsFor(recordId)) {
            seat.declined(now());
            news.of(seat);
            floor.requeue(recordId);
        }
        return settle(new ArrayList<>());
    }

    /** The seat cannot speak with this caller: no common codec. No fault of the operator. */
    public List<DeskCommand> misfits(String recordId, String name) {
        Seat seat = seats.get(name);
        DivertedCall call = floor.call(recordId);
        if (call != null && seat.ringsFor(recordId)) {
            call.misfits();
            seat.giveBack(now());
            news.of(seat);
            floor.requeue(recordId);
        }
        return settle(new ArrayList<>());
    }

    /** The seat could not be made to ring, or stopped by itself. Counts as a miss. */
    public List<DeskCommand> unreachable(String recordId, String name) {
        Seat seat = seats.get(name);
        if (seat.ringsFor(recordId)) {
            seat.missed(floor.policy().missesBeforePause(), now());
            news.of(seat);
            floor.requeue(recordId);
        }
        return settle(new ArrayList<>());
    }

    /** No relay carries the sound of a call nobody has answered; it goes down its ladder. */
    public List<DeskCommand> unheard(String recordId) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = floor.call(recordId);
        if (call != null && !call.is(State.ANSWERED)) {
            floor.refuse(call, Outcome.NO_SOUND, out);
        }
        return settle(out);
    }

    /** An operator or supervisor lets a call that is not answered go on to the callee; otherwise nothing happens. */
    public List<DeskCommand> release(String recordId) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = floor.call(recordId);
        if (call != null && !call.is(State.ANSWERED)) {
            floor.freeSeatOf(call, out);
            out.add(new DeskCommand.Release(recordId));
            floor.finish(call, State.RELEASED, Outcome.RELEASED);
        }
        return settle(out);
    }

    /** A call that went down its ladder was on its way through an announcement: listeners hear whether that was heard. */
    public List<DeskCommand> announced(String recordId, boolean heard) {
        floor.announced(recordId, heard);
        return settle(new ArrayList<>());
    }

    /** What becomes of answered calls besides their end: on to the callee, to another seat, over a restart. */
    public AnsweredCalls answeredCalls() {
        return answeredCalls;
    }

    /** The caller hung up, whether anybody had answered or not. */
    public List<DeskCommand> callerGone(String recordId) {
        DivertedCall call = floor.call(recordId);
        if (call == null || call.is(State.ANSWERED)) {
            return endIfAnswered(recordId, Outcome.CALLER_HUNG_UP, false);
        }
        List<DeskCommand> out = new ArrayList<>();
        floor.freeSeatOf(call, out);
        floor.finish(call, State.ABANDONED, Outcome.CALLER_HUNG_UP);
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
        DivertedCall call = floor.call(recordId);
        if (call == null || call.is(State.ANSWERED)) {
            return endIfAnswered(recordId, Outcome.OPERATOR_HUNG_UP, true);
        }
        List<DeskCommand> out = new ArrayList<>();
        floor.refuse(call, Outcome.OPERATOR_HUNG_UP, out);
        return settle(out);
    }

    /** Ends all calls and takes no more. */
    public List<DeskCommand> close() {
        return close(true);
    }

    /** Takes no more calls and sends those that nobody has answered down their ladders; the others go on. */
    public List<DeskCommand> closeButTalking() {
        return close(false);
    }

    private List<DeskCommand> close(boolean answeredToo) {
        closed = true;
        List<DeskCommand> out = new ArrayList<>();
        for (DivertedCall call : List.copyOf(floor.calls())) {
            if (!call.is(State.ANSWERED)) {
                floor.refuse(call, Outcome.DESK_CLOSED, out);
            } else if (answeredToo) {
                floor.endAnswered(call, Outcome.DESK_CLOSED, true, out);
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
        for (DivertedCall call : floor.calls()) {
            next = earlier(next, call.is(State.ANSWERED) ? call.passOnAt() : call.answerBy());
        }
        return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
    }

    /** Does what is due by now. May be called at any time. */
    public List<DeskCommand> tick() {
        Instant now = now();
        List<DeskCommand> out = new ArrayList<>();
        for (DivertedCall call : List.copyOf(floor.calls())) {
            if (!call.is(State.ANSWERED) && !now.isBefore(call.answerBy())) {
                Seat ringing = seats.of(call);
                if (ringing != null) {
                    floor.miss(ringing, call.id(), out);
                }
                floor.refuse(call, Outcome.NOT_ANSWERED, out);
            }
        }
        for (DivertedCall call : floor.calls()) {
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
                floor.wrappedUp(seat);
            } else {
                String recordId = Objects.requireNonNull(seat.status().recordId(), "a ring belongs to a call");
                floor.miss(seat, recordId, out);
                floor.requeue(recordId);
            }
        }
        return settle(out);
    }

    private List<DeskCommand> endIfAnswered(String recordId, Outcome outcome, boolean hangUp) {
        List<DeskCommand> out = new ArrayList<>();
        DivertedCall call = floor.call(recordId);
        if (call != null && call.is(State.ANSWERED)) {
            floor.endAnswered(call, outcome, hangUp, out);
        }
        return settle(out);
    }

    private Instant now() {
        return floor.now();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Ends every event: seats and calls are matched, the views renewed, and then the listener hears what changed. */
    private List<DeskCommand> settle(List<DeskCommand> out) {
        floor.distribute(out);
        publish();
        news.tell();
        return List.copyOf(out);
    }

    private void publish() {
        callsNow = floor.calls().stream().map(DivertedCall::picture).toList();
        seatsNow = seats.statuses();
    }
}
