package org.anticall.ops.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.evidence.BlockProposal;
import org.anticall.ops.evidence.HandoverNote;

/** What a shift writes for others: notes for the next one, callers it wants blocked. Thread-safe. */
public final class ShiftPapers {

    /** Longest note and longest reason, characters. */
    public static final int LONGEST_TEXT = 2_000;

    private final Database database;

    ShiftPapers(Database database) {
        this.database = database;
    }

    /** Adds a note and its link in the trail, both or neither. */
    public void handOver(HandoverNote note, AuditEntry entry) {
        database.audited(entry, handle -> handle.createUpdate(
                        "INSERT INTO handover (at, account, text) VALUES (:at, :account, :text)")
                .bind("at", note.at().atOffset(ZoneOffset.UTC))
                .bind("account", note.account())
                .bind("text", note.text())
                .execute());
    }

    /** The notes since {@code from}, latest first, at most {@code most}. */
    public List<HandoverNote> notes(Instant from, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM handover WHERE at >= :from ORDER BY id DESC FETCH FIRST :most ROWS ONLY")
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("most", most)
                .map((row, context) -> new HandoverNote(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("account"),
                        row.getString("text")))
                .list());
    }

    /** Adds a proposal and its link in the trail, both or neither; its id is given by the database. */
    public void propose(BlockProposal proposal, AuditEntry entry) {
        database.audited(entry, handle -> handle.createUpdate(
                        "INSERT INTO block_proposal (at, account, record_id, caller, why, blocked) VALUES (:at, :account,"
                                + " :record, :caller, :why, FALSE)")
                .bind("at", proposal.at().atOffset(ZoneOffset.UTC))
                .bind("account", proposal.account())
                .bind("record", proposal.recordId())
                .bind("caller", proposal.caller())
                .bind("why", proposal.why())
                .execute());
    }

    /** The proposals nobody has closed, oldest first, at most {@code most}. */
    public List<BlockProposal> open(int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM block_proposal WHERE closed_at IS NULL ORDER BY id FETCH FIRST :most ROWS ONLY")
                .bind("most", most)
                .map((row, context) -> new BlockProposal(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("account"),
                        row.getString("record_id"),
                        row.getString("caller"),
                        row.getString("why")))
                .list());
    }

    /**
     * Closes a proposal.
     *
     * @param blocked whether an order came of it
     * @return false if it is closed already or there is none; then nothing is written
     */
    public boolean close(long id, boolean blocked, AuditEntry entry) {
        return database.inTransaction(handle -> {
            int closed = handle.createUpdate("UPDATE block_proposal SET closed_at = :at, closed_by = :by, blocked ="
                            + " :blocked WHERE id = :id AND closed_at IS NULL")
                    .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                    .bind("by", entry.who().account())
                    .bind("blocked", blocked)
                    .bind("id", id)
                    .execute();
            if (closed > 0) {
                AuditTrail.append(handle, entry);
            }
            return closed > 0;
        });
    }
}
