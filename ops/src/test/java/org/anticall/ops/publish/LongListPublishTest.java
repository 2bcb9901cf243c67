package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.ManagedList;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.PackedNumbers;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.Database;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside a long list an order changes: what is made, kept and sent is as small as if there were no list. */
class LongListPublishTest {

    private static final int NUMBERS = 300_000;
    private static final long FIRST = 447_000_000_000L;

    @TempDir
    Path state;

    private Database database;
    private Shelf shelf;
    private Publisher publisher;
    private Signature author;
    private Signature approver;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(state, null);
        begin();
        author = signature("1");
        approver = signature("2");
        ManagedList list = database.numberLists()
                .add("black", id -> new ManagedList(id, "black", "numbers", author), entry("list.make"));
        approved(list, LongStream.range(0, NUMBERS).map(i -> FIRST + 7 * i).toArray());
        inForce(new Target.Listed("black"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anOrderMoreBesideALongListNeitherCompilesNorKeepsNorSendsIt() throws Exception {
        VerifiedBundle before = taken(ready().bytes(), null);
        long read = publisher.plans().compiled().read();
        inForce(new Target.Numbers(List.of("+4930123456")));
        VerifiedBundle after = taken(ready().since(2), before);

        assertEquals(read, publisher.plans().compiled().read(), "lists read again");
        assertTrue(ready().since(2).length < 20_000, "nor sent");
        assertTrue(database.revisions().bundle(3).orElseThrow().length < 50_000, "nor kept again");
        PartContent list = before.apart().get(0);
        assertSame(list, after.part("managed-black.csv"));
        assertArrayEquals(
                list.packed(), database.revisions().part(list.sha256()).orElseThrow());
        RuleBook book = RuleBook.forHome("KZ");
        assertInstanceOf(Activation.Activated.class, book.activate(after));
        assertEquals(ready().revision(), book.revision());
        assertEquals(database.revisions().newest().orElseThrow().hash(), book.hash());
    }

    @Test
    void afterARestartAndARollbackTheWholeCanStillBeProved() throws Exception {
        inForce(new Target.Numbers(List.of("+4930123456")));
        byte[] whole = ready().bytes();
        begin();

        assertArrayEquals(whole, ready().bytes());
        assertTrue(ready().since(2).length < 20_000);
        publisher.rollBack(Actor.CENTRE, 2, "back again");
        assertTrue(ready().since(3).length < 20_000);
        VerifiedBundle back = taken(ready().bytes(), null);
        assertEquals(NUMBERS, PackedNumbers.count(back.part("managed-black.csv").exact()));
    }

    private void begin() throws Exception {
        shelf = new Shelf();
        BundleKeys keys = BundleKeys.only(KeyFile.openOrMake(state.resolve("bundle.key")));
        publisher = new Publisher("KZ", RuleSource.reference("KZ"), keys, database, shelf, Clock.systemUTC());
        publisher.begin();
    }

    private Shelf.Ready ready() {
        Shelf.Ready ready = shelf.ready();
        assertNotNull(ready);
        return ready;
    }

    /** The verifier's answer to what gateways get. */
    private VerifiedBundle taken(byte[] bundle, @Nullable VerifiedBundle base) throws Exception {
        PinnedKeys keys = PinnedKeys.of(
                List.of(KeyFile.openOrMake(state.resolve("bundle.key")).getPublic()));
        Verification verification =
                new BundleVerifier(keys, "KZ", BundleLimits.DEFAULT).verify(bundle, 0, Instant.now(), base);
        return assertInstanceOf(Verification.Genuine.class, verification, verification::toString)
                .bundle();
    }

    private void approved(ManagedList list, long[] keys) {
        long[] packed =
                LongStream.of(keys).map(each -> PackedNumbers.key(each, false)).toArray();
        ListImport waiting = database.numberLists()
                .addImport(
                        list.id(),
                        id -> ListImport.waiting(id, list.id(), "7", "", "", packed.length, author),
                        packed,
                        written -> {},
                        entry("list.import"));
        database.numberLists().change(waiting.id(), 1, each -> each.approve(approver), entry("list.approve"));
    }

    private void inForce(Target target) throws PublishRefused {
        Instant now = Instant.now();
        OrderContent model = TestOrders.of(OrderAction.DIVERT, "", target, false);
        OrderContent content = new OrderContent(
                model.title(),
                target,
                model.action(),
                model.ladder(),
                model.basis(),
                model.territory(),
                model.calleePrefixes(),
                now,
                now.plus(Duration.ofHours(3)),
                model.confidence(),
                model.origin(),
                false);
        OrderState approved = new OrderState.Approved(List.of(approver), true, false);
        database.orders().add(id -> new Order(id, 1, content, author, false, 0, approved), entry("order.approve"));
        publisher.publish(Actor.CENTRE, "another", each -> true);
    }

    private Signature signature(String number) {
        return new Signature(PublishingLoop.person(database, number), "person " + number, "", Instant.now());
    }

    private AuditEntry entry(String action) {
        return AuditEntry.of(Instant.now(), new Actor(author.person(), "author", ""), action, "");
    }
}
