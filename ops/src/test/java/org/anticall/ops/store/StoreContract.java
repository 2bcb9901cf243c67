package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditExaminer;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedHead;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.ApiToken;
import org.anticall.ops.people.Lockout;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.AuditTrail.Search;
import org.anticall.ops.store.Records.Received;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database has to do, whichever it is. */
abstract class StoreContract {

    static final Instant NOW = Instant.parse("2026-11-21T02:47:03.402517Z");
    static final Actor ADMIN = new Actor(1, "admin", "192.0.2.1");

    Database database;

    /** An empty database. */
    abstract Database open() throws Exception;

    /** Runs a statement as the person who runs the database, beside the centre. */
    abstract void tamper(String sql) throws Exception;

    @BeforeEach
    final void openTheDatabase() throws Exception {
        database = open();
    }

    @AfterEach
    final void closeTheDatabase() {
        database.close();
    }

    // ---- records and calls ----

    @Test
    void aRecordIsStoredOnce() {
        Received first = new Received(diverted("A"), new byte[] {1});
        Received again = new Received(diverted("A"), new byte[] {2});

        assertEquals(1, database.records().add(List.of(first, again), NOW).size());
        assertEquals(0, database.records().add(List.of(again), NOW).size());

        assertEquals(1, database.records().count());
        assertArrayEquals(new byte[] {1}, database.records().line("A").orElseThrow());
    }

    @Test
    void theLatestRecordsOfAVerdictComeFirst() {
        for (int i = 0; i < 3; i++) {
            DecisionRecord record =
                    TestRecords.diverted("R" + i, 1, 2, "D10", TestRecords.LANDLINE_FROM_ABROAD, NOW.plusSeconds(i));
            database.records().add(List.of(new Received(record, new byte[] {(byte) i})), NOW);
        }
        DecisionRecord passed = TestRecords.passed("P", 1, 2, NOW.plusSeconds(9));
        database.records().add(List.of(new Received(passed, new byte[] {9})), NOW);

        List<byte[]> latest = database.records().latest("divert", 2);

        assertEquals(2, latest.size());
        assertArrayEquals(new byte[] {2}, latest.get(0));
        assertArrayEquals(new byte[] {1}, latest.get(1));
    }

    @Test
    void theLifeOfACallIsKeptInItsOrder() {
        DeskCall offered = TestRecords.offered("A", "+7", "+8", "D10", NOW);
        DeskCall ringing = TestRecords.moved(offered, State.RINGING, "101", NOW.plusMillis(5));
        DeskCall over = TestRecords.over(ringing, State.RELEASED, DeskCall.Outcome.RELEASED, NOW.plusMillis(9));
        database.deskCalls().add(List.of(offered, ringing));
        database.deskCalls().add(List.of(over, TestRecords.offered("B", "+1", "+2", "", NOW)));

        assertEquals(List.of(offered, ringing, over), database.deskCalls().historyOf("A"));
        assertEquals(
                List.of("B", "A"),
                database.deskCalls().latest(10).stream().map(DeskCall::recordId).toList());
        assertEquals(State.RELEASED, database.deskCalls().latest(10).get(1).state());
    }

    // ---- people ----

    @Test
    void twoPersonsCannotHaveOneStaffNumber() {
        person("900101300001");

        assertThrows(AlreadyThere.class, () -> person("900101300001"));
        assertEquals(1, database.people().all().size());
        assertEquals(1, links().size(), "what was not done is not in the trail");
    }

    @Test
    void anAccountKeepsWhoseItIs() {
        Account account = account("n.yesimova");

        assertEquals("900101300001", account.person().staffNumber());
        assertEquals(Role.PROSECUTOR, account.role());
        assertTrue(account.active());
        assertThrows(AlreadyThere.class, () -> database.accounts()
                .add("n.yesimova", account.person(), Role.OPERATOR, "hash", entry("account.add")));
    }

