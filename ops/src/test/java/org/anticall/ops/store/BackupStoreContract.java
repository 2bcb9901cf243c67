package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anticall.ops.TestRecords;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedHead;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.anticall.ops.order.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, on every database. */
abstract class BackupStoreContract extends KeepingStoreContract {

    @TempDir
    Path files;

    /** JDBC URL of another database of the kind, which holds nothing. */
    abstract String another() throws Exception;

    @Test
    void aBackupIsRestoredIntoAnEmptyDatabaseAndNothingElse() throws Exception {
        moveTo(another());
        assertThrows(
                StoreUnavailable.class, () -> Restore.read(files.resolve("backup.zip"), database, files.resolve("k")));
    }

    /** Fills the database, takes a backup, restores it into an empty one at {@code url} and goes on there. */
    final void moveTo(String url) throws Exception {
        HeadSigner signer = signer();
        Order order = filled(signer);
        Path keys = Files.createDirectories(files.resolve("keys"));
        Files.write(keys.resolve("bundle.key"), new byte[] {1, 2, 3});
        Path backup = files.resolve("backup.zip");

        Map<String, Long> rows = Backup.write(database, keys, backup, NOW);

        assertEquals(1, rows.get("orders"));
        Path otherKeys = Files.createTempDirectory(files, "keys");
        try (Database empty = Database.openForRestore(
                files, url, null, null, Restore.look(backup).schema())) {
            assertEquals(rows, Restore.read(backup, empty, otherKeys).tables());
        }
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(otherKeys.resolve("bundle.key")));
        database.close();
        database = Database.open(files, url);
        Path again = files.resolve("again.zip");
        Backup.write(database, keys, again, NOW);
        assertEquals(tables(backup), tables(again), "every row of every table");
        assertEquals(order, database.orders().find(order.id()).orElseThrow());
        assertArrayEquals(line(caught("D0", NOW)), database.records().line("D0").orElseThrow());
        assertInstanceOf(AuditProof.Sound.class, examined(signer));
        // Whatever comes next gets numbers of its own, and the trail goes on.
        assertEquals(order.id() + 1, filledOrder().id());
        assertInstanceOf(AuditProof.Sound.class, examined(signer));
    }

    /** The rows of each table, in no order: databases give them in their own. */
    private static Map<String, Set<JsonNode>> tables(Path backup) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, Set<JsonNode>> tables = new TreeMap<>();
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            for (ZipEntry each : Collections.list(zip.entries())) {
                if (each.getName().startsWith("tables/")) {
                    try (MappingIterator<JsonNode> rows =
                            json.readerFor(JsonNode.class).readValues(zip.getInputStream(each))) {
                        tables.put(each.getName(), new HashSet<>(rows.readAll()));
                    }
                }
            }
        }
        return tables;
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

    @Test
    void aRestoreOfAnOlderBackupIsToldByAHeadThatWasSignedLater() throws Exception {
        HeadSigner signer = signer();
        filled(signer);
        SignedHead early = database.audit().newestHead().orElseThrow();
        Path backup = files.resolve("backup.zip");
        Backup.write(database, Files.createDirectories(files.resolve("keys")), backup, NOW);
        database.audit().add(entry("order.revoke"));
        SignedHead late = database.audit().sign(signer, NOW.plusSeconds(1)).orElseThrow();
        assertInstanceOf(AuditProof.Sound.class, examined(signer, late));

        String url = another();
        try (Database empty = Database.openForRestore(
                files, url, null, null, Restore.look(backup).schema())) {
            Restore.read(backup, empty, Files.createTempDirectory(files, "keys"));
        }
        database.close();
        database = Database.open(files, url);

        assertEquals(early, database.audit().newestHead().orElseThrow(), "signed heads come along");
        assertInstanceOf(AuditProof.Sound.class, examined(signer, early), "it is whole, up to where it was then");
        AuditProof.Broken cutOff = assertInstanceOf(AuditProof.Broken.class, examined(signer, late));
        assertEquals(late.seq(), cutOff.seq());

        // Whoever goes on in the older trail does not get back to the head that was signed.
        database.audit().add(entry("order.approve"));
        database.audit().sign(signer, NOW.plusSeconds(2));
        assertInstanceOf(AuditProof.Broken.class, examined(signer, late));
    }

    private Order filled(HeadSigner signer) {
        Order order = filledOrder();
        add(caught("D0", NOW));
        database.deskCalls().add(List.of(TestRecords.offered("D0", "+7", "+8", "D10", NOW)));
        database.dispositions().note("D0", "олар \"банк\"\n", "operator", NOW);
        database.dispositions().add(disposed("D0", Outcome.HONEST, NOW), OPERATOR, entry("call.disposition"));
        database.retention().hold("D0", entry("evidence.hold"));
        numbers(list("fraud-2026"), 447_700_900_217L);
        database.audit().sign(signer, NOW);
        return order;
    }
}
