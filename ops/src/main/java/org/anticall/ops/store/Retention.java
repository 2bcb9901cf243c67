package org.anticall.ops.store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.anticall.ops.audit.AuditEntry;
import org.jdbi.v3.core.Handle;

/**
 * Forgets what is not needed any more: records of calls that passed, then those of all others with what the desk did and what
 * operators wrote, except evidence that is held and records of open appeals. Thread-safe; small steps, so that nobody waits.
 */
public final class Retention {

    private static final int BATCH = 2_000;

    private static final String KEPT =
            " AND NOT EXISTS (SELECT 1 FROM evidence_hold h WHERE h.record_id = r.id AND h.released_at IS NULL)"
                    + " AND NOT EXISTS (SELECT 1 FROM appeal_record a WHERE a.record_id = r.id)";

    private final Database database;

    Retention(Database database) {
        this.database = database;
    }

    /**
     * How long things are kept.
     *
     * @param passes records of calls that passed
     * @param records records of all other calls, their life at the desk and what operators wrote of them
     * @param recordings what was said in calls
     * @param audit links of the trail
     */
    public record Terms(Duration passes, Duration records, Duration recordings, Duration audit) {
        /** Thirty days, twice six months, and five years. */
        public static final Terms USUAL =
                new Terms(Duration.ofDays(30), Duration.ofDays(183), Duration.ofDays(183), Duration.ofDays(1_827));
    }

    /**
     * What was forgotten.
     *
     * @param papers notes and dispositions
     */
    public record Forgotten(long passes, long records, long deskChanges, long papers) {
        public boolean isNothing() {
            return passes + records + deskChanges + papers == 0;
        }
    }

    /** Forgets everything that is over at {@code now}; how much is told in the trail if it was anything. */
    public Forgotten forget(Terms terms, Instant now, AuditEntry entry) {
        Instant passes = now.minus(terms.passes());
        Instant records = now.minus(terms.records());
        Forgotten forgotten = new Forgotten(
                all(
                        "DELETE FROM record WHERE id IN (SELECT r.id FROM record r WHERE r.verdict = 'pass' AND r.at < :before"
                                + KEPT + " FETCH FIRST :most ROWS ONLY)",
                        passes),
                all(
                        "DELETE FROM record WHERE id IN (SELECT r.id FROM record r WHERE r.verdict <> 'pass' AND r.at < :before"
                                + KEPT + " FETCH FIRST :most ROWS ONLY)",
                        records),
                all(
                        "DELETE FROM desk_call WHERE id IN (SELECT d.id FROM desk_call d WHERE d.changed_at < :before AND NOT"
                                + " EXISTS (SELECT 1 FROM record r WHERE r.id = d.record_id) FETCH FIRST :most ROWS ONLY)",
                        records),
                all(
                                "DELETE FROM call_note WHERE record_id IN (SELECT n.record_id FROM call_note n WHERE n.changed_at <"
                                        + " :before AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = n.record_id) FETCH FIRST :most"
                                        + " ROWS ONLY)",
                                records)
                        + all(
                                "DELETE FROM disposition WHERE id IN (SELECT p.id FROM disposition p WHERE p.at < :before AND NOT"
                                        + " EXISTS (SELECT 1 FROM record r WHERE r.id = p.record_id) FETCH FIRST :most ROWS ONLY)",
                                records));
        if (!forgotten.isNothing()) {
            String details = "{\"passes\":" + forgotten.passes() + ",\"records\":" + forgotten.records()
                    + ",\"deskChanges\":" + forgotten.deskChanges() + ",\"papers\":" + forgotten.papers() + "}";
            database.audit()
                    .add(new AuditEntry(
                            entry.at(), entry.who(), entry.action(), entry.subject(), details, entry.why()));
        }
        return forgotten;
    }

    private long all(String sql, Instant before) {
        long sum = 0;
        int gone;
        do {
            gone = database.inTransaction(handle -> handle.createUpdate(sql)
                    .bind("before", before.atOffset(ZoneOffset.UTC))
                    .bind("most", BATCH)
                    .execute());
            sum += gone;
        } while (gone == BATCH);
        return sum;
    }

    /** Holds a record as evidence; one that is held already is not held twice. */
    public void hold(String record, AuditEntry entry) {
        database.audited(
                entry,
                handle -> isHeld(handle, record)
                        ? 0
                        : handle.createUpdate(
                                        "INSERT INTO evidence_hold (record_id, at, account) VALUES (:record, :at, :account)")
                                .bind("record", record)
                                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                                .bind("account", entry.who().account())
                                .execute());
    }

    /** Releases a record from being evidence; its time goes on from the call. Whether it was held. */
    public boolean release(String record, AuditEntry entry) {
        return database.inTransaction(handle -> {
            boolean held = handle.createUpdate(
                                    "UPDATE evidence_hold SET released_at = :at WHERE record_id = :record AND released_at IS NULL")
                            .bind("record", record)
                            .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                            .execute()
                    > 0;
            if (held) {
                AuditTrail.append(handle, entry);
            }
            return held;
        });
    }

    /** Whether what belongs to the record has to stay: it is held as evidence, or an appeal that is not decided names it. */
    public boolean isNeeded(String record) {
        return database.inTransaction(handle -> isHeld(handle, record)
                || handle.createQuery("SELECT COUNT(*) FROM appeal_record WHERE record_id = :record")
                                .bind("record", record)
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    public boolean isHeld(String record) {
        return database.inTransaction(handle -> isHeld(handle, record));
    }

    private static boolean isHeld(Handle handle, String record) {
        return handle.createQuery(
                                "SELECT COUNT(*) FROM evidence_hold WHERE record_id = :record AND released_at IS NULL")
                        .bind("record", record)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }
}
