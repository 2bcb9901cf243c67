package org.anticall.ops.store;

import java.time.ZoneOffset;
import java.util.Optional;
import org.anticall.ops.audit.AuditEntry;

/** Signed copies of documents, known by the SHA-256 of their bytes. Added and never changed. */
public final class Scans {

    private final Database database;

    Scans(Database database) {
        this.database = database;
    }

    /** Keeps a copy; one that is there already is not kept twice. */
    public void add(String hash, byte[] bytes, AuditEntry entry) {
        database.audited(entry, handle -> {
            boolean known = handle.createQuery("SELECT COUNT(*) FROM scan WHERE hash = :hash")
                            .bind("hash", hash)
                            .mapTo(Long.class)
                            .one()
                    > 0;
            return known
                    ? 0
                    : handle.createUpdate("INSERT INTO scan (hash, bytes, stored_at, account) VALUES (:hash, :bytes,"
                                    + " :at, :account)")
                            .bind("hash", hash)
                            .bind("bytes", bytes)
                            .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                            .bind("account", entry.who().account())
                            .execute();
        });
    }

    public boolean has(String hash) {
        return database.inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM scan WHERE hash = :hash")
                        .bind("hash", hash)
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    public Optional<byte[]> find(String hash) {
        return database.inTransaction(handle -> handle.createQuery("SELECT bytes FROM scan WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> row.getBytes("bytes"))
                .findOne());
    }
}
