package org.anticall.gateway.path;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Listen;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.transport.EventLoops;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Sources;
import org.anticall.gateway.transport.TransportCounters;
import org.anticall.gateway.transport.UdpPort;
import org.anticall.gateway.verdict.Alarm;
import org.anticall.gateway.verdict.FactsReader;
import org.anticall.gateway.verdict.Judge;
import org.anticall.gateway.verdict.Ledger;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.gateway.verdict.RecordSink;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.gateway.verdict.VerdictCounters;
import org.anticall.gateway.verdict.VerdictGate;
import org.anticall.rules.RuleBook;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;

/** The call path as a running thing: its sockets, its event loop, its calls. Thread-safe. */
public final class GatewayPath {

    /** Most calls without a final response, and most open transactions. */
    static final int MAX_CALLS_IN_SETUP = 20_000;

    private static final int MAX_TRANSACTIONS = CallTable.MAX_CALLS;
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final MultiThreadIoEventLoopGroup loops;
    private final EventLoop loop;
    private final CallPath path;
    private final List<Port> ports;
    private final NextHops hops;
    private final Counters counters;
    private final Alarm alarm;

    /**
     * All that is counted.
     *
     * @param transport sockets
     * @param path messages and transactions
     * @param verdict decisions and failures
     */
    public record Counters(TransportCounters transport, PathCounters path, VerdictCounters verdict) {}

    /**
     * What the path needs from the rest of the gateway.
     *
     * @param judge decides; the rule book
     * @param numbers reads numbers; the rule book's normaliser
     * @param oracle answers where subscribers are
     * @param codec turns a decision record into its line
     * @param journal keeps records
     * @param events who listens to what becomes of calls
     * @param clock time
     */
    public record Needs(
            Judge judge,
            NumberNormalizer numbers,
            RoamingOracle oracle,
            Function<DecisionRecord, byte[]> codec,
            RecordSink journal,
            List<CallEvents> events,
            LoopClock clock) {

        public Needs {
            events = List.copyOf(events);
        }

        /** The rule book judges and reads the numbers, the machine tells the time. */
        public static Needs of(RuleBook book, RoamingOracle oracle, RecordSink journal) {
            return new Needs(
                    book::decide,
                    book.numbers(),
                    oracle,
                    DecisionRecordCodec::encode,
                    journal,
                    List.of(),
                    LoopClock.system());
        }
    }

    private GatewayPath(
            MultiThreadIoEventLoopGroup loops,
            EventLoop loop,
            CallPath path,
            List<Port> ports,
            NextHops hops,
            Counters counters,
            Alarm alarm) {
        this.loops = loops;
        this.loop = loop;
        this.path = path;
        this.ports = ports;
        this.hops = hops;
        this.counters = counters;
        this.alarm = alarm;
    }

    /**
     * Opens the UDP sockets of {@code config} and lets calls through.
     *
     * @throws IOException if an address cannot be bound or the path's secret in the state directory cannot be read or
     *     made; the message names it
     */
    public static GatewayPath start(GatewayConfig config, Needs needs) throws IOException {
        return start(config, needs, MAX_CALLS_IN_SETUP, ByteBufAllocator.DEFAULT);
    }

    /** The same with another bound on calls without a final response, and other memory. */
    static GatewayPath start(GatewayConfig config, Needs needs, int maxCallsInSetup, ByteBufAllocator allocator)
            throws IOException {
        PathSecret secret = PathSecret.in(config.state());
        LoopClock clock = needs.clock();
        Counters counters = new Counters(new TransportCounters(), new PathCounters(), new VerdictCounters());
        Alarm alarm = new Alarm(clock::nanos);
        NextHops hops = NextHops.of(config.hops().values());
        MultiThreadIoEventLoopGroup loops = EventLoops.open(1);
        EventLoop loop = loops.next();
        VerdictGate gate = new VerdictGate(
                needs.judge(),
                needs.oracle(),
                loop,
                clock::nanos,
                config.timers().roamingAnswer(),
                config.timers().screening(),
                counters.verdict(),
                alarm);
        SecureRandom random = new SecureRandom();
        FactsReader facts = new FactsReader(needs.numbers());
        Ledger ledger = new Ledger(
                config.node(),
                config.passSample(),
                new RecordIds(config.node(), random.nextLong() >>> 1),
                facts,
                needs.codec(),
                needs.journal(),
                counters.verdict());
        PathTimers timers = PathTimers.of(config.timers());
        PathLoop shared = new PathLoop(
                clock,
                timers,
                hops,
                gate,
                facts,
                ledger,
                new CallWitness(needs.events(), counters.path(), secret.hash()),
                counters.path(),
                secret,
                random.nextLong(),
                0,
                allocator);
        CallPath path =
                new CallPath(shared, new Overload(maxCallsInSetup, MAX_TRANSACTIONS, timers.transaction()), secret);
        Sources sources = new Sources(config.trunks(), hops);
        List<Port> ports = new ArrayList<>();
        try {
            for (Listen listen : config.listen()) {
                if (listen.transport().isAvailable()) {
                    ports.add(UdpPort.bind(
                            loop,
                            listen.address(),
                            SipLimits.DEFAULT.maxBytes() + 1,
                            sources,
                            path,
                            counters.transport()));
                }
            }
        } catch (IOException notBound) {
            shutDown(loops, loop, path, ports);
            throw notBound;
        }
        loop.submit(() -> {
                    shared.ports.are(ports);
                    ports.forEach(Port::open);
                })
                .awaitUninterruptibly();
        GatewayPath started = new GatewayPath(loops, loop, path, List.copyOf(ports), hops, counters, alarm);
        started.keepTime();
        return started;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with its loop
    private void keepTime() {
        loop.scheduleAtFixedRate(path::tick, TimerWheel.TICK_NANOS, TimerWheel.TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    /** Where SIP is received: as configured, with the port the machine chose where none was named. */
    public List<InetSocketAddress> addresses() {
        return ports.stream().map(Port::address).toList();
    }

    public Counters counters() {
        return counters;
    }

    /** Why calls passed unjudged lately. */
    public Alarm alarm() {
        return alarm;
    }

    /** Next hops and their health. */
    public NextHops hops() {
        return hops;
    }

    /** New calls are refused with 503 once this has returned, OPTIONS too; calls there are live on. */
    public void drain() {
        loop.submit(path::drain).awaitUninterruptibly();
    }

    /** Calls without a final response; 0 when draining is done. */
    public int callsInSetup() {
        return counters.path().callsInSetup;
    }

    /** Closes the sockets and ends the loop. Not to be called on the loop. */
    public void stop() {
        shutDown(loops, loop, path, ports);
    }

    private static void shutDown(MultiThreadIoEventLoopGroup loops, EventLoop loop, CallPath path, List<Port> ports) {
        ports.forEach(Port::close);
        loop.submit(path::close).awaitUninterruptibly();
        loops.shutdownGracefully(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
