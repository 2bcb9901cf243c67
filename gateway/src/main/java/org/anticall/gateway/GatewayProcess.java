package org.anticall.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anticall.gateway.config.CdrSettings;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.HepSettings;
import org.anticall.gateway.config.OpsLink;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.control.AdminPages;
import org.anticall.gateway.control.AdminServer;
import org.anticall.gateway.control.BehaviourKeeper;
import org.anticall.gateway.control.BundleWatch;
import org.anticall.gateway.control.Bypass;
import org.anticall.gateway.control.CallStatistics;
import org.anticall.gateway.control.CdrWriter;
import org.anticall.gateway.control.FileWatch;
import org.anticall.gateway.control.GatewayParts;
import org.anticall.gateway.control.HepMirror;
import org.anticall.gateway.control.Lifecycle;
import org.anticall.gateway.control.LiveConfig;
import org.anticall.gateway.control.Reloaded;
import org.anticall.gateway.control.RuleFeed;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.journal.RecordShipper;
import org.anticall.gateway.path.CallEvents;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.trust.CertificateCare;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.gateway.verdict.RulesJudge;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.engine.BehaviourCounters;
import org.anticall.rules.record.DecisionRecordCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. Starts in this order: rules, journal, way to ops, path of calls, admin endpoint, watch over files.
 * Ends in the reverse order after a drain. Whatever keeps it from starting undoes what was already open.
 */
