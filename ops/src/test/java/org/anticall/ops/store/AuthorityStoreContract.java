package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.redress.Appeal;
import org.anticall.ops.redress.Finding;
import org.anticall.ops.redress.Precision;
import org.anticall.ops.redress.WorkingTime;
import org.anticall.ops.store.Records.Received;
import org.anticall.ops.store.Retention.Forgotten;
import org.anticall.ops.store.Retention.Terms;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redress, retention and backups, on every database. */
abstract class AuthorityStoreContract extends StoreContract {

    private static final Terms TERMS = new Terms(Duration.ofDays(30), Duration.ofDays(183));

    @TempDir
    Path files;

    /** JDBC URL of another database of the kind, which holds nothing. */
    abstract String another() throws Exception;

    @Test
    void aDecidedAppealIsKeptWithItsEntryAndWhatItSaysAboutTheRule() {
        Signature clerk = new Signature(1, "clerk", "", NOW);
        Signature judge = new Signature(2, "judge", "", NOW);
        Appeal.Telling telling = new Appeal.Telling(
                Appeal.Appellant.CITIZEN, "А. Б.", "a@b.kz", "+447700900217", "олар қоңырау шалады", List.of("A"));
        Appeal taken =
                database.appeals().add(id -> Appeal.taken(id, telling, clerk, WorkingTime.KZ), entry("appeal.take"));

        Appeal.Decided decided = database.appeals()
                .decide(
                        taken.id(),
                        1,
                        (appeal, id) -> appeal.uphold(id.getAsLong(), judge, "a bank", NOW.plus(Duration.ofDays(9))),
                        Map.of("A", "D10"),
                        entry("appeal.uphold"))
                .orElseThrow();

        assertEquals(decided.appeal(), database.appeals().find(taken.id()).orElseThrow());
        assertEquals(List.of(decided.freed()), database.allowEntries().holding(NOW));
        assertEquals(List.of(), database.allowEntries().holding(NOW.plus(Duration.ofDays(9))));
        assertEquals(Map.of("D10", new Precision(0, 1)), database.findings().precision(NOW));
        assertEquals(Map.of("upheld", 1L), database.appeals().counts());
        assertEquals(List.of("allow.approve", "appeal.uphold", "appeal.take"), links());
        assertThrows(Outdated.class, () -> database.appeals()
                .change(taken.id(), 1, each -> each.withdraw(clerk, "x"), entry("appeal.withdraw")));
    }

    @Test
    void theLatestFindingOnARecordCounts() {
        Signature operator = new Signature(1, "operator", "", NOW);
        for (Finding.Kind kind : List.of(Finding.Kind.LEGITIMATE, Finding.Kind.FRAUD)) {
            Finding finding = new Finding("A", "D10", kind, Finding.Source.DISPOSITION, NOW);
            database.findings().disposed(finding, "+447700900217", operator, entry("call.finding"));
        }
        Finding unclear = new Finding("B", "D11", Finding.Kind.UNCLEAR, Finding.Source.DISPOSITION, NOW);
        database.findings().disposed(unclear, "", operator, entry("call.finding"));

        assertEquals(
                Map.of("D10", new Precision(1, 0), "D11", new Precision(0, 0)),
                database.findings().precision(NOW));
        assertEquals(
                "proposed",
                database.allowEntries()
                        .search(new RedressSearch("", "+4477", Long.MAX_VALUE, 9))
                        .get(0)
                        .state()
                        .text());
        assertThrows(Exception.class, () -> tamper("DELETE FROM finding"));
        assertThrows(Exception.class, () -> tamper("UPDATE redress_version SET why = 'x'"));
    }

    @Test
    void whatWasKeptLongEnoughIsForgottenToTheMillisecond() {
        Instant passes = NOW.minus(TERMS.passes());
        Instant others = NOW.minus(TERMS.records());
        add(TestRecords.passed("P0", 1, 2, passes.minusMillis(1)), TestRecords.passed("P1", 1, 2, passes));
        add(caught("D0", others.minusMillis(1)), caught("D1", others), caught("D2", others.minusMillis(1)));
        DeskCall call = TestRecords.offered("D0", "+7", "+8", "D10", others.minusMillis(1));
        database.deskCalls().add(List.of(call));
        database.retention().hold("D2", entry("evidence.hold"));

        Forgotten forgotten = database.retention().forget(TERMS, NOW, entry("retention.forget"));

        assertEquals(new Forgotten(1, 1, 1), forgotten);
        assertEquals(List.of("P1", "D1", "D2"), left("P0", "P1", "D0", "D1", "D2"));
        assertEquals("retention.forget", links().get(0));
        assertTrue(database.retention()
                .forget(TERMS, NOW, entry("retention.forget"))
                .isNothing());
    }

