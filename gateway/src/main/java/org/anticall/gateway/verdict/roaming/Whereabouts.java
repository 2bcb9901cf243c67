package org.anticall.gateway.verdict.roaming;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.anticall.gateway.config.Roaming;
import org.anticall.gateway.config.RoamingLookup;
import org.anticall.gateway.config.RoamingSource;
import org.anticall.gateway.verdict.RoamingOracle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who tells this gateway where subscribers are, put together as the configuration has it. Thread-safe. */
public final class Whereabouts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);

    private final RoamingOracle oracle;
    private final RoamingCounters counters;
    private final Reloading reloading;
    private final Closing closing;
    private final @Nullable Path file;

    /** Reads anew what came from files. */
    private interface Reloading {
        void run() throws IOException;
    }

    /** Ends threads. */
    private interface Closing {
        void run();
    }

    private Whereabouts(
            RoamingOracle oracle, RoamingCounters counters, Reloading reloading, Closing closing, @Nullable Path file) {
        this.oracle = oracle;
        this.counters = counters;
        this.reloading = reloading;
        this.closing = closing;
        this.file = file;
    }

    /**
     * @param roaming the configuration, null if nobody can tell
     * @param nanos a clock that does not go back, nanoseconds
     * @throws IOException if a file it names cannot be read; the message names it
     */
    public static Whereabouts of(@Nullable Roaming roaming, LongSupplier nanos) throws IOException {
        RoamingCounters counters = new RoamingCounters();
        if (roaming == null) {
            return new Whereabouts(RoamingOracle.NOBODY, counters, () -> {}, () -> {}, null);
        }
        RoamingSource source = roaming.source();
        if (source instanceof RoamingSource.OutRoamerList list) {
            OutRoamers roamers = OutRoamers.read(list.file());
            return new Whereabouts(roamers, counters, roamers::reload, () -> {}, list.file());
        }
        if (source instanceof RoamingLookup settings) {
            CarrierLookup lookup = new CarrierLookup(settings, counters, nanos);
            RememberedAnswers remembered = new RememberedAnswers(lookup, roaming.memory(), counters, nanos);
            return new Whereabouts(remembered, counters, lookup::reload, lookup::close, null);
        }
        SimulatedOracle simulator = new SimulatedOracle(((RoamingSource.Simulator) source).delay());
        RememberedAnswers remembered = new RememberedAnswers(simulator, roaming.memory(), counters, nanos);
        return new Whereabouts(remembered, counters, () -> {}, simulator::close, null);
    }

    /** Whom calls ask. */
    public RoamingOracle oracle() {
        return oracle;
    }

    public RoamingCounters counters() {
        return counters;
    }

    /** The list whose change is to be noticed, null if there is none. */
    public @Nullable Path file() {
        return file;
    }

    /** Reads list or token anew; what cannot be read stays as it was and is said, one sentence each. */
    public List<String> reload() {
        try {
            reloading.run();
            return List.of();
        } catch (IOException failure) {
            LOG.atError()
                    .addKeyValue("cause", failure.getMessage())
                    .log("what roaming answers come from is not usable, what was before it stays");
            return List.of(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
