package org.anticall.gateway.path;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopGroup;
import org.anticall.gateway.config.OverloadSettings;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Timers;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.hop.NextHops;
import org.anticall.gateway.sip.MessageBench;
import org.anticall.gateway.transport.ClosedPortCheck;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.gateway.transport.MemoryPort;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.transport.Sources;
import org.anticall.gateway.verdict.Alarm;
import org.anticall.gateway.verdict.FactsReader;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.Ledger;
import org.anticall.gateway.verdict.LoopCache;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.gateway.verdict.RulesJudge;
import org.anticall.gateway.verdict.VerdictCounters;
import org.anticall.gateway.verdict.VerdictGate;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.record.DecisionRecordCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A new INVITE that passes, from datagram to 100 and the INVITE of its leg, without a wire. Its rules do not count calls: by
 * the reference policy a caller who rings a thousand times a second is soon stopped, and each such call leaves a record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InviteBench {

    private static final int CALLS = 1024;
    private static final int DIGITS = 16;
    private static final String RULES =
            """
            home: KZ
            revision: 1
            legal-basis: {type: operator-contract, document: bench, date: 2026-11-21, office: the project}
            rules:
              - id: D
                title: home numbers from abroad
                priority: 1
                when: {caller: {number: ["+77*"]}}
                then: {divert: {answer-within: 15s, ladder: [pass]}}
            """;

    private final InetSocketAddress carrier = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5070);
    private final LoopClock clock = LoopClock.system();
    private final RuleBook book = RuleBook.forHome("KZ");
    private final MemoryPort port = new MemoryPort(5060);
    private final ByteBuf datagram =
            PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(MessageBench.INVITE);
    private final int branchAt = indexOf("0000000000000000\r\nFrom");
    private final int callIdAt = indexOf("0000000000000000@");
    private final Source source;
    private final CallPath path;
    private long call;

    public InviteBench() {
        Peer peer = Objects.requireNonNull(Peer.parse("127.0.0.1"));
        List<Trunk> trunks = List.of(new Trunk(
                "transit",
                TrunkClass.INTERNATIONAL,
                List.of(peer),
                "core",
                Trunk.OnOverload.PASS,
                Contract.DEFAULT,
                TrunkLimits.NONE));
        NextHops hops = NextHops.of(List.of(group("core", 5080), group("desk", 5090)));
        source = Objects.requireNonNull(new Sources(trunks, hops).find(carrier));
        path = path(hops, trunks);
    }

    private CallPath path(NextHops hops, List<Trunk> trunks) {
        VerdictCounters verdicts = new VerdictCounters();
        PathCounters counters = new PathCounters();
        PathSecret secret = PathSecret.random();
        PathTimers timers = PathTimers.of(Timers.DEFAULT);
        LoopCache outbound = new LoopCache();
        FactsReader facts = new FactsReader(book.numbers(), outbound);
        VerdictGate gate = new VerdictGate(
                new RulesJudge(book),
                RoamingOracle.NOBODY,
                Runnable::run,
                clock::nanos,
                Timers.DEFAULT.roamingAnswer(),
                Timers.DEFAULT.screening(),
                verdicts,
                new Alarm<>(FailOpen.class, "calls pass unjudged", clock::nanos));
        Ledger ledger = new Ledger(
                "bench", 0, new RecordIds("bench", 1), facts, DecisionRecordCodec::encode, record -> true, verdicts);
        Loads loads = new Loads(new OverloadSettings(CALLS, CALLS, 0, Duration.ofSeconds(10)), trunks);
        PathLoop loop = new PathLoop(
                clock,
                timers,
                hops,
                gate,
                facts,
                outbound,
                ledger,
                List.of(loads),
                counters,
                secret,
                1,
                0,
                PooledByteBufAllocator.DEFAULT,
                new ClosedPortCheck(new DefaultEventLoop()));
        loop.ports.are(List.of(port));
        OverloadSettings settings = new OverloadSettings(CALLS, CALLS, 0, Duration.ofSeconds(10));
        Overload overload = new Overload(
                settings,
                CALLS,
                timers.transaction(),
                loads,
                counters,
                new Alarm<>(Strain.class, "a limit is reached", clock::nanos));
        return new CallPath(loop, overload, secret, null);
    }

    private static int indexOf(String text) {
        return new String(MessageBench.INVITE, StandardCharsets.US_ASCII).indexOf(text);
    }

    private static HopGroup group(String name, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new HopGroup(name, List.of(new Hop(address, Transport.UDP)));
    }

    @Setup
    public void activate() {
        if (book.activate(RuleSource.text("bench", RULES)) instanceof Activation.Rejected rejected) {
            throw new IllegalStateException(rejected.problems().toString());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long invite() {
        for (int i = 0; i < CALLS; i++) {
            number(branchAt, call);
            number(callIdAt, call++);
            path.received(port, datagram, source);
        }
        return port.sentBytes();
    }

    private void number(int at, long value) {
        for (int digit = 0; digit < DIGITS; digit++) {
            datagram.setByte(at + digit, "0123456789abcdef".charAt((int) (value >>> (4 * digit)) & 15));
        }
    }

    @TearDown(Level.Invocation)
    public void endCalls() {
        path.close();
    }

    @TearDown
    public void release() {
        datagram.release();
    }
}
