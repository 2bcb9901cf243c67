package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.StoreUnavailable;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.call.Decision;
import org.junit.jupiter.api.Test;

/** From approved to a bundle that a gateway takes live, on a real database with the gateways' own verifier and compiler. */
class PublisherTest extends TrialPublishing {

    @Test
    void theFirstRevisionIsThePolicyAlone() {
        assertEquals(1, shelf.ready().revision());
        RuleBook book = taken();
        assertEquals("pass", verdict(book, "+447700900217"));
        assertEquals("reject", verdict(book, "+77172700000"));
    }

    @Test
    void anOrderIsWatchedFirstAndActsWhenAPersonHasDecided() throws PublishRefused {
        Order order = approved(TestOrders.number());

        publisher.publish(Actor.CENTRE, "first", each -> true);
        assertEquals("pass", verdict(taken(), "+447700900217"));
        assertInstanceOf(OrderState.Shadow.class, find(order).state());

        step(order, each -> each.goLive(approver));
        publisher.publish(Actor.CENTRE, "second", each -> true);
        Decision decision = decision(taken(), "+447700900217");
        assertEquals("divert", decision.verdict().kind().text());
        assertEquals("O" + order.id(), decision.rule());
        assertTrue(
                decision.reason().kk().contains("7-18/2240"), decision.reason().kk());
        assertEquals(3, decision.revision());
        assertInstanceOf(OrderState.Live.class, find(order).state());
    }

    @Test
    void veryManyOrdersAreAllCompiledAndThoseThatAreNewAreCalled() throws PublishRefused {
        int many = 2 * RehearsalSample.MOST_CALLED + 1;
        for (int i = 0; i < many; i++) {
            approved(live(OrderAction.LABEL, new Target.Numbers(List.of("+49301" + (10_000 + i)))));
        }
        assertEquals(2 * many, publisher.plan().rehearsal().trials(), "all are new");
        publisher.publish(Actor.CENTRE, "", each -> true);
        approved(live(OrderAction.LABEL, new Target.Numbers(List.of("+4930299999"))));
        approved(live(OrderAction.LABEL, new Target.Numbers(List.of("+4930299998"))));

        Publisher.Plan plan = publisher.plan();

        // Every third of 203 (the 202nd among them, which is new), and the 203rd, which is new.
        assertEquals(2 * (68 + 1), plan.rehearsal().trials());
        publisher.publish(Actor.CENTRE, "", each -> true);
        assertEquals("label", verdict(taken(), "+4930110000"));
        assertEquals("label", verdict(taken(), "+4930299999"));
    }

    @Test
    void aRangeAPrefixAListAndAConditionBecomeRules() throws PublishRefused {
        approved(live(OrderAction.REJECT, new Target.Range("+447700900000", "+447700900999")));
        approved(live(OrderAction.LABEL, new Target.Prefix("+49301")));
        approved(live(
                OrderAction.DIVERT,
                new Target.Numbers(IntStream.range(0, 5_000)
                        .mapToObj(i -> "+4930200" + (10_000 + i))
                        .toList())));
        approved(live(OrderAction.WITHHOLD, new Target.Conditional("{\"caller\":{\"number\":[\"+33*\"]}}")));

        publisher.publish(Actor.CENTRE, "", each -> true);
        RuleBook book = taken();

        assertEquals("reject", verdict(book, "+447700900999"));
        assertEquals("pass", verdict(book, "+447700901000"));
        assertEquals("label", verdict(book, "+4930112345"));
        assertEquals("divert", verdict(book, "+493020014999"));
        assertEquals("pass", verdict(book, "+493020015000"));
        assertEquals("withhold", verdict(book, "+33123456789"));
    }

    @Test
    void anOrderEndsInTheGatewayByItselfAndThenOnPaper() throws PublishRefused {
        Order order = approved(live(OrderAction.DIVERT, new Target.Numbers(List.of("+447700900217"))));
        publisher.publish(Actor.CENTRE, "", each -> true);
        Instant end = order.content().until();

        assertEquals("divert", verdict(taken(), "+447700900217", end.minusMillis(1)));
        assertEquals("pass", verdict(taken(), "+447700900217", end));

        clock.now = end.minusMillis(1);
        publisher.expire();
        assertEquals(2, shelf.ready().revision());
        clock.now = end;
        publisher.expire();
        assertEquals(3, shelf.ready().revision());
        assertInstanceOf(OrderState.Expired.class, find(order).state());
        publisher.expire();
        assertEquals(3, shelf.ready().revision(), "nothing is left to end");
    }

