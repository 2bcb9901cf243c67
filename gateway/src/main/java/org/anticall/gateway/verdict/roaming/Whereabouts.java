package org.anticall.gateway.verdict.roaming;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.anticall.gateway.config.Roaming;
import org.anticall.gateway.config.RoamingLookup;
import org.anticall.gateway.config.RoamingSource;
import org.anticall.gateway.verdict.RoamingOracle;
import org.jspecify.annotations.Nullable;

/** Who tells this gateway where subscribers are, put together as the configuration has it. Thread-safe. */
public final class Whereabouts implements AutoCloseable {

    private final RoamingOracle oracle;
    private final RoamingCounters counters;
    private final Source source;
    private final Closing closing;
    private final @Nullable Path file;

    /** What came from files: reads it anew, and returns what takes it live. */
    private interface Source {
        Runnable prepare() throws IOException;
    }

    /** Ends threads. */
    private interface Closing {
        void run();
    }

    private Whereabouts(
            RoamingOracle oracle, RoamingCounters counters, Source source, Closing closing, @Nullable Path file) {
        this.oracle = oracle;
        this.counters = counters;
        this.source = source;
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
            return new Whereabouts(RoamingOracle.NOBODY, counters, () -> Whereabouts::nothing, () -> {}, null);
        }
        RoamingSource source = roaming.source();
        if (source instanceof RoamingSource.OutRoamerList list) {
            OutRoamers roamers = OutRoamers.read(list.file());
            return new Whereabouts(roamers, counters, roamers::prepare, () -> {}, list.file());
        }
        if (source instanceof RoamingLookup settings) {
            CarrierLookup lookup = new CarrierLookup(settings, counters, nanos);
            RememberedAnswers remembered = new RememberedAnswers(lookup, roaming.memory(), counters, nanos);
            return new Whereabouts(remembered, counters, lookup::prepare, lookup::close, null);
        }
        SimulatedOracle simulator = new SimulatedOracle(((RoamingSource.Simulator) source).delay());
        RememberedAnswers remembered = new RememberedAnswers(simulator, roaming.memory(), counters, nanos);
        return new Whereabouts(remembered, counters, () -> Whereabouts::nothing, simulator::close, null);
    }

    private static void nothing() {}

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

    /**
     * Reads list or token anew.
     *
     * @return what takes them live; it cannot fail
     * @throws IOException if a file cannot be read; the message names it
     */
    public Runnable prepare() throws IOException {
        return source.prepare();
    }

    @Override
    public void close() {
        closing.run();
    }
}
