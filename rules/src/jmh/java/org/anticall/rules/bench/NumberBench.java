package org.anticall.rules.bench;

import java.util.concurrent.TimeUnit;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;
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

/** What reading a number that nobody has seen costs, from its characters to its class, in its plain and its odd forms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class NumberBench {

    @Param({"+905321234567", "87272501234", "0077011234567", "+7 (717) 270-00-00", "%2B77172700000", "MICROSOFT"})
    private String written;

    private NumberingPlan plan;
    private NumberNormalizer numbers;

    @Setup
    public void prepare() {
        plan = NumberingPlan.of("KZ");
        numbers = new NumberNormalizer(plan);
    }

    @Benchmark
    public RangeClass read() {
        return plan.classOf(PartyNumber.e164(numbers.caller(written)));
    }
}
