package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.evidence.BlockProposal;
import org.anticall.ops.evidence.HandoverNote;
import org.anticall.ops.order.Order;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

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
                .map(ShiftPapers::proposal)
                .list());
    }

    /** A proposal, closed or not. */
    public Optional<BlockProposal> find(long id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT * FROM block_proposal WHERE id = :id")
                .bind("id", id)
                .map(ShiftPapers::proposal)
                .findOne());
    }

    /**
     * Closes a proposal without an order.
     *
     * @return false if it is closed already or there is none; then nothing is written
     */
    public boolean letBe(long id, AuditEntry entry) {
        return database.inTransaction(handle -> close(handle, id, null, entry));
    }

    /**
     * The order that came of a proposal.
     *
     * @param now whether it was made now, and not when the same was asked before
     */
    public record Blocked(long order, boolean now) {}

    /**
     * Makes the order of a proposal and closes it, both or neither, and once however often it is asked.
     *
     * @param order makes it for the number that it gets; what it throws is thrown on and nothing is written
     * @param made the link of the trail for the order; its subject is set to it
     * @param closed the link of the trail for the proposal
     * @return empty if it was closed without an order, or there is none
     */
    public Optional<Blocked> block(long id, LongFunction<Order> order, AuditEntry made, AuditEntry closed) {
        return database.inTransaction(handle -> {
            boolean open = handle.createQuery(
                            "SELECT id FROM block_proposal WHERE id = :id AND closed_at IS NULL FOR UPDATE")
                    .bind("id", id)
                    .mapTo(Long.class)
                    .findOne()
                    .isPresent();
            if (!open) {
                return handle.createQuery("SELECT order_id FROM block_proposal WHERE id = :id AND order_id IS NOT NULL")
                        .bind("id", id)
                        .mapTo(Long.class)
                        .findOne()
                        .map(before -> new Blocked(before, false));
            }
            long number = Orders.add(handle, order, made).id();
            close(handle, id, number, closed);
            return Optional.of(new Blocked(number, true));
        });
    }

    private static boolean close(Handle handle, long id, @Nullable Long order, AuditEntry entry) {
        int closed = handle.createUpdate("UPDATE block_proposal SET closed_at = :at, closed_by = :by, blocked ="
                        + " :blocked, order_id = :order WHERE id = :id AND closed_at IS NULL")
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("by", entry.who().account())
                .bind("blocked", order != null)
                .bind("order", order)
                .bind("id", id)
                .execute();
        if (closed > 0) {
            AuditTrail.append(handle, entry);
        }
        return closed > 0;
    }

    private static BlockProposal proposal(ResultSet row, StatementContext context) throws SQLException {
        return new BlockProposal(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("account"),
                row.getString("record_id"),
                row.getString("caller"),
                row.getString("why"));
    }
}
