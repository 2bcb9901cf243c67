package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSetDiff;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.call.Decision;
import org.anticall.rules.model.CanonicalWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Orders of several thousands of numbers: who publishes one that changed touches its thousand and no other. */
class ManyOrdersPublishTest extends TrialPublishing {

    /** Orders 1 to 2,100: parts of three thousands. */
    private static final int ORDERS = 2_100;

    private static final int FEW = 30;

    @Test
    void oneOrderThatChangesIsOnePartThatChanges() throws Exception {
        many(ORDERS);
        Revision second = publisher.publish(Actor.CENTRE, "all", each -> true);
        publisher.plan();
        VerifiedBundle before = taken(null, 0);
        assertEquals(ORDERS, second.orders().size());
        assertEquals("~1*" + ORDERS, second.orders().text());
        long read = publisher.plans().standing().read();
        long tables = publisher.plans().compiled().tablesRead();

        step(1_500, each -> each.watch(at(approver), "look at it again"));
        Revision third = publisher.publish(Actor.CENTRE, "one fell", each -> true);
        VerifiedBundle after = taken(before, 2);

        assertEquals(List.of("O1500:shadow"), third.orders().without(second.orders()));
        assertEquals(1, publisher.plans().standing().read() - read, "thousands read from the database");
        assertEquals(1, publisher.plans().compiled().tablesRead() - tables, "tables read by the compiler");
        assertTrue(shelf.ready().since(2).length < 20_000, shelf.ready().since(2).length + " bytes sent");
        assertSame(before.part("orders-00000.csv"), after.part("orders-00000.csv"));
        assertSame(before.part("orders-00002.csv"), after.part("orders-00002.csv"));
        assertEquals("O1 live", decided(after, number(1)));
        assertEquals("null shadow O1500", decided(after, number(1_500)));
        assertEquals("O2100 live", decided(after, number(2_100)));
    }

    @Test
    void whatIsWaitingEndsOrIsRevokedIsSeenInItsThousand() throws Exception {
        many(FEW);
        publisher.publish(Actor.CENTRE, "all", each -> true);
        step(7, each -> each.revoke(at(approver), true, "no longer"));
        Order added = approved("+493011111111", NOW.plus(Duration.ofDays(1)));

        assertEquals(List.of("O" + added.id()), publisher.plan().orders().without(orders()));
        assertEquals(List.of("O7"), orders().without(publisher.plan().orders()));
        publisher.publish(Actor.CENTRE, "only what is in force", each -> false);
        assertEquals(FEW - 1, orders().size(), "what waits is not chosen");
        publisher.publish(Actor.CENTRE, "all", each -> true);
        assertEquals("O" + added.id() + " live", decided(taken(null, 0), "+493011111111"));

        clock.now = NOW.plus(Duration.ofDays(1));
        publisher.expire();

        assertEquals("null live", decided(taken(null, 0), "+493011111111"));
        assertInstanceOf(
                OrderState.Expired.class,
                database.orders().find(added.id()).orElseThrow().state());
        assertEquals(FEW - 1, orders().size());
    }

    @Test
    void whoeverWasFasterIsNotOverwritten() throws Exception {
        many(FEW);
        publisher.publish(Actor.CENTRE, "all", each -> true);
        boolean[] done = new boolean[1];
        approved("+493011111111", NOW.plus(Duration.ofDays(1)));

        PublishRefused refused = assertThrows(
                PublishRefused.class,
                () -> publisher.publish(Actor.CENTRE, "meanwhile", each -> {
                    if (!done[0]) {
                        done[0] = true;
                        step(3, order -> order.watch(at(approver), "meanwhile"));
                    }
                    return true;
                }));

        assertEquals("outdated", refused.word());
        assertEquals(2, shelf.ready().revision());
        publisher.publish(Actor.CENTRE, "again", each -> true);
        assertTrue(orders().contains("O3:shadow"));
    }

