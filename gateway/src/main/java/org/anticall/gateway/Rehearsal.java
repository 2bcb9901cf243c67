package org.anticall.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopCare;
import org.anticall.gateway.config.HopGroup;
import org.anticall.gateway.config.JournalSettings;
import org.anticall.gateway.config.Listen;
import org.anticall.gateway.config.Operation;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.config.Timers;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.journal.DecisionJournal;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.TrunkClass;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls played through a path of their own, so that the first real call meets code that is compiled: a virtual machine that
 * has just started is a hundred times slower, and takes the time for compiling from the calls. They are played before the
 * real path opens its sockets, while rules and journal are made ready, and after that for as long as no real call has come.
 *
 * <p>The path has its own sockets on loopback, rules, journal and counters, in a directory that is deleted at the end:
 * nothing of it is seen in the gateway's metrics, records or state. It is made of the same classes, put together by the
 * same code ({@link GatewayProcess#needs}): code that was compiled for other classes would be thrown away at the first
 * real call. If it cannot be played, the gateway starts without it.
 */
final class Rehearsal implements AutoCloseable {

    /** How long calls are played at most once the sockets are open. */
    static final Duration LONGEST_AFTERWARDS = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int[] CALLS_AT_ONCE = {1, 2, 1, 4, 1, 8};
    private static final String CORE = "core";

    private final Deque<Closeable> opened = new ArrayDeque<>();
    private final RehearsalCast cast;
    private final GatewayPath path;
    private int round;

    private Rehearsal(String home) throws IOException {
        try {
            Path directory = Files.createTempDirectory(
                    "anticall-rehearsal-" + ProcessHandle.current().pid() + "-");
            opened.push(() -> delete(directory));
            RuleBook book = RuleBook.forHome(home);
            if (book.activate(RuleSource.text("rehearsal", RehearsalCast.rules(home)))
                    instanceof Activation.Rejected rejected) {
                throw new IOException("rules of the rehearsal: " + rejected.problems());
            }
            cast = new RehearsalCast();
            opened.push(cast::close);
            DecisionJournal journal = DecisionJournal.open(
                    directory.resolve("journal"), new JournalSettings(1 << 20, 0, Duration.ofSeconds(1)));
            opened.push(journal::close);
            GatewayConfig config = config(home, directory, cast);
            path = GatewayPath.start(
                    config,
                    GatewayProcess.needs(
                            book, GatewayProcess.bypass(book, config), RoamingOracle.NOBODY, journal, List.of()));
            opened.push(path::stop);
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Prepares one; null if that is not possible, which a line of the log tells.
     *
     * @param home numbering profile, as in the configuration
     */
    static @Nullable Rehearsal open(String home) {
        try {
            return new Rehearsal(home);
        } catch (IOException | RuntimeException failure) {
            missed(failure);
            return null;
        }
    }

    /**
     * Prepares one and plays it for {@code budget}, on a thread of its own: the gateway gets everything else ready meanwhile.
     *
     * @param home numbering profile, as in the configuration
     */
    static Begun begin(String home, Duration budget) {
        FutureTask<Optional<Rehearsal>> playing = new FutureTask<>(() -> {
            Rehearsal rehearsal = open(home);
            if (rehearsal != null) {
                rehearsal.play(budget, 1);
            }
            return Optional.ofNullable(rehearsal);
        });
        Thread player = new Thread(playing, "rehearsal");
        player.setDaemon(true);
        player.start();
        return new Begun(playing);
    }

    /** One that was begun. Thread-safe. */
    static final class Begun implements AutoCloseable {

        private final Future<Optional<Rehearsal>> playing;

        private Begun(Future<Optional<Rehearsal>> playing) {
            this.playing = playing;
        }

        /** Returns when its time is over, or it could not be played. */
        void await() {
            var unused = played();
        }

        /** The same as {@link Rehearsal#goOnUntil}. */
        void goOnUntil(BooleanSupplier isOver) {
            played().ifPresent(rehearsal -> rehearsal.goOnUntil(isOver));
        }

        @Override
        public void close() {
            played().ifPresent(Rehearsal::close);
        }

        private Optional<Rehearsal> played() {
            try {
                return playing.get();
            } catch (ExecutionException failure) {
                missed(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }
    }

    /**
     * Plays calls for about {@code budget}, and {@code leastCalls} in any case.
     *
     * @return how many calls have been played to their end
     */
    long play(Duration budget, long leastCalls) {
        long deadline = System.nanoTime() + budget.toNanos();
        playUntil(() -> cast.played() >= leastCalls && System.nanoTime() - deadline >= 0);
        return cast.played();
    }

    /** Goes on in the background until {@code isOver}, for at most {@link #LONGEST_AFTERWARDS}, and closes itself. */
    Thread goOnUntil(BooleanSupplier isOver) {
        long deadline = System.nanoTime() + LONGEST_AFTERWARDS.toNanos();
        Thread player = new Thread(
                () -> {
                    playUntil(() -> isOver.getAsBoolean() || System.nanoTime() - deadline >= 0);
                    close();
                },
                "rehearsal");
        player.setDaemon(true);
        player.start();
        return player;
    }

    private void playUntil(BooleanSupplier isOver) {
        InetSocketAddress gateway = path.addresses().get(0);
        try {
            for (; !isOver.getAsBoolean(); round++) {
                cast.play(gateway, CALLS_AT_ONCE[round % CALLS_AT_ONCE.length]);
            }
        } catch (IOException | RuntimeException failure) {
            missed(failure);
        }
    }

    private static void missed(Exception failure) {
        LOG.atWarn().addKeyValue("cause", failure.toString()).log("no rehearsal, the first calls will be slow");
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException | RuntimeException failure) {
                LOG.atWarn().addKeyValue("cause", failure.toString()).log("the rehearsal left something behind");
            }
        }
    }

    private static GatewayConfig config(String home, Path directory, RehearsalCast cast) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Peer carrier = Objects.requireNonNull(Peer.parse(RehearsalCast.text(cast.carrier())));
        return new GatewayConfig(
                "rehearsal",
                home,
                List.of(new Listen(Transport.UDP, any)),
                any,
                List.of(new Trunk(
                        "rehearsal",
                        TrunkClass.INTERNATIONAL,
                        List.of(carrier),
                        CORE,
                        Trunk.OnOverload.PASS,
                        Contract.DEFAULT,
                        TrunkLimits.NONE)),
                Map.of(CORE, group(CORE, cast.core()), GatewayConfig.DESK, group(GatewayConfig.DESK, cast.desk())),
                new RulesLocation.Reference(),
                directory,
                null,
                null,
                0,
                Timers.DEFAULT,
                JournalSettings.DEFAULT,
                WireSettings.DEFAULT,
                Operation.DEFAULT,
                HopCare.DEFAULT,
                null,
                OverloadSettings.DEFAULT);
    }

    private static HopGroup group(String name, InetSocketAddress hop) {
        return new HopGroup(name, List.of(new Hop(hop, Transport.UDP)));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.delete(each);
                } catch (IOException kept) {
                    throw new UncheckedIOException(kept);
                }
            });
        }
    }
}
