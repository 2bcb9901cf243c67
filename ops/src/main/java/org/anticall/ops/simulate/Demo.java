package org.anticall.ops.simulate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.anticall.ops.OpsServer;
import org.anticall.ops.StartFailure;
import org.anticall.ops.config.ConfigFile;
import org.anticall.ops.config.InvalidConfig;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.sip.agent.Carrier;

/**
 * The whole system on one machine: the centre in this process, a gateway as child process, and around them the simulated
 * world. {@link #close} may be called from any thread, more than once, also while the demo is still starting.
 *
 * <pre>
 *   carrier ──► gateway (child) ──► citizens
 *                  │  └─ records ─► centre ─ console
 *                  └──────────────► desk ──► operators' phones
 * </pre>
 */
public final class Demo implements AutoCloseable {

    private static final int SEATS_HEADLESS = 12;
    private static final int SEATS_TO_LOOK_AT = 3;
    private static final int SPARE_SEAT = 100;
    private static final String RANDOM = "L64X128MixRandom";
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final DemoPlan plan;
    private final Path launcher;
    private final PrintStream out;
    private final PrintStream progress;
    private final Ledger ledger = new Ledger();
    private final DemoParts parts = new DemoParts();
    private volatile boolean endedEarly;

    /**
     * A demo that has not begun.
     *
     * @param launcher the product's launcher script, which starts the gateway
     * @param out takes addresses and accounts of a demo to look at
     * @param progress takes how it stands
     */
    public Demo(DemoPlan plan, Path launcher, PrintStream out, PrintStream progress) {
        this.plan = plan;
        this.launcher = launcher;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Runs to the end: until all calls have ended, or without end until {@link #close}.
     *
     * @return what became of the calls
     * @throws DemoUnavailable if it cannot run; nothing is left running then
     * @throws InterruptedException if the thread is interrupted
     */
    public Summary run() throws DemoUnavailable, InterruptedException {
        try (this) {
            plan.ports().requireFree();
            DemoRules rules = DemoRules.of(plan);
            DemoState state = parts.opened(DemoState.open(plan.state(), plan.keep(), DemoState.NEEDED_BYTES));
            Traffic traffic = new Traffic(
                    plan.home(), rules.listed(), plan.pace(), plan.seed(), Long.toString(System.nanoTime(), 36));
            List<DemoFiles.Phone> phones = phones();
            DemoFiles files = new DemoFiles(plan, state);
            Optional<DemoRelay> relay = plan.headless()
                    ? Optional.empty()
                    : DemoRelay.start(state.file("rtpengine.log"), state.file(DemoFiles.SPOOL));
            if (relay.isPresent()) {
                parts.opened(relay.get());
            }
            files.write(phones, traffic.roamers(), relay.map(DemoRelay::address).orElse(null));

            OpsServer centre = parts.opened(centre(state));
            parts.opened(Citizens.open(plan.ports(), ledger));
            parts.opened(operators(phones));
            GatewayProcess gateway = parts.opened(
                    GatewayProcess.start(launcher, state.file(DemoFiles.GATEWAY), state.file("gateway.log")));
            GatewayAdmin admin = new GatewayAdmin(plan.ports().admin());
            admin.awaitReady(gateway, READY_WITHIN);
            Carrier carrier = parts.opened(carrier());
            if (!plan.headless()) {
                new Welcome(centre, state.directory(), phones.get(0), plan.rate(), relay.isPresent()).print(out);
            }
            BooleanSupplier operatorWaits = relay.isPresent() ? () -> operatorWaits(centre, phones) : () -> false;
            return placeCalls(new Callers(carrier, traffic, ledger, operatorWaits), gateway, admin);
        }
    }

    /** Whether somebody ended it before all of its calls were placed and had ended. */
    public boolean wasEndedEarly() {
        return endedEarly;
    }

    /** Ends everything, the latest first; returns when all of it has ended. */
    @Override
    public void close() {
        parts.close();
    }

    private Summary placeCalls(Callers callers, GatewayProcess gateway, GatewayAdmin admin)
            throws InterruptedException {
        long start = System.nanoTime();
        StatusLine status = StatusLine.of(ledger, progress);
        try {
            callers.place(plan.calls(), plan.rate(), () -> gateway.isAlive() && !parts.isClosed());
            if (!parts.isClosed()) {
                ledger.awaitAll(plan.lastCallWithin());
            }
        } finally {
            status.close();
        }
        endedEarly = parts.isClosed();
        if (!gateway.isAlive() && !endedEarly) {
            progress.println("demo: the gateway ended on its own: " + gateway.lastWords());
        }
        ledger.tally().oddities().forEach(progress::println);
        return Summary.of(ledger.tally(), admin.measurements(), (System.nanoTime() - start) / 1e9);
    }

    /** Whether somebody at the console is ready for a call. */
    private static boolean operatorWaits(OpsServer centre, List<DemoFiles.Phone> phones) {
        Set<String> simulated = phones.stream().map(DemoFiles.Phone::user).collect(Collectors.toSet());
        return centre.board().snapshot().seats().stream()
                .anyMatch(seat -> seat.state() == SeatStatus.State.READY && !simulated.contains(seat.seat()));
    }

    private List<DemoFiles.Phone> phones() {
        int seats = plan.headless() ? SEATS_HEADLESS : SEATS_TO_LOOK_AT;
        List<DemoFiles.Phone> phones = new ArrayList<>();
        for (int seat = SPARE_SEAT; seat <= SPARE_SEAT + seats; seat++) {
            phones.add(new DemoFiles.Phone(Integer.toString(seat), DemoFiles.secret()));
        }
        return phones;
    }

    private static OpsServer centre(DemoState state) throws DemoUnavailable {
        try {
            return OpsServer.start(ConfigFile.read(state.file(DemoFiles.CENTRE), Map.of()));
        } catch (StartFailure | InvalidConfig e) {
            throw new DemoUnavailable("the centre cannot start: " + e.getMessage(), e);
        }
    }

    /** At all phones but the spare one, which is for a visitor's own. */
    private OperatorRoom operators(List<DemoFiles.Phone> phones) throws DemoUnavailable, InterruptedException {
        DemoPorts ports = plan.ports();
        return OperatorRoom.open(
                !plan.headless(),
                phones.subList(1, phones.size()),
                ports.address(ports.desk()),
                ledger,
                plan.pace(),
                RandomGeneratorFactory.of(RANDOM).create(plan.seed()));
    }

    private Carrier carrier() throws DemoUnavailable {
        DemoPorts ports = plan.ports();
        try {
            return plan.headless()
                    ? Carrier.open(DemoPorts.HOST, ports.carrier(), ports.address(ports.sip()))
                    : Carrier.withVoice(DemoPorts.HOST, ports.carrier(), ports.address(ports.sip()));
        } catch (IOException e) {
            throw new DemoUnavailable("the simulated carrier cannot listen: " + e.getMessage(), e);
        }
    }
}