    @Test
    void aRevisionFromBeforeThereWereTablesCanBeReadAndComesBack() throws Exception {
        // What such a revision has: orders as rules, with turns of their own from 2,000 on.
        RuleSource policy = policy(
                RuleSource.reference("KZ").rules()
                        + """

                  - id: O1
                    title: An order of before
                    priority: 2000
                    legal-basis: {type: court-order, document: "7", date: 2026-11-01, office: Court}
                    when: {trunk: international, any: [{asserted: {number: ["+447700900217"]}}, {presented: {number: ["+447700900217"]}}]}
                    then: divert
                """);
        publisher(policy).publish(Actor.CENTRE, "as it was", each -> false);
        assertEquals("O1 live", decided(taken(null, 0), "+447700900217"));
        publisher = publisher(RuleSource.reference("KZ"));
        publisher.begin();
        approved("+447700900217", NOW.plus(Duration.ofDays(1)));
        publisher.publish(Actor.CENTRE, "in a table", each -> true);
        RuleSetDiff diff = RuleSetDiff.between(publisher.ruleSet(2), publisher.ruleSet(3), 5);
        assertEquals(List.of("O1"), List.copyOf(diff.changed().keySet()));
        assertEquals(List.of(), diff.added());
        VerifiedBundle tables = taken(null, 0);
        assertNotNull(tables.part("orders-00000.csv"));

        Revision back = publisher.rollBack(Actor.CENTRE, 2, "back");

        VerifiedBundle bundle = taken(tables, 3);
        assertNull(bundle.part("orders-00000.csv"));
        assertEquals("O1 live", decided(bundle, "+447700900217"));
        assertEquals(database.revisions().find(2).orElseThrow().hash(), back.hash());
        assertEquals(CanonicalWriter.sha256(publisher.ruleSet(2)), back.hash());
    }

    @Test
    void aDraftIsTriedInsteadOfTheOrderThatItIs() throws Exception {
        many(FEW);
        publisher.publish(Actor.CENTRE, "all", each -> true);
        Order order = database.orders().find(15).orElseThrow();
        Order draft =
                Order.draft(15, TestOrders.of(OrderAction.LABEL, "", new Target.Prefix("+4930"), false), author, 0);

        assertEquals("O15 live", decided(publisher.tried(null), number(15), Instant.EPOCH.plusSeconds(9)));
        assertEquals("O15 live", decided(publisher.tried(draft), "+493077777777", NOW));
        assertEquals("null live", decided(publisher.tried(draft), number(15), NOW));
        assertEquals("O14 live", decided(publisher.tried(draft), number(14), NOW));
        assertEquals("O15 live", decided(publisher.tried(null), number(15), NOW));
        assertEquals(order, database.orders().find(15).orElseThrow());
    }

    // ---- what the tests share ----

    private static RuleSource policy(String rules) {
        RuleSource reference = RuleSource.reference("KZ");
        return new RuleSource() {
            @Override
            public String name() {
                return "policy.yaml";
            }

            @Override
            public String rules() {
                return rules;
            }

            @Override
            public InputStream list(String file) throws IOException {
                return reference.list(file);
            }
        };
    }

    /** What lies on the shelf, for a gateway that holds {@code base}. */
    private VerifiedBundle taken(@Nullable VerifiedBundle base, long revision) {
        BundleVerifier verifier =
                new BundleVerifier(PinnedKeys.of(List.of(keys.getPublic())), "KZ", BundleLimits.DEFAULT);
        byte[] bytes = revision == 0 ? shelf.ready().bytes() : shelf.ready().since(revision);
        return assertInstanceOf(Verification.Genuine.class, verifier.verify(bytes, 0, clock.now, base))
                .bundle();
    }

    private String decided(VerifiedBundle bundle, String caller) {
        RuleBook book = RuleBook.forHome("KZ");
        assertInstanceOf(Activation.Activated.class, book.activate(bundle));
        return decided(book, caller, clock.now);
    }

    private static String decided(RuleBook book, String caller, Instant at) {
        Decision decision = decision(book, caller, at);
        return decision.rule()
                + (decision.shadowHits().isEmpty() ? " live" : " shadow " + String.join(" ", decision.shadowHits()));
    }
}
