package org.anticall.ops.publish;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.anticall.ops.StandingClock;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.Database;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A publisher on a database of its own, which has published the policy, and two people who make and approve orders. */
abstract class TrialPublishing {

    static final Instant NOW = TestOrders.NOW.plus(Duration.ofMinutes(1));

    @TempDir
    Path state;

    final StandingClock clock = new StandingClock(NOW);
    final KeyPair keys = SigningKeys.generate();
    final Shelf shelf = new Shelf();
    Database database;
    Publisher publisher;
    Signature author;
    Signature approver;

    @BeforeEach
    void open() throws PublishRefused {
        database = Database.open(state, null);
        author = signature("1");
        approver = signature("2");
        publisher = publisher(RuleSource.reference("KZ"));
        publisher.begin();
    }

    @AfterEach
    void close() {
        database.close();
    }

    final Publisher publisher(RuleSource policy) {
        return new Publisher("KZ", policy, BundleKeys.only(keys), database, shelf, clock);
    }

    static Decision decision(RuleBook book, String caller, Instant at) {
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, at.toEpochMilli())
                .asserted(book.numbers().caller(caller))
                .presented(book.numbers().caller(caller))
                .callee(book.numbers().callee("+77172345641"))
                .build();
        return (Decision) book.decide(facts);
    }

    final Signature signature(String staffNumber) {
        return new Signature(PublishingLoop.person(database, staffNumber), "person " + staffNumber, "", clock.now);
    }

    final Signature at(Signature by) {
        return new Signature(by.person(), by.name(), by.unit(), clock.now);
    }

    final AuditEntry entry(String action) {
        return AuditEntry.of(clock.now, new Actor(author == null ? 1 : author.person(), "a", ""), action, "");
    }

    /** As after the end of the last run. */
    final void begunAnew() throws PublishRefused {
        publisher = publisher(RuleSource.reference("KZ"));
        publisher.begin();
    }

    /** The number that an order of {@link #many} names. */
    static String number(int order) {
        return "+44" + (7_700_000_000L + order);
    }

    /** Approved orders 1 to {@code count}, each of a number. */
    final void many(int count) {
        List<OrderContent> contents = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            contents.add(
                    TestOrders.of(OrderAction.DIVERT, "a".repeat(64), new Target.Numbers(List.of(number(i))), false));
        }
        OrderState state = new OrderState.Approved(List.of(approver), true, false);
        long taken = database.orders().addImport(contents, author, entry("order.import"));
        database.orders()
                .stepImport(
                        taken,
                        each -> new Order(each.id(), each.version() + 1, each.content(), author, false, taken, state),
                        entry("order.approve"));
    }

    final Order approved(String number, Instant until) {
        OrderContent model =
                TestOrders.of(OrderAction.DIVERT, "a".repeat(64), new Target.Numbers(List.of(number)), false);
        OrderContent content = new OrderContent(
                model.title(),
                model.target(),
                model.action(),
                model.ladder(),
                model.basis(),
                model.territory(),
                model.calleePrefixes(),
                model.from(),
                until,
                model.confidence(),
                model.origin(),
                false);
        OrderState state = new OrderState.Approved(List.of(approver), true, false);
        return database.orders().add(id -> new Order(id, 1, content, author, false, 0, state), entry("order.approve"));
    }

    final Order step(long id, UnaryOperator<Order> step) {
        long version = database.orders().find(id).orElseThrow().version();
        return database.orders().change(id, version, step, entry("order.step")).orElseThrow();
    }

    final RevisionOrders orders() {
        return database.revisions().newest().orElseThrow().orders();
    }
}
