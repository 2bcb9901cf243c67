package org.anticall.ops.publish;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.order.Basis;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Ladder;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.Origin;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.store.Database;
import org.anticall.rules.RuleSource;

/** A process that approves and publishes one order after the other until somebody kills it; each revision is one line. */
final class PublishingLoop {

    private static final Breadth NARROW = new Breadth(0, 0, 0, 0, 1_000, 7);

    private PublishingLoop() {}

    /** @param arguments the state directory */
    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        Database database = Database.open(state, null);
        Publisher publisher = publisher(state, database);
        publisher.begin();
        long author = person(database, "1");
        long approver = person(database, "2");
        while (true) {
            Order order = approved(database, author, approver);
            System.out.println(publisher
                    .publish(Actor.CENTRE, "order " + order.id(), each -> true)
                    .revision());
        }
    }

    static Publisher publisher(Path state, Database database) throws Exception {
        return new Publisher(
                "KZ",
                RuleSource.reference("KZ"),
                BundleKeys.only(KeyFile.openOrMake(state.resolve("bundle.key"))),
                database,
                new Shelf(),
                Clock.systemUTC());
    }

    /** An order that acts from the next revision on. */
    static Order approved(Database database, long author, long approver) {
        Instant now = Instant.now();
        OrderContent content = new OrderContent(
                "loop",
                new Target.Numbers(List.of("+4477009" + (10_000 + now.toEpochMilli() % 80_000))),
                OrderAction.DIVERT,
                Ladder.PASS_WITH_LABEL,
                new Basis(Basis.Type.COURT_ORDER, "1", LocalDate.of(2026, 11, 1), "Astana", "a".repeat(64)),
                "Astana",
                List.of(),
                now,
                now.plus(Duration.ofDays(1)),
                90,
                Origin.ANALYSIS,
                false);
        Order draft =
                database.orders().add(id -> Order.draft(id, content, by(author), 0), entry(author, "order.write"));
        step(database, draft.id(), 1, author, each -> each.submit(by(author), NARROW));
        return step(database, draft.id(), 2, approver, each -> each.approve(by(approver)));
    }

    static long person(Database database, String number) {
        return database.people().all().stream()
                .filter(each -> each.staffNumber().equals(number))
                .findFirst()
                .orElseGet(() -> database.people().add(number, "person " + number, "", entry(0, "person.add")))
                .id();
    }

    private static Order step(Database database, long id, long version, long by, UnaryOperator<Order> step) {
        return database.orders()
                .change(id, version, step, entry(by, "order.step"))
                .orElseThrow();
    }

    private static Signature by(long person) {
        return new Signature(person, "person", "", Instant.now());
    }

    private static AuditEntry entry(long person, String action) {
        return AuditEntry.of(Instant.now(), new Actor(person, "loop", ""), action, "");
    }
}
