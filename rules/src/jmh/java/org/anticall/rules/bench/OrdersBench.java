package org.anticall.rules.bench;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a verdict costs beside 100,000 orders, and beside 100: for callers whom none names, and for callers whom one
 * does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public class OrdersBench {

    private static final int CALLS = 1 << 14;

    @Param({"0", "100", "100000"})
    private int orders;

    private final CallFacts[] strangers = new CallFacts[CALLS];
    private final CallFacts[] named = new CallFacts[CALLS];
    private RuleBook book;
    private int call;

    @Setup
    public void prepare() throws IOException {
        book = RuleBook.forHome("KZ");
        if (book.activate(ManyOrders.source(ManyOrders.parts(orders))) instanceof Activation.Rejected rejected) {
            throw new IllegalStateException(rejected.toString());
        }
        Random random = new Random(1);
        for (int i = 0; i < CALLS; i++) {
            strangers[i] = facts(905_000_000_000L + random.nextInt(1_000_000_000));
            named[i] = facts(447_000_000_000L + 10L * random.nextInt(Math.max(1, orders)));
        }
    }

    private CallFacts facts(long caller) {
        long number = book.numbers().caller("+" + caller);
        return book.observe(CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_795_000_000_000L)
                .asserted(number)
                .presented(number)
                .callee(book.numbers().callee("+77172555555"))
                .build());
    }

    @Benchmark
    public Screening stranger() {
        return book.decide(strangers[call++ & (CALLS - 1)]);
    }

    @Benchmark
    public Screening named() {
        return book.decide(named[call++ & (CALLS - 1)]);
    }
}