    @Test
    void theAccountIsLockedByOneFailureTooManyAndUnlockedByAnAdministrator() {
        account("n.yesimova");
        for (int i = 1; i < Lockout.MOST_FAILURES; i++) {
            assertTrue(database.accounts()
                    .failed("n.yesimova", NOW, entry("account.locked"))
                    .isEmpty());
        }
        assertFalse(found().isLocked(NOW));

        Instant until = database.accounts()
                .failed("n.yesimova", NOW, entry("account.locked"))
                .orElseThrow();

        assertEquals(NOW.plus(Lockout.WAIT), until);
        assertTrue(found().isLocked(until.minusMillis(1)));
        assertFalse(found().isLocked(until));
        assertEquals("account.locked", links().get(0));

        database.accounts().succeeded(found(), NOW, entry("session.begin"));
        assertTrue(found().isLocked(NOW), "who was known came in; it stays locked for strangers");
        database.accounts().unlock("n.yesimova", entry("account.unlock"));
        assertFalse(found().isLocked(NOW));
    }

    @Test
    void aSuccessForgetsTheFailuresBeforeIt() {
        account("n.yesimova");
        for (int i = 0; i < 3 * Lockout.MOST_FAILURES; i++) {
            assertTrue(database.accounts()
                    .failed("n.yesimova", NOW, entry("account.locked"))
                    .isEmpty());
            database.accounts().succeeded(found(), NOW, entry("session.begin"));
        }
    }

    @Test
    void aCodeAndARecoveryCodeAreTakenOnce() {
        account("n.yesimova");
        database.accounts().changeSecondFactor("n.yesimova", "SECRET", List.of(hash('a')), entry("second-factor"));

        assertEquals("SECRET", found().secondFactor());
        assertTrue(database.accounts().take("n.yesimova", 60));
        assertFalse(database.accounts().take("n.yesimova", 60));
        assertTrue(database.accounts().useRecovery("n.yesimova", hash('a'), entry("recovery")));
        assertFalse(database.accounts().useRecovery("n.yesimova", hash('a'), entry("recovery")));
        assertFalse(database.accounts().useRecovery("n.yesimova", hash('b'), entry("recovery")));
    }

    @Test
    void aTokenIsKeptWithItsScopesAndWithdrawnByItsOwnerOnly() {
        account("n.yesimova");
        Set<Permission> scopes = Set.of(Permission.SEE_ORDERS, Permission.WRITE_ORDERS);
        Instant end = NOW.plus(Duration.ofDays(1));
        database.apiTokens()
                .add(new ApiToken("t1", "n.yesimova", "import", scopes, hash('c'), NOW, end, null), entry("token.add"));

        assertEquals(scopes, database.apiTokens().find("t1").orElseThrow().scopes());
        assertFalse(database.apiTokens().revoke("t1", "another", entry("token.revoke")));
        assertTrue(database.apiTokens().find("t1").orElseThrow().isGood(end.minusMillis(1)));
        assertFalse(database.apiTokens().find("t1").orElseThrow().isGood(end));
        assertTrue(database.apiTokens().revoke("t1", "n.yesimova", entry("token.revoke")));
        assertFalse(database.apiTokens().find("t1").orElseThrow().isGood(NOW));
    }

    // ---- the trail ----

    @Test
    void theExportedTrailIsWholeAndSigned() throws Exception {
        HeadSigner signer = signer();
        database.audit().add(entry("one"));
        database.audit().sign(signer, NOW);
        database.audit().add(new AuditEntry(NOW, ADMIN, "two", "order 7", "{\"ә\":\"ў\"}", "себебі бар"));
        database.audit().sign(signer, NOW.plusSeconds(1));
        database.audit().sign(signer, NOW.plusSeconds(2));

        AuditProof.Sound sound = assertInstanceOf(AuditProof.Sound.class, examined(signer));

        assertEquals(2, sound.links());
        assertEquals(2, sound.heads(), "what is signed is not signed again");
    }

