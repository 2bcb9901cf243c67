package org.anticall.ops.sip;

import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;

/**
 * Where deciding and doing meet: tells the distributor what happens on the wire, and carries out on the wire what the
 * distributor decides. Also winds the clock of both. Owned by the desk's thread.
 */
final class Switchboard implements PageSeats.Events {

    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final String CAPACITY = "X-Anticall-Capacity";

    /** Every so many seconds the parties of all calls are asked whether they are still there. */
    private static final int PROBE_EVERY = 300;

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final CallDistributor desk;
    private final InstantSource clock;
    private final InstantSource even;
    private final CallReports reports;
    private final String releaseKey;
    private final CallTerms terms;
    private final Registrar registrar;
    private final Sounds sounds;
    private final PageSeats pages;
    private final @Nullable Bypass bypass;
    private final Farewells farewells = new Farewells();
    private final Map<String, DivertedCallSignals> calls = new HashMap<>();
    private final ArrayDeque<DeskCommand> toDo = new ArrayDeque<>();
    private final @Nullable Upkeep upkeep;
    private final Announcements announcements;
    private final SoundChoice soundChoice;
    private boolean atWork;
    private boolean begun;
    private int seconds;
    private @Nullable ScheduledFuture<?> alarm;

    Switchboard(
            SipEndpoint endpoint,
            DeskLoop loop,
            CallDistributor desk,
            InstantSource clock,
            DeskSettings settings,
            Sounds sounds,
            SeatScreen screen,
            @Nullable KeptCalls kept,
            CallTerms terms) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.desk = desk;
        this.clock = clock;
        this.reports = new CallReports(
                desk,
                settings.releaseStatus(),
                this::carryOut,
                recordId -> call(recordId).ifPresent(this::keep),
                this::forget);
        this.releaseKey = settings.releaseKey();
        this.sounds = sounds;
        this.terms = terms;
        this.even = clock instanceof SteadyClock steady ? steady.even() : clock;
        this.registrar = new Registrar(endpoint, settings, even, reports);
        this.pages = new PageSeats(screen, even, this);
        byte[] key = settings.bypassKey();
        this.bypass = key.length == 0 ? null : new Bypass(key, InstantSource.system()); // gateways judge it by theirs
        this.soundChoice = new SoundChoice(sounds, loop, desk, this::carryOut, calls::values, pages, registrar, bypass);
        this.upkeep = kept == null ? null : new Upkeep(kept);
        this.announcements = new Announcements(
                sounds, loop, this::capacity, (recordId, heard) -> carryOut(desk.announced(recordId, heard)));
        sounds.onKey((callId, by, pressed) -> loop.execute(() -> keyPressed(callId, by, pressed)));
        sounds.onLoss(relay -> loop.execute(() -> soundChoice.relayLost(relay)));
    }

    // ---- over a restart

    /** Begins its work; calls and pages of an earlier run go on. */
    void begin(@Nullable KeptCalls kept) {
        if (kept != null) {
            List<KeptCall> found = kept.calls();
            if (upkeep != null) {
                upkeep.begin(found);
            }
            new LastRun(this, sounds, soundChoice, loop).goOn(kept.seats(), found);
        }
        begun = true;
        carryOut(List.of());
        watch();
    }

    /** A call that is on the wire from now on; {@code invite} is null for one of an earlier run. */
    DivertedCallSignals onTheWire(DivertedInvite facts, GatewayAddress gateway, @Nullable ServerTransaction invite) {
        DivertedCallSignals call =
                new DivertedCallSignals(endpoint, loop, terms, farewells, reports, facts, gateway, invite);
        calls.put(facts.recordId(), call);
        return call;
    }

    /** How long parties are waited for. */
    CallTerms terms() {
        return terms;
    }

    Registrar registrar() {
        return registrar;
    }

    PageSeats pages() {
        return pages;
    }

    /**
     * What the desk can take, for the gateway to read in any answer. Nothing while nobody works: the gateway goes on asking,
     * is refused at once, and finds the first operator who comes.
     */
    Header[] capacity() {
        if (!desk.isAtWork()) {
            return new Header[0];
        }
        try {
            return new Header[] {endpoint.headers().createHeader(CAPACITY, Integer.toString(desk.capacity()))};
        } catch (ParseException impossible) {
            throw new IllegalStateException("a number can stand in a header", impossible);
        }
    }

    /** A diverted call has arrived. */
    void offered(DivertedInvite facts, GatewayAddress gateway, ServerTransaction invite) throws SipException {
        if (desk.has(facts.recordId())) {
            endpoint.respond(
                    invite, Response.TEMPORARILY_UNAVAILABLE, capacity()); // the gateway offers it twice: one is enough
            return;
        }
        DivertedCallSignals call = onTheWire(facts, gateway, invite);
        call.trying();
        carryOut(
                facts.isAnswerable()
                        ? desk.offer(facts.recordId(), facts.caller(), facts.callee(), facts.rule())
                        : desk.offerMisfit(facts.recordId(), facts.caller(), facts.callee(), facts.rule()));
        if (desk.has(facts.recordId())) {
            call.ringing();
        }
    }

    /**
     * How a seat is now.
     *
     * @throws IllegalArgumentException if there is none
     */
    SeatStatus status(String seat) {
        return desk.seats().stream()
                .filter(each -> each.seat().equals(seat))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no seat \"" + seat + "\""));
    }

    /** Carries out what {@code decision} makes of the desk; returns whether that was anything. */
    boolean decide(Function<CallDistributor, List<DeskCommand>> decision) {
        List<DeskCommand> commands = decision.apply(desk);
        carryOut(commands);
        return !commands.isEmpty();
    }

    // ---- seats at the console

    /** An operator sits down at a page. */
    void satDown(String seat) {
        pages.arrived(seat);
        carryOut(desk.attendance().signInAtConsole(seat));
    }

    /** An operator sits down at a page and takes no calls yet, for that reason. */
    void satDown(String seat, String pauseReason) {
        pages.arrived(seat);
        carryOut(desk.answeredCalls().takeUpSeat(seat, pauseReason, null));
    }

    /** An operator leaves the page; a call the seat is in ends. */
    void gotUp(String seat) {
        pages.left(seat);
        gone(seat);
    }

    @Override
    public void away(String seat) {
        talkingAt(seat).ifPresent(DivertedCallSignals::hold);
    }

    @Override
    public boolean back(String seat) {
        Optional<DivertedCallSignals> call = talkingAt(seat);
        call.ifPresent(found -> soundChoice.resound(found, soundChoice.ofPages(), 1));
        return call.isPresent();
    }

    @Override
    public void gone(String seat) {
        talkingAt(seat).ifPresent(call -> carryOut(desk.lost(call.recordId())));
        carryOut(desk.attendance().signOutAtConsole(seat));
        if (registrar.phone(seat).isPresent()) {
            carryOut(desk.attendance().signIn(seat));
        }
    }

    /** The call an operator's page is in. */
    Optional<DivertedCallSignals> talkingAt(String seat) {
        return calls.values().stream()
                .filter(call -> call.page() != null && seat.equals(call.page().seat()))
                .findFirst();
    }

    /** Lets an answered call go on to its callee, in a second; false if that cannot be. */
    boolean passOn(String recordId) {
        DivertedCallSignals call = calls.get(recordId);
        if (bypass == null || call == null || !desk.answeredCalls().passOn(recordId)) {
            return false;
        }
        call.hold();
        windUp();
        return true;
    }

    /** Whether a request of an operator's phone is the key by which a call goes on to its callee. */
    boolean isRelease(OperatorLeg leg, Request request) {
        return bypass != null
                && !releaseKey.isEmpty()
                && !leg.seat().isEmpty()
                && request.getMethod().equals(Request.INFO)
                && KeyPress.of(request).equals(releaseKey);
    }

    /** A key that travelled among the sound of a phone. */
    private void keyPressed(String callId, Party by, char key) {
        if (bypass != null && by == Party.OPERATOR && releaseKey.equals(String.valueOf(key))) {
            calls.values().stream()
                    .filter(call -> call.isAtPhone(callId))
                    .findFirst()
                    .ifPresent(this::releaseKey);
        }
    }

    /** The operator pressed that key: the call goes on in a second; pressed again before the callee answers, it stays. */
    void releaseKey(DivertedCallSignals call) {
        if (!passOn(call.recordId())) {
            carryOut(desk.answeredCalls().keep(call.recordId()));
        }
    }

    /** The call on the wire; empty if it is not at the desk. */
    Optional<DivertedCallSignals> call(String recordId) {
        return Optional.ofNullable(calls.get(recordId));
    }

    /** Lets the page of {@code seat} into an answered call in place of its operator; false if that cannot be. */
    boolean takeOver(String recordId, String seat) {
        DivertedCallSignals call = calls.get(recordId);
        if (call == null || !pages.has(seat) || !desk.answeredCalls().canTakeOver(recordId, seat)) {
            return false;
        }
        return soundChoice.takeOver(call, seat);
    }

    private void watch() {
        pages.watch();
        if (++seconds % PROBE_EVERY == 0) {
            calls.values().forEach(DivertedCallSignals::probe);
        }
        keepAll();
        if (clock instanceof SteadyClock steady && desk.nextDeadline().isEmpty()) {
            steady.settle();
        }
        var unused = loop.schedule(WATCH_EVERY, this::watch);
    }

    /** Writes down what has changed about the calls that are talked on. */
    private void keepAll() {
        if (upkeep != null) {
            calls.values().forEach(this::keep);
            upkeep.look(desk.seats(), pages.seats());
        }
    }

    private void keep(DivertedCallSignals call) {
        if (upkeep != null) {
            DeskCall known = desk.calls().stream()
                    .filter(each -> each.recordId().equals(call.recordId()))
                    .findFirst()
                    .orElse(null);
            upkeep.look(call, known);
        }
    }

    /** Nothing of the call is left on the wire. */
    void forget(String recordId) {
        calls.remove(recordId);
        forgetOver();
    }

    private void forgetOver() {
        if (upkeep != null && begun) {
            upkeep.retain(calls.keySet());
        }
    }

    /**
     * Takes no more calls and ends all there are; where calls outlast a restart, only those that nobody has answered. Runs
     * {@code whenConfirmed} when all parties have confirmed.
     */
    void close(Runnable whenConfirmed) {
        announcements.close();
        if (upkeep != null) {
            carryOut(desk.closeButTalking());
            keepAll();
            farewells.last(whenConfirmed);
            return;
        }
        List.copyOf(calls.values()).stream()
                .filter(DivertedCallSignals::isPassedOn)
                .forEach(DivertedCallSignals::hangUp);
        carryOut(desk.close());
        farewells.last(whenConfirmed);
    }

    /** Carries out commands in order. What they cause at once is carried out after them. */
    private void carryOut(List<DeskCommand> commands) {
        toDo.addAll(commands);
        if (atWork) {
            return;
        }
        atWork = true;
        try {
            for (DeskCommand next = toDo.poll(); next != null; next = toDo.poll()) {
                carryOut(next);
            }
        } finally {
            atWork = false;
        }
        calls.values().removeIf(call -> !desk.has(call.recordId()) && !call.isPassedOn());
        forgetOver();
        windUp();
    }

    private void carryOut(DeskCommand command) {
        DivertedCallSignals call = calls.get(command.recordId());
        if (call == null) {
            return;
        }
        if (command instanceof DeskCommand.Ring ring) {
            soundChoice.ring(call, ring);
        } else if (command instanceof DeskCommand.Silence silence) {
            call.silence(silence.seat());
        } else if (command instanceof DeskCommand.Connect connect) {
            call.connect(connect.seat());
            keep(call);
        } else if (command instanceof DeskCommand.Refuse refuse) {
            refuse(call, refuse.misfit());
        } else if (command instanceof DeskCommand.Release) {
            call.release();
        } else if (command instanceof DeskCommand.HangUp) {
            call.hangUp();
        } else if (command instanceof DeskCommand.PassOn) {
            soundChoice.passOn(call);
        } else if (command instanceof DeskCommand.Keep) {
            call.keep();
        }
    }

    private void refuse(DivertedCallSignals call, boolean misfit) {
        if (misfit) {
            call.refuse(true, capacity());
        } else {
            announcements.refuse(call);
        }
    }

    /** Sets the alarm for whatever is due next. */
    private void windUp() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
        Duration next = Stream.of(
                        desk.nextDeadline().map(due -> Duration.between(clock.instant(), due)),
                        registrar.nextExpiry().map(due -> Duration.between(even.instant(), due)))
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .orElse(null);
        if (next != null) {
            alarm = loop.schedule(next.plusMillis(1), this::due);
        }
    }

    private void due() {
        registrar.expire();
        carryOut(desk.tick());
    }
}