final class GatewayProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);
    private static final Duration SETUP = Duration.ofSeconds(5);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final long DRAIN_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final GatewayConfig config;
    private final Lifecycle lifecycle = new Lifecycle();
    private final CallStatistics statistics = new CallStatistics();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RuleFeed rules;
    private final Whereabouts whereabouts;
    private final LiveConfig live;
    private final GatewayPath path;
    private final AdminServer admin;
    private final FileWatch watch = new FileWatch();
    private volatile boolean isInHurry;

    private GatewayProcess(GatewayConfig config, Supplier<ConfigOutcome> source, Runnable beforeCalls)
            throws IOException, StartProblem {
        this.config = config;
        try {
            RuleBook book = RuleBook.forHome(config.home(), BehaviourCounters.DEFAULT_MAX_BYTES);
            rules = new RuleFeed(book, config.rules(), config.home());
            BundleWatch bundles = startRules();
            whereabouts = open(Whereabouts.of(config.roaming(), System::nanoTime));
            Bypass bypass = bypass(book, config);
            DecisionJournal journal = open(DecisionJournal.open(config.state().resolve("journal"), config.journal()));
            BehaviourKeeper behaviour = open(
                    BehaviourKeeper.start(book.counters(), config.state().resolve("behaviour"), BehaviourKeeper.EVERY));
            RecordShipper shipper = ship(journal);
            CdrWriter cdrs = writeCdrs(book);
            HepMirror mirror = mirror();
            beforeCalls.run();
            path = GatewayPath.start(config, needs(book, bypass, whereabouts.oracle(), journal, events(cdrs, mirror)));
            opened.push(path::stop);
            if (mirror != null) {
                path.watchedBy(mirror);
            }
            live = new LiveConfig(config, source, rules, whereabouts, bypass, path, watch);
            admin = open(AdminServer.bind(config.admin()));
            admin.start(AdminPages.of(new GatewayParts(
                    config,
                    live,
                    version(),
                    lifecycle,
                    rules,
                    bundles,
                    bypass,
                    journal,
                    behaviour,
                    shipper,
                    path,
                    whereabouts,
                    statistics,
                    cdrs,
                    mirror)));
            watchFiles();
            lifecycle.ready();
        } catch (IOException | StartProblem | RuntimeException failure) {
            closeAll();
            throw failure;
        }
    }

    /**
     * Starts a gateway; it judges calls when this returns.
     *
     * @param source reads the configuration anew for a reload
     * @throws StartProblem with one sentence for the operator
     */
    static GatewayProcess start(GatewayConfig config, Supplier<ConfigOutcome> source) throws StartProblem {
        return start(config, source, () -> {});
    }

    /**
     * The same.
     *
     * @param beforeCalls is run when everything is ready but the sockets of calls, which open when it returns
     */
    static GatewayProcess start(GatewayConfig config, Supplier<ConfigOutcome> source, Runnable beforeCalls)
            throws StartProblem {
        try {
            return new GatewayProcess(config, source, beforeCalls);
        } catch (IOException failure) {
            throw new StartProblem(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        }
    }

    static Bypass bypass(RuleBook book, GatewayConfig config) {
        return new Bypass(
                new RulesJudge(book), config.trunks().stream().map(Trunk::name).collect(Collectors.toSet()));
    }

    /** What the path needs, put together in one place: see {@link Rehearsal} for why. */
    static GatewayPath.Needs needs(
            RuleBook book, Bypass bypass, RoamingOracle oracle, DecisionJournal journal, List<CallEvents> events) {
        return new GatewayPath.Needs(
                bypass,
                book.numbers(),
                oracle,
                DecisionRecordCodec::encode,
                journal::append,
                events,
                LoopClock.system());
    }

    /** Rules from a file must be usable; bundles may come later, until then every call passes. */
    private @Nullable BundleWatch startRules() throws StartProblem {
        if (config.rules() instanceof RulesLocation.Bundles location) {
            BundleWatch bundles = open(new BundleWatch(config, location, rules));
            bundles.start();
            return bundles;
        }
        if (rules.load() instanceof Activation.Rejected) {
            throw new StartProblem("the rules cannot be used: "
                    + String.join("\n  ", rules.latest().problems()));
        }
        return null;
    }

    private @Nullable RecordShipper ship(DecisionJournal journal) throws IOException {
        OpsLink ops = config.ops();
        if (ops == null) {
            return null;
        }
        Path trust = ops.trust();
        if (trust != null) {
            open(new CertificateCare(trust, ops.records(), Clock.systemUTC())).start();
        }
        RecordShipper shipper = open(new RecordShipper(journal, ops));
        shipper.start();
        return shipper;
    }

    private @Nullable CdrWriter writeCdrs(RuleBook book) throws IOException {
        CdrSettings settings = config.operation().cdr();
        if (settings == null) {
            return null;
        }
        CdrWriter cdrs = open(new CdrWriter(config.node(), settings, book::order));
        cdrs.start();
        return cdrs;
    }

    private @Nullable HepMirror mirror() throws IOException {
        HepSettings settings = config.operation().hep();
        if (settings == null) {
            return null;
        }
        HepMirror mirror = open(new HepMirror(config.node(), settings));
        mirror.start();
        return mirror;
    }

    private List<CallEvents> events(@Nullable CdrWriter cdrs, @Nullable HepMirror mirror) {
        List<CallEvents> listeners = new ArrayList<>(List.of(statistics));
        if (cdrs != null) {
            listeners.add(cdrs);
        }
        if (mirror != null) {
            listeners.add(mirror);
        }
        return listeners;
    }

    private void watchFiles() {
        open(watch);
        watch.add(rules::file, live::refresh);
        watch.add(whereabouts::file, live::refresh);
        watch.start();
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    /** Reads the configuration and what it names anew; what cannot be used changes nothing. */
    Reloaded reload() {
        return live.reload();
    }

    /** One line for whoever started it. */
    String readyLine() {
        String listening = String.join(", ", path.listening());
        Activation.Activated live = rules.latest().live();
        return config.node() + " listens on " + listening + ", admin " + text(admin.address()) + ", rules revision "
                + rules.book().revision() + ", " + (live == null ? 0 : live.rules()) + " rules";
    }

    InetSocketAddress adminAddress() {
        return admin.address();
    }

    List<InetSocketAddress> sipAddresses() {
        return path.addresses();
    }

    /** Asks the kernel, in the background, to let calls go before whatever waits longer for a processor. */
    void hastenCalls() {
        TimeSlice.shorten(path::onEveryLoop);
    }

    /** Whether a call has come, or the end has begun. */
    boolean isBusy() {
        return path.counters().path().calls.sum() > 0 || lifecycle.phase() == Lifecycle.Phase.DRAINING;
    }

    /** Returns when the process has ended. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Refuses new calls, lets those in setup and those that talk live on for as long as the configuration says, and closes
     * everything.
     */
    @Override
    public void close() {
        end(drainFor(), () -> path.callsInSetup() + path.answeredCalls() > 0);
    }

    /** The same without waiting for calls that talk, and only a little for those in setup. */
    void closeSoon() {
        end(SETUP, () -> path.callsInSetup() > 0);
    }

    /** How long {@link #close} may take. */
    Duration drainFor() {
        return live.current().operation().drainFor();
    }

    /** Whether the event loop of calls turns; answers within {@link #TURN}. */
    boolean isAlive() {
        return path.turns(TURN);
    }

    /** Whoever closes waits for no call any more. */
    void hurry() {
        isInHurry = true;
    }

    private synchronized void end(Duration longest, BooleanSupplier isBusy) {
        if (ended.getCount() == 0) {
            return;
        }
        lifecycle.drain();
        path.drain();
        long deadline = System.nanoTime() + longest.toNanos();
        while (!isInHurry && isBusy.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(DRAIN_STEP_NANOS);
        }
        closeAll();
        ended.countDown();
    }

    private void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failure) {
                LOG.atWarn().addKeyValue("cause", failure.toString()).log("a part did not close well");
            }
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static String version() {
        String version = GatewayProcess.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
