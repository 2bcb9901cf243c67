package org.anticall.rules.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.engine.BehaviourCounters;
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
 * What counting a call costs, with all that the reference policy wants to know, in counters of 64 MiB: for one caller who
 * rings another callee each time and so has as many calls remembered as there is room for, for a thousand such callers, and
 * for callers so many that hardly one of them is in the processor's cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class ObserveBench {

    private static final int CALLS = 1 << 18;

    @Param({"1", "1000", "1000000"})
    private int callers;

    private RuleBook book;
    private CallFacts[] calls;
    private int next;

    @Setup
    public void fill() {
        book = RuleBook.forHome("KZ", BehaviourCounters.DEFAULT_MAX_BYTES);
        book.activate(RuleSource.reference("KZ"));
        Random random = new Random(1);
        calls = new CallFacts[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long caller = book.numbers().caller("+90" + (5_300_000_000L + 17L * random.nextInt(callers)));
            calls[i] = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_795_000_000_000L + i)
                    .asserted(caller)
                    .presented(caller)
                    .callee(book.numbers().callee("+7701" + (1_000_000 + random.nextInt(9_000_000))))
                    .fingerprint(1 + random.nextInt(50))
                    .build();
            book.observe(calls[i]);
            if (i % 4 != 0) {
                book.ended(CallEnd.of(calls[i], 0, calls[i].atEpochMillis() + 20_000, CallEnd.Party.CALLER));
            }
        }
    }

    @Benchmark
    public CallFacts observe() {
        next = (next + 1) & (CALLS - 1);
        return book.observe(calls[next]);
    }
}
