package org.anticall.rules.bench;

import java.io.IOException;
import java.util.Map;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.bundle.PartContent;

/**
 * How long a rule set of many orders takes to go live, the first time and when one order changed, and what an order
 * takes in memory. A program of its own: {@code OrdersCost 100000}.
 */
final class OrdersCost {

    private static final int ROUNDS = 20;

    private OrdersCost() {}

    public static void main(String[] arguments) throws IOException {
        int orders = Integer.parseInt(arguments[0]);
        Map<String, PartContent> none = ManyOrders.parts(0);
        RuleBook book = RuleBook.forHome("KZ");
        live(book, none);
        long without = used();
        Map<String, PartContent> parts = ManyOrders.parts(orders);
        parts.values().forEach(PartContent::packed);
        long packed = used() - without;
        long begin = System.nanoTime();
        live(book, parts);
        System.out.printf("%,d orders live for the first time: %.0f ms%n", orders, (System.nanoTime() - begin) / 1e6);
        long all = used() - without;
        System.out.printf(
                "memory: %d bytes an order, and %d packed%n", (all - packed) / orders, packed / orders);
        double longest = 0;
        double last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            parts.put(
                    "orders-00000.csv",
                    ManyOrders.table(0, Math.min(orders, ManyOrders.WIDTH), round % 2 == 0 ? "shadow" : "live"));
            begin = System.nanoTime();
            live(book, parts);
            last = (System.nanoTime() - begin) / 1e6;
            longest = Math.max(longest, last);
        }
        System.out.printf("one order changed, live again: %.0f ms, longest of %d %.0f ms%n", last, ROUNDS, longest);
    }

    private static void live(RuleBook book, Map<String, PartContent> parts) {
        if (book.activate(ManyOrders.source(parts)) instanceof Activation.Rejected rejected) {
            throw new IllegalStateException(rejected.toString());
        }
    }

    private static long used() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
