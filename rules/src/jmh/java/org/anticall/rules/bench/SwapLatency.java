package org.anticall.rules.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.TrunkClass;

/**
 * Whether a call feels that a new rule set goes live. 1,000 calls a second are counted and judged on the clock. Rounds
 * alternate in one run, so that both kinds see the same machine: in every other one a second thread reads, compiles and
 * swaps a list, again and again with a rest between, as an installation would that publishes all the time. Prints the
 * time a call took in rounds without and with swaps, and that of the calls that came within 50 ms after a swap.
 *
 * <p>Arguments: rounds of each kind, seconds of a round, numbers in the list (0 for the reference policy), milliseconds of
 * rest between two swaps.
 */
public final class SwapLatency {

    private static final long EVERY_NANOS = 1_000_000;
    private static final long NEAR_NANOS = 50_000_000;

    private final RuleBook book = RuleBook.forHome("KZ");
    private final Semaphore turn = new Semaphore(0);
    private final RuleSource source;
    private final long restNanos;
    private volatile boolean swapping;
    private volatile long lastSwapNanos = System.nanoTime() - NEAR_NANOS;

    private SwapLatency(RuleSource source, long restNanos) {
        this.source = source;
        this.restNanos = restNanos;
    }

    /** Runs the rounds and prints three lines of percentiles, in microseconds. */
    public static void main(String[] arguments) {
        int rounds = argument(arguments, 0, 4);
        int seconds = argument(arguments, 1, 15);
        int numbers = argument(arguments, 2, 1_000_000);
        int restMillis = argument(arguments, 3, 1_000);
        byte[] list = ListCompileBench.text(numbers);
        new SwapLatency(
                        numbers == 0 ? RuleSource.reference("KZ") : ListCompileBench.source(list),
                        restMillis * 1_000_000L)
                .run(rounds, seconds * 1_000);
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run(int rounds, int callsPerRound) {
        book.activate(source);
        Thread swapper = new Thread(this::swapInTurns, "swapper");
        swapper.setDaemon(true);
        swapper.start();
        CallFacts[] calls = calls();
        long[] alone = new long[rounds * callsPerRound];
        long[] swapped = new long[rounds * callsPerRound];
        long[] near = new long[swapped.length];
        judge(calls, new long[2 * callsPerRound], near, 0, 2 * callsPerRound);
        long before = book.revision();
        int nearCalls = 0;
        for (int round = 0; round < rounds; round++) {
            judge(calls, alone, near, round * callsPerRound, callsPerRound);
            swapping = true;
            turn.release();
            long[] nearThisRound = new long[callsPerRound];
            int found = judge(calls, swapped, nearThisRound, round * callsPerRound, callsPerRound);
            System.arraycopy(nearThisRound, 0, near, nearCalls, found);
            nearCalls += found;
            swapping = false;
        }
        print("without", alone, 0);
        print("with", swapped, book.revision() - before);
        print("just after", Arrays.copyOf(near, nearCalls), book.revision() - before);
    }

    private void swapInTurns() {
        while (true) {
            turn.acquireUninterruptibly();
            while (swapping) {
                book.activate(source);
                lastSwapNanos = System.nanoTime();
                LockSupport.parkNanos(restNanos);
            }
        }
    }

    /** Judges {@code count} calls on the clock; returns how many came just after a swap, their times in {@code near}. */
    private int judge(CallFacts[] calls, long[] nanos, long[] near, int first, int count) {
        int found = 0;
        long due = System.nanoTime();
        for (int i = 0; i < count; i++) {
            due += EVERY_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long begin = System.nanoTime();
            if (book.decide(book.observe(calls[i % calls.length])) == null) {
                throw new IllegalStateException("a call without a verdict");
            }
            long took = System.nanoTime() - begin;
            nanos[first + i] = took;
            if (begin - lastSwapNanos < NEAR_NANOS) {
                near[found++] = took;
            }
        }
        return found;
    }

    private CallFacts[] calls() {
        CallFacts[] calls = new CallFacts[4_096];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_795_000_000_000L)
                    .presented(book.numbers().caller("+90532" + (1_000_000 + i * 1_733)))
                    .callee(book.numbers().callee("+77172555555"))
                    .build();
        }
        return calls;
    }

    private static void print(String name, long[] nanos, long swaps) {
        Arrays.sort(nanos);
        System.out.println(String.format(
                Locale.ROOT,
                "%-10s %d calls, %d swaps: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.1f us",
                name,
                nanos.length,
                swaps,
                at(nanos, 0.5),
                at(nanos, 0.99),
                at(nanos, 0.999),
                at(nanos, 1)));
    }

    private static double at(long[] nanos, double share) {
        return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e3;
    }
}