    @Test
    void aRuleSetThatIsNotWellChangesNothingAndSaysWhy() throws PublishRefused {
        Order order = approved(live(OrderAction.REJECT, new Target.Conditional("{\"caller\":{\"lisst\":\"black\"}}")));

        PublishRefused refused =
                assertThrows(PublishRefused.class, () -> publisher.publish(Actor.CENTRE, "", each -> true));

        assertEquals("rehearsal", refused.word());
        assertTrue(
                refused.problems().toString().contains("lisst"),
                refused.problems().toString());
        assertEquals(1, shelf.ready().revision());
        assertEquals(1, database.revisions().latest(9).size());
        assertInstanceOf(OrderState.Approved.class, find(order).state());
    }

    @Test
    void whatFailsInTheMiddleOfPublishingLeavesTheOldRevisionInForceAndNothingOfTheNewOne() throws Exception {
        Order order = approved(live(OrderAction.REJECT, new Target.Prefix("+49301")));
        beside("ALTER TABLE order_version RENAME TO gone");

        // The revision is written first and the orders' states fail.
        assertThrows(StoreUnavailable.class, () -> publisher.publish(Actor.CENTRE, "", each -> true));

        beside("ALTER TABLE gone RENAME TO order_version");
        assertEquals(1, shelf.ready().revision());
        assertEquals(1, database.revisions().latest(9).size());
        assertInstanceOf(OrderState.Approved.class, find(order).state());
        assertEquals(2, publisher.publish(Actor.CENTRE, "", each -> true).revision());
    }

    private void beside(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + state.resolve("centre"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void onlyWhatIsChosenComesIntoForceWithAnEmergency() throws PublishRefused {
        Order waiting = approved(live(OrderAction.REJECT, new Target.Numbers(List.of("+447700900001"))));
        Order emergency = database.orders()
                .add(
                        id -> Order.emergency(id, TestOrders.of(OrderAction.DIVERT, ""), at(author), Breadth.UNKNOWN),
                        entry("order.emergency"));

        publisher.publish(Actor.CENTRE, "emergency", each -> each.id() == emergency.id());

        assertEquals("divert", verdict(taken(), "+447700900217"));
        assertEquals("pass", verdict(taken(), "+447700900001"));
        assertInstanceOf(OrderState.Approved.class, find(waiting).state());
        assertInstanceOf(OrderState.Live.class, find(emergency).state());
    }

    @Test
    void aRollbackIsANewRevisionWithOldContent() throws PublishRefused {
        approved(live(OrderAction.DIVERT, new Target.Numbers(List.of("+447700900217"))));
        publisher.publish(Actor.CENTRE, "", each -> true);

        Revision back = publisher.rollBack(Actor.CENTRE, 1, "too wide");

        assertEquals(3, back.revision());
        assertEquals(1, back.contentOf());
        assertEquals("pass", verdict(taken(), "+447700900217"));
        assertEquals(database.revisions().find(1).orElseThrow().hash(), back.hash());

        publisher.publish(Actor.CENTRE, "on again", each -> true);
        assertEquals("divert", verdict(taken(), "+447700900217"));
        assertThrows(PublishRefused.class, () -> publisher.rollBack(Actor.CENTRE, 9, "none"));
    }

    @Test
    void aNewKeySignsWhatIsInForceOnceMoreAndFormerRevisionsStayReadable() throws PublishRefused {
        approved(live(OrderAction.DIVERT, new Target.Numbers(List.of("+447700900217"))));
        publisher.publish(Actor.CENTRE, "the order", each -> true);
        KeyPair next = SigningKeys.generate();
        BundleKeys both = new BundleKeys(next, List.of(keys.getPublic(), next.getPublic()));
        Shelf after = new Shelf();
        Publisher restarted = new Publisher("KZ", RuleSource.reference("KZ"), both, database, after, clock);

        restarted.begin();

        assertEquals(3, after.ready().revision());
        assertEquals("divert", verdict(taken(after, next.getPublic()), "+447700900217"));
        restarted.rollBack(Actor.CENTRE, 1, "back to what the former key signed");
        assertEquals("pass", verdict(taken(after, next.getPublic()), "+447700900217"));
        Shelf again = new Shelf();
        new Publisher("KZ", RuleSource.reference("KZ"), both, database, again, clock).begin();
        assertEquals(4, again.ready().revision(), "once is enough");
    }

    @Test
    void aRevisionThatNoKnownKeySignedIsNotPublishedAnew() {
        BundleKeys stranger = BundleKeys.only(SigningKeys.generate());

        Publisher restarted = new Publisher("KZ", RuleSource.reference("KZ"), stranger, database, new Shelf(), clock);

        assertEquals(
                "damaged", assertThrows(PublishRefused.class, restarted::begin).word());
    }

    @Test
    void aRestartPutsTheSameBytesOnTheShelf() throws PublishRefused {
        publisher.publish(Actor.CENTRE, "", each -> true);
        byte[] before = shelf.ready().bytes();
        database.close();
        database = Database.open(state, null);
        Shelf other = new Shelf();

        new Publisher("KZ", RuleSource.reference("KZ"), BundleKeys.only(keys), database, other, clock).begin();

        assertEquals(2, other.ready().revision());
        assertArrayEquals(before, other.ready().bytes());
    }

    @Test
    void whoWaitsGetsTheNextRevisionAtOnceAndNothingWhenItsTimeIsOver() throws Exception {
        assertNull(shelf.await(1, 1));
        CompletableFuture<Shelf.Ready> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return shelf.await(1, 60_000);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });

        publisher.publish(Actor.CENTRE, "", each -> true);

        assertEquals(2, waiting.get().revision());
        assertEquals(2, shelf.await(1, 0).revision());
    }

