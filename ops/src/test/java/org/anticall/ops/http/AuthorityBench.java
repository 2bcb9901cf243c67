package org.anticall.ops.http;

import java.io.BufferedWriter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.ManagedList;
import org.anticall.ops.order.NumberFile;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.publish.BundleKeys;
import org.anticall.ops.publish.ManyOrders;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.NumberLists;
import org.anticall.ops.store.Orders;
import org.anticall.rules.RuleSource;

/**
 * How long the prosecutor's pages take with many orders and long lists, and how long a revision takes to make beside them. A
 * program of its own; the second and third number may be left out:
 *
 * <pre>
 * java -cp 'ops/target/test-classes:ops/target/classes:ops/target/lib/*' org.anticall.ops.http.AuthorityBench 100000 1000000 1000
 * </pre>
 */
final class AuthorityBench {

    private static final int AT_ONCE = 5_000;
    private static final int ROUNDS = 100;

    private AuthorityBench() {}

    /** @param arguments how many orders, how many numbers in a list, how many orders in force at the end */
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
        if (arguments.length > 1) {
            try (Database database = Database.open(state, null)) {
                numbers(database, state, Integer.parseInt(arguments[1]));
                if (arguments.length > 2) {
                    inForce(database, state, Integer.parseInt(arguments[2]));
                }
            }
        }
    }

    /** A file of numbers, the pages about it, and revisions that change one order beside it. */
    private static void numbers(Database database, Path state, int count) throws Exception {
        Signature author = new Signature(1, "author", "", Instant.now());
        AuditEntry entry = AuditEntry.of(Instant.now(), new Actor(1, "bench", ""), "bench", "");
        NumberLists lists = database.numberLists();
        Path file = state.resolve("numbers.csv");
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write("+44" + (7_000_000_000L + (long) (random.nextDouble() * 999_999_999)) + "\n");
            }
        }
        long begin = System.nanoTime();
        ManagedList list = lists.add("bench", id -> new ManagedList(id, "bench", "numbers", author), entry);
        ListImport kept;
        try (InputStream in = Files.newInputStream(file)) {
            NumberFile.Read read = NumberFile.of(in, lines -> {});
            kept = lists.addImport(
                    list.id(),
                    id -> ListImport.waiting(id, list.id(), "7", "", "", read.keys().length, author),
                    read.keys(),
                    written -> {},
                    entry);
        }
        System.out.printf("%,d numbers imported in %.1f s%n", count, (System.nanoTime() - begin) / 1e9);
        Signature other = new Signature(2, "approver", "", Instant.now());
        lists.change(kept.id(), 1, each -> each.approve(other), entry);
        time("lists", lists::all);
        time("which list has a number", () -> lists.meaning(447_500_000_000L));
        BundleKeys keys = BundleKeys.openOrMake(state.resolve("keys"));
        Publisher publisher =
                new Publisher("KZ", RuleSource.reference("KZ"), keys, database, new Shelf(), Clock.systemUTC());
        publisher.begin();
        revision(database, publisher, new Target.Listed("bench"), "with the list, for the first time");
        for (int i = 0; i < 5; i++) {
            revision(database, publisher, new Target.Numbers(List.of("+4930123456" + i)), "one more order");
        }
        System.out.printf(
                "the newest bundle has %,d bytes%n",
                database.revisions()
                        .bundle(database.revisions().newest().orElseThrow().revision())
                        .orElseThrow()
                        .length);
    }

    /** Many orders in force, of numbers, some of prefixes, ranges and many numbers, and one more. */
    private static void inForce(Database database, Path state, int count) throws Exception {
        BundleKeys keys = BundleKeys.openOrMake(state.resolve("keys"));
        Publisher publisher =
                new Publisher("KZ", RuleSource.reference("KZ"), keys, database, new Shelf(), Clock.systemUTC());
        publisher.begin();
        ManyOrders.approve(database, count, 1);
        revision(database, publisher, new Target.Numbers(List.of("+493111111111")), count + " orders in force");
        for (int i = 2; i < 7; i++) {
            revision(database, publisher, new Target.Numbers(List.of("+49311111111" + i)), "one more order");
        }
        long newest = database.orders().changes().thousands() * 1_000 - 1_500;
        for (int i = 0; i < 5; i++) {
            ManyOrders.change(database, newest, 1);
            publish(publisher, "one changed");
        }
        time("what the next would be", () -> {
            try {
                publisher.plan();
            } catch (PublishRefused refused) {
                throw new IllegalStateException(refused);
            }
        });
    }

    private static void revision(Database database, Publisher publisher, Target target, String what)
            throws PublishRefused {
        order(database, target);
        publish(publisher, what);
    }

    private static void publish(Publisher publisher, String what) throws PublishRefused {
        long begin = System.nanoTime();
        publisher.publish(new Actor(1, "bench", ""), what, each -> true);
        System.out.printf("revision made, %s: %.2f s%n", what, (System.nanoTime() - begin) / 1e9);
    }

    private static void order(Database database, Target target) {
        Instant now = Instant.now();
        Signature by = new Signature(1, "author", "", now);
        AuditEntry entry = AuditEntry.of(now, new Actor(1, "bench", ""), "order.approve", "");
        OrderContent lasting = ManyOrders.lasting(target, now);
        Signature second = new Signature(2, "approver", "", now);
        Signature third = new Signature(3, "approver", "", now);
        database.orders()
                .add(
                        id -> Order.draft(id, lasting, by, 0)
                                .submit(by, new Breadth(1, 1, 1, 0, 100, 7))
                                .approve(second)
                                .approve(third),
                        entry);
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
