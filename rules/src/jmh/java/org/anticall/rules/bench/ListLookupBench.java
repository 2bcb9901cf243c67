package org.anticall.rules.bench;

import java.util.concurrent.TimeUnit;
import org.anticall.rules.number.NumberList;
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
 * What a look-up costs among ten million numbers and a hundred thousand prefixes: for callers who ring again and again, and
 * for a million different ones, of whom each look-up goes to memory that no cache holds. Samples include the clock's own time.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class ListLookupBench {

    /** Different numbers that are looked up, a power of two. */
    @Param({"4096", "1048576"})
    private int callers;

    private NumberList list;
    private long[] parties;
    private int next;

    @Setup
    public void fill() {
        list = LongLists.list(10_000_000, LongLists.PREFIXES);
        parties = LongLists.parties(list, callers);
    }

    @Benchmark
    public int find() {
        next = (next + 1) & (callers - 1);
        return list.find(parties[next], 0);
    }
}
