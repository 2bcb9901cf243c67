package org.anticall.ops.sip;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.Outlook;
import org.anticall.ops.desk.SeatStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desk, running: it takes registrations of operators' phones and diverted calls from gateways on one SIP address.
 *
 * <p>One thread ({@link DeskLoop}) owns all of it. The way of a diverted INVITE: {@link SipEndpoint} → {@link DeskSignals}
 * → {@link Switchboard} → {@link CallDistributor} decides → {@link Switchboard} carries out → {@link DivertedCallSignals}
 * → {@link OperatorLeg} rings the phone, {@link CallerLeg} answers the gateway.
 *
 * <p>Thread-safe. What is asked of it is done on the desk's thread; the futures tell when.
 */
public final class DeskServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeskServer.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final DeskLoop loop = new DeskLoop();
    private final List<DeskListener> listeners = new CopyOnWriteArrayList<>();
    private final CallDistributor desk;
    private final SipEndpoint endpoint;
    private final Switchboard switchboard;
    private final Duration farewell;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DeskServer(
            DeskSettings settings,
            Sounds sounds,
            SeatScreen screen,
            @Nullable KeptCalls kept,
            List<DeskListener> first,
            InstantSource clock,
            CallTerms terms,
            Duration farewell)
            throws IOException {
        this.farewell = farewell;
        listeners.addAll(first);
        this.desk = new CallDistributor(
                settings.policy(), settings.passwords().keySet(), sounds::areAvailable, clock, new Spread());
        List<AddressRange> mayTalk = new ArrayList<>(settings.gateways());
        mayTalk.addAll(settings.phonesFrom());
        SipSettings sip = SipSettings.at(settings.address(), settings.port())
                .onlyFrom(peer -> AddressRange.anyContains(mayTalk, peer));
        CompletableFuture<Switchboard> made = new CompletableFuture<>();
        try {
            this.endpoint = SipEndpoint.open(sip, CallLanes.single(loop::execute), open -> {
                Switchboard board = new Switchboard(open, loop, desk, clock, settings, sounds, screen, kept, terms);
                CompletableFuture.runAsync(() -> board.begin(kept), loop::execute)
                        .join(); // before the first message is heard
                made.complete(board);
                return new DeskSignals(open, board, settings.gateways());
            });
        } catch (IOException | RuntimeException e) {
            loop.close();
            throw e;
        }
        this.switchboard = made.join();
    }

    /**
     * Opens the desk; nobody is signed in yet.
     *
     * @param sounds how calls are heard
     * @param listeners hear of every change from the first on
     * @throws PortTakenException if the address cannot be had
     * @throws IOException if the SIP stack does not start for another reason
     */
    public static DeskServer start(DeskSettings settings, Sounds sounds, DeskListener... listeners) throws IOException {
        return start(settings, sounds, SeatScreen.NONE, null, listeners);
    }

    /**
     * Like {@link #start(DeskSettings, Sounds, DeskListener...)} with seats at pages of the console.
     *
     * @param kept where calls outlast a restart; the caller closes it after the desk. Null where a desk that closes ends them
     */
    public static DeskServer start(
            DeskSettings settings,
            Sounds sounds,
            SeatScreen screen,
            @Nullable KeptCalls kept,
            DeskListener... listeners)
            throws IOException {
        return new DeskServer(
                settings, sounds, screen, kept, List.of(listeners), SteadyClock.ofSystem(), CallTerms.USUAL, FAREWELL);
    }

    /** Like {@link #start(DeskSettings, Sounds, DeskListener...)} with direct sound, with another clock, other patience, and another time to wait at the end. */
    static DeskServer start(DeskSettings settings, InstantSource clock, CallTerms terms, Duration farewell)
            throws IOException {
        return new DeskServer(settings, Sounds.direct(), SeatScreen.NONE, null, List.of(), clock, terms, farewell);
    }

    /** With seats at pages and a clock that may be told to jump. */
    static DeskServer start(DeskSettings settings, SeatScreen screen, SteadyClock clock) throws IOException {
        return new DeskServer(settings, Sounds.direct(), screen, null, List.of(), clock, CallTerms.USUAL, FAREWELL);
    }

    /** Address it listens on. */
    public String address() {
        return endpoint.address();
    }

    /** UDP port it listens on. */
    public int port() {
        return endpoint.port();
    }

    /** Done when the desk's thread comes to it: whether the desk still turns. */
    public CompletableFuture<Void> turn() {
        return CompletableFuture.runAsync(() -> {}, loop::execute);
    }

    /** The calls that are at the desk and not over, oldest first. */
    public List<DeskCall> calls() {
        return desk.calls();
    }

    /** All seats by name. */
    public List<SeatStatus> seats() {
        return desk.seats();
    }

    /** How often something was thrown while a message was dealt with. */
    long survivedErrors() {
        return endpoint.survivedErrors();
    }

    /** From now on {@code listener} hears of every change, on the desk's thread. */
    public void addListener(DeskListener listener) {
        listeners.add(listener);
    }

    /** Ends what {@link #addListener} began. */
    public void removeListener(DeskListener listener) {
        listeners.remove(listener);
    }

    /** Lets a call nobody has answered go on to the callee. False if there is no such call. */
    public CompletableFuture<Boolean> release(String recordId) {
        return decide(distributor -> distributor.release(recordId));
    }

    /** The seats at pages of the console. */
    public ConsoleSeats consoleSeats() {
        return new ConsoleSeats(switchboard, loop);
    }

    /** What supervisors do to seats. */
    public ForcedSeats forcedSeats() {
        return new ForcedSeats(switchboard, loop);
    }

    /** Supervisors' ears. */
    public Eavesdrop eavesdrop() {
        return new Eavesdrop(switchboard, loop);
    }

    /** How the shift goes and what is to be expected. */
    public CompletableFuture<Outlook> outlook() {
        return CompletableFuture.supplyAsync(desk::outlook, loop::execute);
    }

    /** Ends a call: an answered one on both sides, another goes down its ladder. False if there is no such call. */
    public CompletableFuture<Boolean> end(String recordId) {
        return decide(distributor -> distributor.end(recordId));
    }

    /**
     * Ends all calls, waits up to two seconds for the parties to confirm, and stops; where calls outlast a restart those that
     * are talked on go on. Phones stay registered in their own
     * eyes and will register again. No thread is left. A
     * second close does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.execute(() -> switchboard.close(() -> ended.complete(null)));
        try {
            ended.get(farewell.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atInfo().log("not every party confirmed the end of its call");
        } catch (ExecutionException e) {
            LOG.atWarn().setCause(e).log("calls could not be ended in good order");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endpoint.close();
        loop.close();
    }

    private CompletableFuture<Boolean> decide(Function<CallDistributor, List<DeskCommand>> decision) {
        return CompletableFuture.supplyAsync(() -> switchboard.decide(decision), loop::execute);
    }

    /** Tells every listener what the distributor tells one. */
    private final class Spread implements DeskListener {

        @Override
        public void changed(DeskCall call) {
            for (DeskListener listener : listeners) {
                listener.changed(call);
            }
        }

        @Override
        public void changed(SeatStatus seat) {
            for (DeskListener listener : listeners) {
                listener.changed(seat);
            }
        }
    }
}