    @Test
    void evidenceStaysUntilItIsReleased() {
        add(caught("D0", NOW.minus(TERMS.records()).minusMillis(1)));
        database.retention().hold("D0", entry("evidence.hold"));
        database.retention().hold("D0", entry("evidence.hold"));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));
        assertEquals(List.of("D0"), left("D0"));

        assertTrue(database.retention().release("D0", entry("evidence.release")));
        assertFalse(database.retention().release("D0", entry("evidence.release")));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));

        assertEquals(List.of(), left("D0"));
    }

    @Test
    void recordsOfAnOpenAppealStay() {
        add(caught("D0", NOW.minus(TERMS.records()).minusMillis(1)));
        Signature clerk = new Signature(1, "clerk", "", NOW);
        Appeal.Telling telling =
                new Appeal.Telling(Appeal.Appellant.CALLER, "a", "b", "+447700900217", "c", List.of("D0"));
        Appeal open =
                database.appeals().add(id -> Appeal.taken(id, telling, clerk, WorkingTime.BY), entry("appeal.take"));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));
        assertEquals(List.of("D0"), left("D0"));

        database.appeals().change(open.id(), 1, each -> each.withdraw(clerk, "x"), entry("appeal.withdraw"));
        database.retention().forget(TERMS, NOW, entry("retention.forget"));

        assertEquals(List.of(), left("D0"));
    }

    @Test
    void aBackupIsRestoredIntoAnEmptyDatabaseAndNothingElse() throws Exception {
        HeadSigner signer = signer();
        Order order = filled(signer);
        Path keys = Files.createDirectories(files.resolve("keys"));
        Files.write(keys.resolve("bundle.key"), new byte[] {1, 2, 3});
        Path backup = files.resolve("backup.zip");

        Map<String, Long> rows = Backup.write(database, keys, backup, NOW);

        assertEquals(1, rows.get("orders"));
        String url = another();
        Path otherKeys = files.resolve("other-keys");
        try (Database empty = Database.openForRestore(
                files, url, null, null, Restore.look(backup).schema())) {
            assertEquals(rows, Restore.read(backup, empty, otherKeys).tables());
        }
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(otherKeys.resolve("bundle.key")));
        database.close();
        database = Database.open(files, url);
        assertEquals(order, database.orders().find(order.id()).orElseThrow());
        assertArrayEquals(line(caught("D0", NOW)), database.records().line("D0").orElseThrow());
        assertInstanceOf(AuditProof.Sound.class, examined(signer));
        // Whatever comes next gets numbers of its own, and the trail goes on.
        assertEquals(order.id() + 1, filledOrder().id());
        assertInstanceOf(AuditProof.Sound.class, examined(signer));
        assertThrows(StoreUnavailable.class, () -> Restore.read(backup, database, otherKeys));
    }

    @Test
    void aKeyThatIsThereAlreadyIsNotWrittenOver() throws Exception {
        Path keys = Files.createDirectories(files.resolve("keys"));
        Files.write(keys.resolve("bundle.key"), new byte[] {1});
        Path backup = files.resolve("backup.zip");
        Backup.write(database, keys, backup, NOW);
        Files.write(keys.resolve("bundle.key"), new byte[] {2});

        try (Database empty = Database.openForRestore(
                files, another(), null, null, Restore.look(backup).schema())) {
            IOException refused = assertThrows(IOException.class, () -> Restore.read(backup, empty, keys));
            assertTrue(refused.getMessage().contains("another key"), refused.getMessage());
            assertEquals(List.of(), empty.people().all());
        }
    }

    private Order filled(HeadSigner signer) {
        Order order = filledOrder();
        add(caught("D0", NOW));
        database.audit().sign(signer, NOW);
        return order;
    }

    private Order filledOrder() {
        Signature author = new Signature(
                database.people().all().isEmpty()
                        ? person("900101300001").id()
                        : database.people().all().get(0).id(),
                "a",
                "",
                NOW);
        AuditEntry entry = new AuditEntry(NOW, new Actor(author.person(), "a", ""), "order.write", "", "{}", "");
        return database.orders().add(id -> Order.draft(id, TestOrders.number(), author, 0), entry);
    }

    private void add(DecisionRecord... records) {
        for (DecisionRecord each : records) {
            database.records().add(List.of(new Received(each, line(each))), NOW);
        }
    }

    private static DecisionRecord caught(String id, Instant at) {
        return TestRecords.diverted(id, 77172700000L, 77011234567L, "D10", TestRecords.LANDLINE_FROM_ABROAD, at);
    }

    private List<String> left(String... ids) {
        return List.of(ids).stream()
                .filter(each -> database.records().line(each).isPresent())
                .toList();
    }
}
