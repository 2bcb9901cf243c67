package org.anticall.gateway.path;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.anticall.gateway.config.DeskCalls;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Listen;
import org.anticall.gateway.config.Probing;
import org.anticall.gateway.config.TlsSettings;
import org.anticall.gateway.hop.HopNames;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.transport.EventLoops;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.transport.PacketTap;
import org.anticall.gateway.transport.Port;
import org.anticall.gateway.transport.Sources;
import org.anticall.gateway.transport.StreamNeeds;
import org.anticall.gateway.transport.TlsIdentity;
import org.anticall.gateway.transport.TransportCounters;
import org.anticall.gateway.verdict.Alarm;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.Judge;
import org.anticall.gateway.verdict.LoopCache;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.gateway.verdict.RecordSink;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.gateway.verdict.RulesJudge;
import org.anticall.gateway.verdict.VerdictCounters;
import org.anticall.rules.RuleBook;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.jspecify.annotations.Nullable;

/** The call path as a running thing: its sockets, its event loops, its calls. Thread-safe. */
public final class GatewayPath {

    private static final Duration FIRST_NAMES_WITHIN = Duration.ofSeconds(2);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final MultiThreadIoEventLoopGroup loops;
    private final List<Lane> lanes;
    private final Ticker ticker;
    private final NextHops hops;
    private final Loads loads;
    private volatile @Nullable HopNames names;
    private final Counters counters;
    private final Alarms alarms;
    private final StreamNeeds streams;
    private final LoopClock clock;

    /**
     * All that is counted.
     *
     * @param transport sockets
     * @param path messages and transactions
     * @param verdict decisions and failures
     */
    public record Counters(TransportCounters transport, PathCounters path, VerdictCounters verdict) {}