    @Test
    void theDatabaseItselfRefusesToChangeTheTrail() {
        database.audit().add(entry("one"));

        for (String sql : List.of("UPDATE audit SET why = 'x'", "DELETE FROM audit")) {
            assertThrows(Exception.class, () -> tamper(sql), sql);
        }
        assertEquals(List.of("one"), links());
    }

    @Test
    void aRowTamperedWithBesideTheCentreIsFound() throws Exception {
        HeadSigner signer = signer();
        for (String action : List.of("one", "two", "three")) {
            database.audit().add(entry(action));
        }
        withoutProtection();
        tamper("UPDATE audit SET account = 'somebody-else' WHERE seq = 2");

        AuditProof.Broken broken = assertInstanceOf(AuditProof.Broken.class, examined(signer));

        assertEquals(2, broken.seq());
    }

    /** Takes the protection away, as only the owner of the database can. */
    abstract void withoutProtection() throws Exception;

    @Test
    void manyAtOnceMakeOneChain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            work.add(() -> {
                for (int k = 0; k < 25; k++) {
                    database.audit().add(entry("look.receipt"));
                }
                return null;
            });
        }
        for (Future<Void> each : threads.invokeAll(work)) {
            each.get();
        }
        threads.shutdown();

        assertEquals(
                200,
                assertInstanceOf(AuditProof.Sound.class, examined(signer())).links());
    }

    @Test
    void linksAreFoundByActionSubjectAndPerson() {
        database.audit().add(AuditEntry.of(NOW, ADMIN, "order.submit", "order 1"));
        database.audit().add(AuditEntry.of(NOW, new Actor(2, "b", ""), "order.approve", "order 1"));
        database.audit().add(AuditEntry.of(NOW, ADMIN, "look.numbers", "A"));

        assertEquals(List.of("order.approve", "order.submit"), found(new Search("order", "", 0, Long.MAX_VALUE, 9)));
        assertEquals(List.of("order.approve"), found(new Search("", "order 1", 2, Long.MAX_VALUE, 9)));
        assertEquals(List.of("order.submit"), found(new Search("", "", 1, 3, 9)));
        assertEquals(List.of("look.numbers"), found(new Search("", "", 0, Long.MAX_VALUE, 1)));
        assertEquals(1, database.audit().looksAt("A"));
    }

    // ---- what the tests share ----

    Account account(String name) {
        database.accounts().add(name, person("900101300001"), Role.PROSECUTOR, "hash", entry("account.add"));
        return database.accounts().find(name).orElseThrow();
    }

    Person person(String staffNumber) {
        return database.people().add(staffNumber, "Н. Есімова", "1-бөлім", entry("person.add"));
    }

    private Account found() {
        return database.accounts().find("n.yesimova").orElseThrow();
    }

    private List<String> found(Search search) {
        return database.audit().find(search).stream()
                .map(link -> link.entry().action())
                .toList();
    }

    List<String> links() {
        return found(new Search("", "", 0, Long.MAX_VALUE, 100));
    }

    AuditProof examined(HeadSigner signer) throws IOException {
        return examined(signer, null);
    }

    /** @param head signed earlier and kept elsewhere, null for none */
    AuditProof examined(HeadSigner signer, @Nullable SignedHead head) throws IOException {
        StringBuilder lines = new StringBuilder();
        database.audit().export(signer, line -> lines.append(line).append('\n'));
        return new AuditExaminer(signer.key(), head).examine(new BufferedReader(new StringReader(lines.toString())));
    }

    static AuditEntry entry(String action) {
        return AuditEntry.of(NOW, ADMIN, action, "");
    }

    private static String hash(char of) {
        return String.valueOf(of).repeat(64);
    }

    static HeadSigner signer() throws NoSuchAlgorithmException {
        return new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    static DecisionRecord diverted(String id) {
        return TestRecords.diverted(id, 77172700000L, 77011234567L, "D10", TestRecords.LANDLINE_FROM_ABROAD, NOW);
    }

    static byte[] line(DecisionRecord record) {
        return TestRecords.line(record).getBytes(StandardCharsets.UTF_8);
    }
}
