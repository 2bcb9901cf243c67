package org.anticall.rules.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.number.NumberList;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a look-up costs among ten million numbers and a hundred thousand prefixes: for callers who ring again and again, and
 * for a million different ones, of whom each look-up goes to memory that no cache holds. Half of them are listed.
 *
 * <p>{@code find} samples single look-ups; a sample includes the clock's own time, 20 to 40 ns. {@code chain} times 64 of them,
 * each of which has to wait for the answer before it, and divides: the mean of a look-up without the clock, and without
 * the help that the processor gives to look-ups that do not wait for each other. {@code floor} is a single read of memory in
 * place of the look-up: what it costs is the machine's, not the table's. Run it with
 * {@code -jvmArgsAppend -XX:+UseTransparentHugePages} too: with pages of 4 KiB most look-ups miss the address table as well.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class ListLookupBench {

    private static final int CHAIN = 64;

    /** Different numbers that are looked up, a power of two. */
    @Param({"4096", "1048576"})
    private int callers;

    private NumberList list;
    private int[] memory;
    private long[] parties;
    private int next;

    @Setup
    public void fill() {
        list = LongLists.list(10_000_000, LongLists.PREFIXES);
        parties = LongLists.parties(list, callers);
        memory = new int[(int) (list.bytes() / Integer.BYTES)];
        Arrays.setAll(memory, i -> i);
    }

    /** One look-up. */
    @Benchmark
    public int find() {
        next = (next + 1) & (callers - 1);
        return list.find(parties[next], 0);
    }

    /** What one read of as much memory costs, at a place that depends on the number: no look-up can be quicker. */
    @Benchmark
    public int floor() {
        next = (next + 1) & (callers - 1);
        return memory[(int) ((parties[next] * 0x9E3779B97F4A7C15L >>> 33) % memory.length)];
    }

    /** Look-ups one after the other. */
    @Benchmark
    @BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
    @OperationsPerInvocation(CHAIN)
    public int chain() {
        int at = next;
        for (int i = 0; i < CHAIN; i++) {
            int found = list.find(parties[at], 0);
            // One step after a miss, two after a hit: where to go on is known only when the answer is.
            at = (at + 1 + (~found >>> 31)) & (callers - 1);
        }
        next = at;
        return at;
    }
}
