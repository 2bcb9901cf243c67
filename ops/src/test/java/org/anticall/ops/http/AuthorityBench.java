package org.anticall.ops.http;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Orders;

/**
 * How long the prosecutor's pages take with many orders. A program of its own:
 *
 * <pre>
 * java -cp 'ops/target/test-classes:ops/target/classes:ops/target/lib/*' org.anticall.ops.http.AuthorityBench 100000
 * </pre>
 */
final class AuthorityBench {

    private static final int AT_ONCE = 5_000;
    private static final int ROUNDS = 100;

    private AuthorityBench() {}

    /** @param arguments how many orders */
    public static void main(String[] arguments) throws Exception {
        int orders = Integer.parseInt(arguments[0]);
        Path state = Files.createTempDirectory("authority-bench");
        try (RunningCentre centre = new RunningCentre(state)) {
            Visitor.signedIn(centre, "prosecutor");
        }
        long begin = System.nanoTime();
        try (Database database = Database.open(state, null)) {
            fill(database, orders);
        }
        System.out.printf("%,d orders imported in %.1f s%n", orders, (System.nanoTime() - begin) / 1e9);
        pages(state, orders);
    }

    private static void pages(Path state, int orders) throws Exception {
        try (Database database = Database.open(state, null)) {
            for (String text : List.of("", "4477009", "нөмір", "nothing like it")) {
                time("search '" + text + "'", () -> {
                    database.orders().search(new Orders.Search("", text, Long.MAX_VALUE, 100));
                    database.orders().counts();
                });
            }
            time("drafts", () -> database.orders().search(new Orders.Search("draft", "", Long.MAX_VALUE, 100)));
            time("one order", () -> database.orders().find(orders / 2));
            time("its history", () -> database.orders().history(orders / 2));
        }
    }

    private static void fill(Database database, int orders) {
        long person = database.people().all().get(0).id();
        Instant now = Instant.now();
        Signature author = new Signature(person, "author", "", now);
        AuditEntry entry = AuditEntry.of(now, new Actor(person, "bench", ""), "order.import", "");
        for (int done = 0; done < orders; done += AT_ONCE) {
            List<OrderContent> contents = new ArrayList<>();
            for (int i = done; i < Math.min(orders, done + AT_ONCE); i++) {
                contents.add(TestOrders.of(
                        OrderAction.DIVERT, "", new Target.Numbers(List.of("+44" + (7_700_000_000L + i))), true));
            }
            database.orders().addImport(contents, author, entry);
        }
    }

    private static void time(String what, Runnable work) {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-28s p50 %5.1f ms  p95 %5.1f ms%n",
                what,
                nanos[ROUNDS / 2] / 1e6,
                nanos[ROUNDS * 95 / 100] / (double) Duration.ofMillis(1).toNanos());
    }
}
