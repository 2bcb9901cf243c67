package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditExaminer;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.HeadKey;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.evidence.BlockProposal;
import org.anticall.ops.evidence.Disposition;
import org.anticall.ops.evidence.HandoverNote;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Role;
import org.anticall.ops.publish.Revision;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.rules.Activation;
import org.anticall.rules.Replay;
import org.anticall.rules.RuleBook;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database with the tables of an earlier version, filled by that version, and brought up to date: whatever it holds is
 * read by the stores of today, its trail proves itself, its bundle is believed, and its records are judged as they were.
 */
abstract class UpgradeContract {

    private static final String SCHEMA = "60";
    private static final Instant THEN = Instant.parse("2026-11-28T10:30:00.402517Z");

    @TempDir
    Path files;

    private final Landed landed = new Landed(SCHEMA);
    private Database database;

    /** JDBC URL of a database that holds nothing. */
    abstract String empty() throws Exception;

    @BeforeEach
    final void upgrade() throws Exception {
        String url = empty();
        Path backup = landed.backup(files);
        Restore.Contents contents = Restore.look(backup);
        assertEquals(SCHEMA, contents.schema());
        try (Database old = Database.openForRestore(files, url, null, null, SCHEMA)) {
            assertEquals(SCHEMA, old.onConnection(Tables::schemaVersion));
            Set<String> tables = new HashSet<>(old.onConnection(Tables::inOrder));
            assertEquals(tables, contents.tables().keySet());
            assertEquals(contents, Restore.read(backup, old, Files.createDirectories(files.resolve("keys"))));
        }
        contents.tables()
                .forEach((table, rows) ->
                        assertTrue(rows > 0, table + " has no row, so nothing shows that it lives on"));
        database = Database.open(files, url);
    }

    @AfterEach
    final void close() {
        database.close();
    }

    @Test
    void peopleSignInAsBefore() {
        Account account = database.accounts().find("n.yesimova").orElseThrow();

        assertEquals("Н. Есімова", account.person().name());
        assertEquals(Role.PROSECUTOR, account.role());
        assertEquals("SECRETSECRETSECRETSECRETSECRETSE", account.secondFactor());
        assertTrue(database.accounts().useRecovery("n.yesimova", "a".repeat(64), entry("recovery")));
        assertEquals(
                Set.of(Permission.SEE_ORDERS, Permission.WRITE_ORDERS),
                database.apiTokens().find("t1").orElseThrow().scopes());
    }

    @Test
    void ordersListsAndScansAreThere() {
        Order order = database.orders()
                .search(new Orders.Search("", "", Long.MAX_VALUE, 9))
                .get(0);
        String scan = order.content().basis().scan();
        assertEquals(TestOrders.of(OrderAction.DIVERT, scan), order.content());
        assertArrayEquals(
                "%PDF-1.4 a scan".getBytes(StandardCharsets.US_ASCII),
                database.scans().find(scan).orElseThrow());
        assertEquals(1, database.orders().history(order.id()).size());

        NumberLists.Summary list = database.numberLists().all().get(0);
        assertEquals("fraud-2026", list.list().name());
        assertEquals(3, list.numbers());
        assertEquals(
                List.of(ListImport.State.HOLDING),
                database.numberLists().imports(list.list().id(), 9).stream()
                        .map(ListImport::state)
                        .toList());
        assertEquals(1, database.numberLists().meaning(998_901_234_567L).size(), "by its prefix");

        Order next = database.orders().add(id -> Order.draft(id, order.content(), order.author(), 0), by(order));
        assertEquals(order.id() + 1, next.id());
    }

    @Test
    void whatTheDeskWroteIsThere() throws IOException {
        String record = shown();

        assertTrue(database.deskCalls().historyOf(record).size() > 1, "the steps of its life");
        assertEquals("олар \"банк\"\n", database.dispositions().noteOf(record));
        Disposition disposition = database.dispositions().of(record).orElseThrow();
        assertEquals(Disposition.Outcome.HONEST, disposition.outcome());
        assertEquals("Kaspi", disposition.organisation());
        assertTrue(database.retention().isHeld(record));
        assertEquals(
                List.of(new HandoverNote(THEN, "n.yesimova", "кеше екі дабыл")),
                database.shiftPapers().notes(THEN, 9));
        assertEquals(
                List.of("+447700900123"),
                database.shiftPapers().open(9).stream()
                        .map(BlockProposal::caller)
                        .toList());
    }

    @Test
    void redressGoesOn() {
        assertEquals(Map.of("open", 1L, "upheld", 1L), database.appeals().counts());
        List<AllowEntry> holding = database.allowEntries().holding(THEN);
        assertEquals(
                List.of("+447700900218"),
                holding.stream().map(AllowEntry::number).toList());
        assertEquals(
                2,
                database.allowEntries()
                        .search(new RedressSearch("", "", Long.MAX_VALUE, 9))
                        .size());
        assertEquals(1, database.findings().precision(THEN).size());
    }

    @Test
    void theTrailProvesItselfAndGoesOn() throws Exception {
        database.audit().add(entry("look.receipt"));
        HeadKey key = HeadKey.parse(landed.auditKey());
        StringBuilder lines = new StringBuilder();
        // What is exported was signed before: only the key's name is needed.
        HeadSigner named = new HeadSigner(new KeyPair(key.key(), null));
        database.audit().export(named, line -> lines.append(line).append('\n'));

        AuditProof proof = new AuditExaminer(key, null).examine(new BufferedReader(new StringReader(lines.toString())));

        AuditProof.Sound sound = assertInstanceOf(AuditProof.Sound.class, proof, proof::toString);
        assertTrue(sound.heads() > 0 && sound.cut() != null, sound::toString);
    }

    @Test
    void theBundleIsBelievedAndEveryRecordIsJudgedAsItWas() throws Exception {
        Revision revision = database.revisions().newest().orElseThrow();
        byte[] bytes = database.revisions().bundle(revision.revision()).orElseThrow();
        assertEquals(1, database.revisions().reports(revision.revision()).size());
        BundleVerifier verifier = new BundleVerifier(
                PinnedKeys.of(List.of(SigningKeys.publicKey(landed.bundleKey()))), "KZ", BundleLimits.DEFAULT);

        Verification.Genuine genuine =
                assertInstanceOf(Verification.Genuine.class, verifier.verify(bytes, 0, revision.at()));
        RuleBook book = RuleBook.forHome("KZ");
        assertInstanceOf(Activation.Activated.class, book.activate(genuine.bundle()));
        assertEquals(revision.hash(), book.hash());
        Set<String> verdicts = new HashSet<>();
        for (String id : landed.records()) {
            DecisionRecord record =
                    DecisionRecordCodec.decode(database.records().line(id).orElseThrow());
            verdicts.add(record.decision().verdict().kind().name());
            assertEquals(List.of(), Replay.of(book, record).differences(), id);
        }
        assertEquals(Set.of("PASS", "LABEL", "REJECT", "DIVERT"), verdicts);
    }

    /** The diverted call people have worked on. */
    private String shown() throws IOException {
        return landed.records().stream()
                .filter(id -> !database.dispositions().noteOf(id).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static AuditEntry entry(String action) {
        return AuditEntry.of(THEN, Actor.CENTRE, action, "A");
    }

    private static AuditEntry by(Order order) {
        return new AuditEntry(THEN, new Actor(order.author().person(), "n.yesimova", ""), "order.write", "", "{}", "");
    }
}
