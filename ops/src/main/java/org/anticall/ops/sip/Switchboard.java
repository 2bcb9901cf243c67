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
import javax.sip.message.Response;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.RelayedCall.Profile;
import org.jspecify.annotations.Nullable;

/**
 * Where deciding and doing meet: tells the distributor what happens on the wire, and carries out on the wire what the
 * distributor decides. Also winds the clock of both. Owned by the desk's thread.
 */
final class Switchboard implements DivertedCallSignals.Events, Registrar.Listener, PageSeats.Events {

    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final String CAPACITY = "X-Anticall-Capacity";

    private static final int MOST_RESCUES = 10;

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final CallDistributor desk;
    private final InstantSource clock;
    private final int releaseStatus;
    private final Duration ackPatience;
    private final Registrar registrar;
    private final Sounds sounds;
    private final PageSeats pages;
    private final @Nullable Bypass bypass;
    private final Farewells farewells = new Farewells();
    private final Map<String, DivertedCallSignals> calls = new HashMap<>();
    private final ArrayDeque<DeskCommand> toDo = new ArrayDeque<>();
    private boolean atWork;
    private @Nullable ScheduledFuture<?> alarm;

    Switchboard(
            SipEndpoint endpoint,
            DeskLoop loop,
            CallDistributor desk,
            InstantSource clock,
            DeskSettings settings,
            Sounds sounds,
            SeatScreen screen,
            Duration ackPatience) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.desk = desk;
        this.clock = clock;
        this.releaseStatus = settings.releaseStatus();
        this.sounds = sounds;
        this.ackPatience = ackPatience;
        this.registrar = new Registrar(endpoint, settings, clock, this);
        this.pages = new PageSeats(screen, clock, this);
        byte[] key = settings.bypassKey();
        this.bypass = key.length == 0 ? null : new Bypass(key, clock);
        sounds.onLoss(relay -> loop.execute(() -> relayLost(relay)));
        loop.execute(this::watch);
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
                new DivertedCallSignals(endpoint, loop, ackPatience, farewells, this, facts, gateway, invite);
        calls.put(facts.recordId(), call);
        call.trying();
        carryOut(desk.offer(facts.recordId(), facts.caller(), facts.callee(), facts.rule()));
        if (desk.has(facts.recordId())) {
            call.ringing();
        }
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
        carryOut(desk.signInAtConsole(seat));
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
        talkingAt(seat).ifPresent(call -> resound(call, Profile.WEBRTC, 1));
    }

    @Override
    public void gone(String seat) {
        talkingAt(seat).ifPresent(call -> carryOut(desk.lost(call.recordId())));
        carryOut(desk.signOutAtConsole(seat));
        if (registrar.phone(seat).isPresent()) {
            carryOut(desk.signIn(seat));
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
        if (bypass == null || call == null || !desk.passOn(recordId)) {
            return false;
        }
        call.hold();
        windUp();
        return true;
    }

    /** The call on the wire; empty if it is not at the desk. */
    Optional<DivertedCallSignals> call(String recordId) {
        return Optional.ofNullable(calls.get(recordId));
    }

    private void relayLost(MediaRelay relay) {
        List.copyOf(calls.values()).stream()
                .filter(call -> call.isCarriedBy(relay))
                .forEach(call -> resound(call, call.page() == null ? Profile.RTP : Profile.WEBRTC, MOST_RESCUES));
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
        var unused = loop.schedule(WATCH_EVERY, this::watch);
    }

    /** Ends all calls and runs {@code whenConfirmed} when all parties have confirmed. */
    void close(Runnable whenConfirmed) {
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
        carryOut(desk.passedOn(recordId));
    }

    @Override
    public void notPassedOn(String recordId) {
        carryOut(desk.notPassedOn(recordId));
    }

    @Override
    public void over(String recordId) {
        calls.remove(recordId);
    }

    @Override
    public void lost(String recordId) {
        carryOut(desk.lost(recordId));
    }

    @Override
    public void arrived(String user) {
        carryOut(desk.signIn(user));
    }

    @Override
    public void left(String user) {
        carryOut(desk.signOut(user));
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
        } else if (command instanceof DeskCommand.Refuse) {
            call.refuse(capacity());
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
            carryOut(desk.notPassedOn(call.recordId()));
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
        Optional<Sound> sound =
                sounds.begin(ring.recordId() + "-" + SipEndpoint.unique(), page ? Profile.WEBRTC : Profile.RTP, loop);
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