    @Test
    void theSameOrdersGiveTheSameBytes() throws Exception {
        approved(live(OrderAction.REJECT, new Target.Prefix("+49301")));
        Publisher.Plan one = publisher.plan();
        Publisher.Plan two = publisher.plan();

        assertEquals(
                new String(one.parts().parts().get("rules.yaml").exact(), StandardCharsets.UTF_8),
                new String(two.parts().parts().get("rules.yaml").exact(), StandardCharsets.UTF_8));
        assertEquals(one.rehearsal().hash(), two.rehearsal().hash());
        assertEquals(2, one.rehearsal().trials());
    }

    @Test
    void anOrderThatKeepsGoodCallersFallsBackToShadowUntilAPersonDecides() throws PublishRefused {
        Order order = approved(live(OrderAction.DIVERT, new Target.Numbers(List.of("+447700900217"))));
        publisher.publish(Actor.CENTRE, "", each -> true);
        Breaker breaker = new Breaker(database.orders(), database.ruleHours(), publisher, clock);
        clock.now = clock.now.plusSeconds(60);
        handled(order, 0, 7, DeskCall.State.ANSWERED);
        handled(order, 7, 9, DeskCall.State.RELEASED);
        assertEquals(List.of(), breaker.look(), "two of nine, but nine say nothing yet");
        handled(order, 9, 10, DeskCall.State.RELEASED);

        assertEquals(List.of(order.id()), breaker.look());

        assertEquals("pass", verdict(taken(), "+447700900217"));
        OrderState.Shadow shadow =
                assertInstanceOf(OrderState.Shadow.class, find(order).state());
        assertEquals("released 3 of 10 handled within an hour, more than 20 %", shadow.fallen());
        assertEquals(List.of(), breaker.look());
        clock.now = clock.now.plusSeconds(1);
        step(order, each -> each.goLive(at(approver)));
        publisher.publish(Actor.CENTRE, "a person decided", each -> true);
        assertEquals(List.of(), breaker.look(), "what was before it went live again does not count");
        assertEquals("divert", verdict(taken(), "+447700900217"));
    }

    // ---- what the tests share ----

    private void handled(Order order, int from, int to, DeskCall.State state) {
        for (int i = from; i < to; i++) {
            database.deskCalls()
                    .add(List.of(new DeskCall(
                            "R" + i,
                            "+447700900217",
                            "+77172345641",
                            "O" + order.id(),
                            state,
                            "101",
                            clock.now,
                            clock.now,
                            state == DeskCall.State.RELEASED ? DeskCall.Outcome.RELEASED : null)));
        }
    }

    /** What a gateway makes of what lies on the shelf. */
    private RuleBook taken() {
        return taken(shelf, keys.getPublic());
    }

    private RuleBook taken(Shelf from, PublicKey pinned) {
        BundleVerifier verifier = new BundleVerifier(PinnedKeys.of(List.of(pinned)), "KZ", BundleLimits.DEFAULT);
        Verification.Genuine genuine = assertInstanceOf(
                Verification.Genuine.class, verifier.verify(from.ready().bytes(), 0, clock.now));
        RuleBook book = RuleBook.forHome("KZ");
        assertInstanceOf(Activation.Activated.class, book.activate(genuine.bundle()));
        return book;
    }

    private String verdict(RuleBook book, String caller) {
        return verdict(book, caller, clock.now);
    }

    private String verdict(RuleBook book, String caller, Instant at) {
        return decision(book, caller, at).verdict().kind().text();
    }

    private Decision decision(RuleBook book, String caller) {
        return decision(book, caller, clock.now);
    }

    private static OrderContent live(OrderAction action, Target target) {
        return TestOrders.of(action, "a".repeat(64), target, false);
    }

    private Order approved(OrderContent content) {
        Order draft = database.orders().add(id -> Order.draft(id, content, at(author), 0), entry("order.write"));
        Breadth narrow = new Breadth(0, 0, 0, 0, 1_000, 7);
        step(draft, each -> each.submit(at(author), narrow));
        return step(draft, each -> each.approve(at(approver)));
    }

    private Order step(Order order, UnaryOperator<Order> step) {
        return database.orders()
                .change(order.id(), find(order).version(), step, entry("order.step"))
                .orElseThrow();
    }

    private Order find(Order order) {
        return database.orders().find(order.id()).orElseThrow();
    }
}
