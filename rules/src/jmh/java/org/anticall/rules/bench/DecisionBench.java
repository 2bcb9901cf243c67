package org.anticall.rules.bench;

import java.util.concurrent.TimeUnit;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.RoamingAnswer;
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

/** What one verdict on the full reference policy costs, for calls that go down to different rules, and what observing adds. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
public class DecisionBench {

    /** Caller: foreign passes after all rules, the others meet D10 and D11 with the answer "roaming". */
    @Param({"+905321234567", "+77172700000", "+77011234567"})
    private String caller;

    private RuleBook book;
    private CallFacts facts;

    @Setup
    public void prepare() {
        book = RuleBook.forHome("KZ");
        book.activate(RuleSource.reference("KZ"));
        facts = book.observe(CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_795_000_000_000L)
                .asserted(book.numbers().caller(caller))
                .presented(book.numbers().caller(caller))
                .callee(book.numbers().callee("+77172555555"))
                .callerRoaming(RoamingAnswer.roaming("TR"))
                .build());
    }

    @Benchmark
    public Screening decide() {
        return book.decide(facts);
    }

    @Benchmark
    public CallFacts observe() {
        return book.observe(facts);
    }
}
