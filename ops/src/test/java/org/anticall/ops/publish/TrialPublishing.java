package org.anticall.ops.publish;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import org.anticall.ops.StandingClock;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Signature;
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
}
