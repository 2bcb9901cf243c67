package org.anticall.ops.sip;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.RelayedCall.Profile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where deciding and doing meet: tells the distributor what happens on the wire, and carries out on the wire what the
 * distributor decides. Also winds the clock of both. Owned by the desk's thread.
 */
final class Switchboard implements CallEvents, Registrar.Listener, PageSeats.Events {

    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final String CAPACITY = "X-Anticall-Capacity";

    private static final int MOST_RESCUES = 10;

    /** Every so many seconds the parties of all calls are asked whether they are still there. */
    private static final int PROBE_EVERY = 300;

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final CallDistributor desk;
    private final InstantSource clock;
    private final int releaseStatus;
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
    private boolean atWork;
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
        this.releaseStatus = settings.releaseStatus();
        this.releaseKey = settings.releaseKey();
        this.sounds = sounds;
        this.terms = terms;
        this.registrar = new Registrar(endpoint, settings, clock, this);
        this.pages = new PageSeats(screen, clock, this);
        byte[] key = settings.bypassKey();
        this.bypass = key.length == 0 ? null : new Bypass(key, clock);
        this.upkeep = kept == null ? null : new Upkeep(kept);
        sounds.onLoss(relay -> loop.execute(() -> relayLost(relay)));
    }

    // ---- over a restart

    /** Begins its work; calls and pages of an earlier run go on. */
    void begin(@Nullable KeptCalls kept) {
        if (kept != null) {
            takeUp(kept);
        }
        watch();
    }

    private void takeUp(KeptCalls kept) {
        for (KeptSeat each : kept.seats()) {
            pages.arrived(each.seat());
            carryOut(desk.answeredCalls().takeUpSeat(each.seat(), each.pauseReason(), each.unfiled()));
        }
        List<KeptCall> found = kept.calls();
        if (upkeep != null) {
            upkeep.begin(found);
        }
        found.forEach(this::takeUp);
        windUp();
    }

    private void takeUp(KeptCall kept) {
        DivertedCallSignals call = new DivertedCallSignals(
                endpoint,
                loop,
                terms,
                farewells,
                this,
                DivertedInvite.of(kept),
                new GatewayAddress(kept.facts().gatewayHost(), kept.facts().gatewayPort()),
                null);
        Profile seat = kept.atPage() ? pages.screen().profile() : Profile.RTP;
        try {
            if (kept.atPage()) {
                pages.arrived(kept.seat());
            }
            call.takeUp(kept, pages, sounds.takeUp(kept.sound(), seat, loop));
        } catch (ParseException e) {
            LOG.atError().addKeyValue("call", kept.recordId()).setCause(e).log("a call cannot be taken up");
            return;
        }
        calls.put(kept.recordId(), call);
        if (!kept.seat().isEmpty()) {
            carryOut(desk.answeredCalls().takeUp(kept.answered(), kept.atPage()));
        }
        LOG.atInfo().addKeyValue("call", kept.recordId()).log("a call of the last run goes on");
        call.probe();
        if (call.sound() != null && call.sound().isSilent()) {
            resound(call, seat, MOST_RESCUES);
        }
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
        DivertedCallSignals call =
                new DivertedCallSignals(endpoint, loop, terms, farewells, this, facts, gateway, invite);
        calls.put(facts.recordId(), call);
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
    public void back(String seat) {
        talkingAt(seat).ifPresent(call -> resound(call, pages.screen().profile(), 1));
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
        Optional<Sound> fresh = sounds.begin(
                recordId + "-" + SipEndpoint.unique(), pages.screen().profile(), loop);
        fresh.ifPresent(sound -> call.takeOver(pages, seat, sound));
        return fresh.isPresent();
    }

    private void relayLost(MediaRelay relay) {
        List.copyOf(calls.values()).stream()
                .filter(call -> call.isCarriedBy(relay))
                .forEach(call -> resound(
                        call, call.page() == null ? Profile.RTP : pages.screen().profile(), MOST_RESCUES));
    }

    /** Gives a call another sound; where there is none yet, again in a second. */
    private void resound(DivertedCallSignals call, Profile seat, int tries) {
        if (!calls.containsValue(call)) {
            return;
        }
        Optional<Sound> fresh = sounds.begin(call.recordId() + "-" + SipEndpoint.unique(), seat, loop);
        if (fresh.isPresent()) {
            call.resound(fresh.get());
        } else if (tries > 1) {
            var unused = loop.schedule(WATCH_EVERY, () -> resound(call, seat, tries - 1));
        } else {
            carryOut(desk.lost(call.recordId()));
        }
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

    private void forgetOver() {
        if (upkeep != null) {
            upkeep.retain(calls.keySet());
        }
    }

    /**
     * Takes no more calls and ends all there are; where calls outlast a restart, only those that nobody has answered. Runs
     * {@code whenConfirmed} when all parties have confirmed.
     */
    void close(Runnable whenConfirmed) {
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

    @Override
    public void answered(String recordId, String seat) {
        carryOut(desk.answered(recordId, seat));
    }

    @Override
    public void refused(String recordId, String seat, int status) {
        if (status == releaseStatus) {
            carryOut(desk.release(recordId));
        } else if (status == Response.NOT_ACCEPTABLE_HERE) {
            carryOut(desk.misfits(recordId, seat));
        } else if (isAbsence(status)) {
            carryOut(desk.unreachable(recordId, seat));
        } else {
            carryOut(desk.declined(recordId, seat));
        }
    }

    @Override
    public void callerGone(String recordId) {
        carryOut(desk.callerGone(recordId));
    }

    @Override
    public void operatorGone(String recordId) {
        carryOut(desk.operatorGone(recordId));
    }

    @Override
    public void passedOn(String recordId) {
        carryOut(desk.answeredCalls().passedOn(recordId));
    }

    @Override
    public void notPassedOn(String recordId) {
        carryOut(desk.answeredCalls().notPassedOn(recordId));
    }

    @Override
    public void over(String recordId) {
        calls.remove(recordId);
        forgetOver();
    }

    @Override
    public void tookOver(String recordId, String seat) {
        carryOut(desk.answeredCalls().tookOver(recordId, seat));
        call(recordId).ifPresent(this::keep);
    }

    @Override
    public void lost(String recordId) {
        carryOut(desk.lost(recordId));
    }

    @Override
    public void arrived(String user) {
        carryOut(desk.attendance().signIn(user));
    }

    @Override
    public void left(String user) {
        carryOut(desk.attendance().signOut(user));
    }

    /** Whether a phone's final status says that nobody is there, rather than that somebody does not want the call. */
    private static boolean isAbsence(int status) {
        return status == Response.REQUEST_TIMEOUT
                || status == Response.NOT_FOUND
                || status == Response.GONE
                || status / 100 == 5;
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
            ring(call, ring);
        } else if (command instanceof DeskCommand.Silence silence) {
            call.silence(silence.seat());
        } else if (command instanceof DeskCommand.Connect connect) {
            call.connect(connect.seat());
            keep(call);
        } else if (command instanceof DeskCommand.Refuse refuse) {
            call.refuse(refuse.misfit(), capacity());
        } else if (command instanceof DeskCommand.Release) {
            call.release();
        } else if (command instanceof DeskCommand.HangUp) {
            call.hangUp();
        } else if (command instanceof DeskCommand.PassOn) {
            passOn(call);
        } else if (command instanceof DeskCommand.Keep) {
            call.keep();
        }
    }

    private void passOn(DivertedCallSignals call) {
        Optional<Sound> sound = sounds.begin(call.recordId() + "-" + SipEndpoint.unique(), Profile.RTP, loop);
        if (bypass == null || sound.isEmpty()) {
            call.keep();
            carryOut(desk.answeredCalls().notPassedOn(call.recordId()));
        } else {
            call.passOn(bypass, sound.get());
        }
    }

    private void ring(DivertedCallSignals call, DeskCommand.Ring ring) {
        Optional<Phone> phone = registrar.phone(ring.seat());
        boolean page = pages.has(ring.seat());
        if (phone.isEmpty() && !page) {
            carryOut(desk.unreachable(ring.recordId(), ring.seat()));
            return;
        }
        Optional<Sound> sound = sounds.begin(
                ring.recordId() + "-" + SipEndpoint.unique(),
                page ? pages.screen().profile() : Profile.RTP,
                loop);
        if (sound.isEmpty()) {
            carryOut(desk.unheard(ring.recordId()));
            return;
        }
        if (page) {
            call.ring(pages, ring.seat(), sound.get());
        } else {
            call.ring(phone.orElseThrow(), sound.get());
        }
    }

    /** Sets the alarm for whatever is due next. */
    private void windUp() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
        Instant next = earlier(desk.nextDeadline(), registrar.nextExpiry());
        if (!next.equals(Instant.MAX)) {
            Duration delay = Duration.between(clock.instant(), next).plusMillis(1);
            alarm = loop.schedule(delay, this::due);
        }
    }

    private void due() {
        registrar.expire();
        carryOut(desk.tick());
    }

    private static Instant earlier(Optional<Instant> a, Optional<Instant> b) {
        Instant first = a.orElse(Instant.MAX);
        Instant second = b.orElse(Instant.MAX);
        return first.isBefore(second) ? first : second;
    }
}
