package org.anticall.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.OpsLink;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.control.AdminPages;
import org.anticall.gateway.control.AdminServer;
import org.anticall.gateway.control.Bypass;
import org.anticall.gateway.control.FileWatch;
import org.anticall.gateway.control.GatewayParts;
import org.anticall.gateway.control.Lifecycle;
import org.anticall.gateway.control.RuleFeed;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.journal.RecordShipper;
import org.anticall.gateway.path.CallEvents;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
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
    private static final long LONGEST_DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long DRAIN_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final GatewayConfig config;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RuleFeed rules;
    private final Whereabouts whereabouts;
    private final GatewayPath path;
    private final AdminServer admin;
    private final FileWatch watch = new FileWatch();

    private GatewayProcess(GatewayConfig config) throws IOException, StartProblem {
        this.config = config;
        try {
            RuleBook book = RuleBook.forHome(config.home());
            rules = loadRules(book);
            whereabouts = open(Whereabouts.of(config.roaming(), System::nanoTime));
            Bypass bypass = bypass(book, config);
            DecisionJournal journal = open(DecisionJournal.open(config.state().resolve("journal"), config.journal()));
            RecordShipper shipper = ship(journal);
            path = GatewayPath.start(config, needs(book, bypass, whereabouts.oracle(), journal, List.of()));
            opened.push(path::stop);
            admin = open(AdminServer.bind(config.admin()));
            admin.start(AdminPages.of(new GatewayParts(
                    config, version(), lifecycle, rules, bypass, journal, shipper, path, whereabouts, this::reload)));
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
     * @throws StartProblem with one sentence for the operator
     */
    static GatewayProcess start(GatewayConfig config) throws StartProblem {
        try {
            return new GatewayProcess(config);
        } catch (IOException failure) {
            throw new StartProblem(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        }
    }

    static Bypass bypass(RuleBook book, GatewayConfig config) {
        return new Bypass(
                book::decide, config.trunks().stream().map(Trunk::name).collect(Collectors.toSet()));
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

    private RuleFeed loadRules(RuleBook book) throws StartProblem {
        RuleFeed feed = new RuleFeed(book, config.rules(), config.home());
        if (feed.load() instanceof Activation.Rejected rejected) {
            List<String> problems =
                    rejected.problems().stream().map(Object::toString).toList();
            throw new StartProblem("the rules cannot be used: " + String.join("\n  ", problems));
        }
        return feed;
    }

    private @Nullable RecordShipper ship(DecisionJournal journal) throws IOException {
        OpsLink ops = config.ops();
        if (ops == null) {
            return null;
        }
        RecordShipper shipper = open(new RecordShipper(journal, ops));
        shipper.start();
        return shipper;
    }

    private void watchFiles() {
        open(watch);
        Path ruleFile = rules.file();
        if (ruleFile != null) {
            watch.add(ruleFile, this::reload);
        }
        Path roamers = whereabouts.file();
        if (roamers != null) {
            watch.add(roamers, this::reload);
        }
        watch.start();
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    /** Reads rules and roamers anew; what cannot be used changes nothing. Returns what went wrong, empty if nothing did. */
    synchronized List<String> reload() {
        watch.acknowledge();
        rules.reload();
        List<String> problems = new ArrayList<>(rules.latest().problems());
        problems.addAll(whereabouts.reload());
        return problems;
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

    /** Returns when the process has ended. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Refuses new calls, waits a little for those in setup, and closes everything. */
    @Override
    public synchronized void close() {
        if (ended.getCount() == 0) {
            return;
        }
        lifecycle.drain();
        path.drain();
        long deadline = System.nanoTime() + LONGEST_DRAIN_NANOS;
        while (path.callsInSetup() > 0 && System.nanoTime() - deadline < 0) {
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
