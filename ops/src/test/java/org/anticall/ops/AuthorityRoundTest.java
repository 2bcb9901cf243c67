package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.people.Person;
import org.anticall.ops.publish.Breaker;
import org.anticall.ops.publish.BundleKeys;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.store.Database;
import org.anticall.rules.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityRoundTest {

    private static final Instant NOW = TestOrders.NOW;

    @TempDir
    Path state;

    @Test
    void anEmergencyOrderThatDidNotReachTheGatewaysIsPublishedByTheNextRound() throws Exception {
        StandingClock clock = new StandingClock(NOW);
        BundleKeys keys =
                BundleKeys.only(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        try (Database database = Database.open(state, null)) {
            Publisher publisher = new Publisher("KZ", RuleSource.reference("KZ"), keys, database, new Shelf(), clock);
            publisher.begin();
            AuthorityRound round = new AuthorityRound(
                    database.orders(),
                    publisher,
                    new Breaker(database.orders(), database.ruleHours(), publisher, clock),
                    clock);
            Person person = database.people().add("900101300001", "Д. Омаров", "зал", entry("person.add"));
            Signature supervisor = new Signature(person.id(), person.name(), person.unit(), NOW);
            Order order = database.orders()
                    .add(
                            id -> Order.emergency(
                                    id, TestOrders.of(OrderAction.DIVERT, ""), supervisor, Breadth.UNKNOWN),
                            AuditEntry.of(NOW, new Actor(person.id(), "supervisor", ""), "order.emergency", ""));

            clock.now = NOW.plus(Duration.ofSeconds(30));
            round.look();
            assertEquals("approved", kind(database, order), "who made it may still be publishing it");

            clock.now = NOW.plus(Duration.ofSeconds(30)).plusMillis(1);
            round.look();
            assertEquals("live", kind(database, order));
            assertEquals(2, database.revisions().newest().orElseThrow().revision());
            round.look();
            assertEquals(2, database.revisions().newest().orElseThrow().revision(), "once");
        }
    }

    private static String kind(Database database, Order order) {
        return database.orders().find(order.id()).orElseThrow().state().kind();
    }

    private static AuditEntry entry(String action) {
        return AuditEntry.of(NOW, Actor.CENTRE, action, "");
    }
}
