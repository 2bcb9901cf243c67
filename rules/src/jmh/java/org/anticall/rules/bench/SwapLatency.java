package org.anticall.rules.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.TrunkClass;

/**
 * Whether a call feels that a new rule set goes live: 1,000 calls a second are judged on the clock, first alone, then while
 * another thread compiles a list and swaps the rule set again and again. Arguments: seconds each, numbers in the list, 0 for
 * the reference policy.
 */
public final class SwapLatency {

    private static final long EVERY_NANOS = 1_000_000;

    private SwapLatency() {}

    /** Runs both halves and prints percentiles of the time a decision took, in microseconds. */
    public static void main(String[] arguments) throws InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int numbers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        RuleBook book = RuleBook.forHome("KZ");
        byte[] list = ListCompileBench.text(numbers);
        RuleSource source = numbers == 0 ? RuleSource.reference("KZ") : ListCompileBench.source(list);
        book.activate(source);
        judge(book, 10);
        print("alone", judge(book, seconds), 0);

        long before = book.revision();
        Thread swapper = new Thread(
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        book.activate(source);
                    }
                },
                "swapper");
        swapper.setDaemon(true);
        swapper.start();
        long[] swapped = judge(book, seconds);
        swapper.interrupt();
        swapper.join();
        print("swapping", swapped, book.revision() - before);
    }

    private static long[] judge(RuleBook book, int seconds) {
        CallFacts[] calls = calls(book);
        long[] nanos = new long[seconds * 1_000];
        long due = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            due += EVERY_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long begin = System.nanoTime();
            if (book.decide(calls[i % calls.length]) == null) {
                throw new IllegalStateException("a call without a verdict");
            }
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }

    private static CallFacts[] calls(RuleBook book) {
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
                "%-9s %d calls, %d swaps: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.1f us",
                name,
                nanos.length,
                swaps,
                nanos[nanos.length / 2] / 1e3,
                nanos[nanos.length * 99 / 100] / 1e3,
                nanos[(int) (nanos.length * 999L / 1000)] / 1e3,
                nanos[nanos.length - 1] / 1e3));
    }
}
