package org.anticall.ops.sip;

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
import javax.sip.message.Response;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCommand;
import org.jspecify.annotations.Nullable;

/**
 * Where deciding and doing meet: tells the distributor what happens on the wire, and carries out on the wire what the
 * distributor decides. Also winds the clock of both. Owned by the desk's thread.
 */
final class Switchboard implements DivertedCallSignals.Events, Registrar.Listener {

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final CallDistributor desk;
    private final InstantSource clock;
    private final int releaseStatus;
    private final Duration ackPatience;
    private final Registrar registrar;
    private final Sounds sounds;
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
            Duration ackPatience) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.desk = desk;
        this.clock = clock;
        this.releaseStatus = settings.releaseStatus();
        this.sounds = sounds;
        this.ackPatience = ackPatience;
        this.registrar = new Registrar(endpoint, settings, clock, this);
    }

    Registrar registrar() {
        return registrar;
    }

    /** A diverted call has arrived. */
    void offered(DivertedInvite facts, ServerTransaction invite) throws SipException {
        if (desk.has(facts.recordId())) {
            endpoint.respond(invite, Response.TEMPORARILY_UNAVAILABLE); // the gateway offers it twice: one is enough
            return;
        }
        DivertedCallSignals call = new DivertedCallSignals(endpoint, loop, ackPatience, farewells, this, facts, invite);
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

    /** Ends all calls and runs {@code whenConfirmed} when all parties have confirmed. */
    void close(Runnable whenConfirmed) {
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
        calls.keySet().removeIf(recordId -> !desk.has(recordId));
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
            call.refuse();
        } else if (command instanceof DeskCommand.Release) {
            call.release();
        } else if (command instanceof DeskCommand.HangUp) {
            call.hangUp();
        }
    }

    private void ring(DivertedCallSignals call, DeskCommand.Ring ring) {
        Optional<Phone> phone = registrar.phone(ring.seat());
        if (phone.isEmpty()) {
            carryOut(desk.unreachable(ring.recordId(), ring.seat()));
            return;
        }
        Optional<Sound> sound = sounds.begin(ring.recordId() + "-" + SipEndpoint.unique(), loop);
        if (sound.isEmpty()) {
            carryOut(desk.unheard(ring.recordId()));
            return;
        }
        call.ring(phone.get(), sound.get());
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