    /** What rings when something is wrong with all calls. */
    record Alarms(Alarm<FailOpen> failOpen, Alarm<Strain> strain) {}

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
                    new RulesJudge(book),
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
            List<Lane> lanes,
            Ticker ticker,
            NextHops hops,
            @Nullable HopNames names,
            Loads loads,
            Counters counters,
            Alarms alarms,
            StreamNeeds streams,
            LoopClock clock) {
        this.clock = clock;
        this.loads = loads;
        this.loops = loops;
        this.lanes = lanes;
        this.ticker = ticker;
        this.hops = hops;
        this.names = names;
        this.counters = counters;
        this.alarms = alarms;
        this.streams = streams;
    }

    /**
     * Opens the sockets of {@code config} and lets calls through.
     *
     * @throws IOException if an address cannot be bound, a certificate cannot be used, or the path's secret in the state
     *     directory cannot be read or made; the message names it
     */
    public static GatewayPath start(GatewayConfig config, Needs needs) throws IOException {
        return start(config, needs, ByteBufAllocator.DEFAULT);
    }

    /** The same with other memory. */
    static GatewayPath start(GatewayConfig config, Needs needs, ByteBufAllocator allocator) throws IOException {
        PathSecret secret = PathSecret.in(config.state());
        TlsSettings tlsSettings = config.wire().tls();
        TlsIdentity tls = tlsSettings == null ? null : TlsIdentity.of(tlsSettings);
        DeskCalls deskCalls = config.deskCalls();
        DeskPass pass = deskCalls == null ? null : DeskPass.open(config, deskCalls, new RecordIds(config.node(), 0));
        Counters counters = new Counters(new TransportCounters(), new PathCounters(), new VerdictCounters());
        Alarms alarms = new Alarms(
                new Alarm<>(FailOpen.class, "calls pass unjudged", needs.clock()::nanos),
                new Alarm<>(Strain.class, "a limit is reached", needs.clock()::nanos));
        Loads loads = new Loads(config.overload(), config.trunks());
        NextHops hops = NextHops.of(config.hops().values());
        int count = EventLoops.isNative() ? config.wire().loops() : 1;
        MultiThreadIoEventLoopGroup loops = EventLoops.open(count);
        StreamNeeds streams =
                StreamNeeds.of(config.wire().streams(), tls, allocator, needs.clock(), counters.transport());
        LaneParts parts = new LaneParts(
                config, needs, count, allocator, secret, hops, pass, counters, alarms, loads, new LoopCache());
        List<Lane> lanes = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                Lane lane = parts.lane(number, loops.next());
                lanes.add(lane);
                lane.bind(config.listen(), lanes.get(0), count == 1, streams, new Sources(config.trunks(), hops));
            }
        } catch (IOException notBound) {
            shutDown(loops, lanes);
            throw notBound;
        }
        HopNames names = names(config, hops, loops.next());
        lanes.forEach(lane -> lane.open(lanes));
        Probing probing = config.care().probing();
        if (probing != null) {
            lanes.get(0).probe(probing);
        }
        return new GatewayPath(
                loops,
                List.copyOf(lanes),
                Ticker.start(lanes),
                hops,
                names,
                loads,
                counters,
                alarms,
                streams,
                needs.clock());
    }

    /** Begins to ask for the addresses of hops that are names; null if none is. */
    private static @Nullable HopNames names(GatewayConfig config, NextHops hops, EventLoop loop) {
        if (hops.names().isEmpty()) {
            return null;
        }
        HopNames names = new HopNames(
                loop, EventLoops.datagramChannelType(), hops, config.care().nameServers());
        names.start(FIRST_NAMES_WITHIN);
        return names;
    }

    /** Where SIP is received: as configured, with the port the machine chose where none was named. */
    public List<InetSocketAddress> addresses() {
        return lanes.get(0).ports().stream().map(Port::address).toList();
    }

    /** The same with transports, such as {@code 127.0.0.1:5060/udp}. */
    public List<String> listening() {
        return lanes.get(0).ports().stream()
                .map(port -> new Listen(port.transport(), port.address()).text())
                .toList();
    }

    /**
     * Reads certificate, key and CA file anew.
     *
     * @return what takes them live, for connections made from then on; it cannot fail
     * @throws IOException if one cannot be used; the message names it
     */
    public Runnable prepareCertificates() throws IOException {
        TlsIdentity tls = streams.tls();
        return tls == null ? () -> {} : tls.prepare();
    }

    public Counters counters() {
        return counters;
    }

    /** Why calls passed unjudged lately. */
    public Alarm<FailOpen> alarm() {
        return alarms.failOpen;
    }

    /** Which limits were reached lately. */
    public Alarm<Strain> strain() {
        return alarms.strain;
    }

    /** Next hops and their health. */
    public NextHops hops() {
        return hops;
    }

    /**
     * Other trunks and hops from now on, without a packet lost: calls there are keep the hops they began with, and hops
     * taken out are still heard. What else {@code config} says is not looked at. Not to be called on the loop.
     */
    public synchronized void reconfigure(GatewayConfig config) {
        hops.join(config.hops().values());
        HopNames asked = names;
        if (asked == null) {
            names = names(config, hops, loops.next());
        } else {
            asked.start(FIRST_NAMES_WITHIN);
        }
        loads.use(config.trunks());
        lanes.forEach(lane -> lane.admit(config.trunks()));
        hops.renew(config.hops().values());
    }

    /** What next hops are doing now, for people. */
    public List<HopState> hopStates() {
        long now = clock.nanos();
        return hops.all().stream()
                .map(hop -> new HopState(
                        hop.text(), hop.name(), hop.state(now), hop.switched().text(), hop.places(now)))
                .toList();
    }

    /** How many names of next hops have no fresh address. */
    public int namesFailing() {
        HopNames asked = names;
        return asked == null ? 0 : asked.failing();
    }

    /**
     * A next hop as people see it.
     *
     * @param hop group, address, transport
     * @param name as configured
     * @param state up, drain, down, failing, avoided or full
     * @param switched up, drain or down, as people want it
     * @param places calls the desk says it can take, -1 where it says nothing
     */
    public record HopState(String hop, String name, String state, String switched, int places) {}

    /** Runs {@code task} once on every loop, soon; not at all where they have ended. */
    public void onEveryLoop(Runnable task) {
        for (EventExecutor loop : loops) {
            if (!loop.isShuttingDown()) {
                loop.execute(task);
            }
        }
    }

    /** New calls are refused with 503 once this has returned, OPTIONS too; calls there are live on. */
    public void drain() {
        lanes.forEach(Lane::drain);
    }

    /** Who looks at the packets that come and go. Not to be called on the loop. */
    public void watchedBy(PacketTap looker) {
        lanes.forEach(lane -> lane.watchedBy(looker));
    }

    /** Whether all loops come round within that time, each. Not to be called on one of them. */
    public boolean turns(Duration within) {
        return lanes.stream().allMatch(lane -> lane.turns(within));
    }

    /** Calls without a final response; 0 when draining is done. */
    public int callsInSetup() {
        return counters.path().callsInSetup();
    }

    /** Answered calls whose end has not been seen yet. */
    public int answeredCalls() {
        return counters.path().answeredCalls();
    }

    /** Streams there are, those peers made and those made to them. */
    public int openConnections() {
        return streams.limit().open();
    }

    /** Closes the sockets and ends the loops. Not to be called on one of them. */
    public void stop() {
        ticker.close();
        if (names != null) {
            names.close();
        }
        shutDown(loops, lanes);
    }

    private static void shutDown(MultiThreadIoEventLoopGroup loops, List<Lane> lanes) {
        lanes.forEach(Lane::closePorts);
        lanes.forEach(Lane::close);
        loops.shutdownGracefully(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
