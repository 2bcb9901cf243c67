package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.ops.desk.DeskCall;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** What became of the diverted calls at the desk: every change of every call. */
public final class DeskCalls {

    private static final int LONGEST_NUMBER = 64;

    private final Database database;

    DeskCalls(Database database) {
        this.database = database;
    }

    /**
     * Adds changes in their order, all or none.
     *
     * @throws StoreUnavailable if the database refuses
     */
    public void add(Collection<DeskCall> changes) {
        if (changes.isEmpty()) {
            return;
        }
        database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO desk_call (record_id, state, seat, outcome, caller,"
                    + " callee, rule, offered_at, changed_at) VALUES (:record, :state, :seat, :outcome, :caller,"
                    + " :callee, :rule, :offered, :changed)");
            for (DeskCall call : changes) {
                DeskCall.Outcome outcome = call.outcome();
                batch.bind("record", bounded(call.recordId()))
                        .bind("state", call.state().name())
                        .bind("seat", call.seat())
                        .bind("outcome", outcome == null ? null : outcome.name())
                        .bind("caller", bounded(call.caller()))
                        .bind("callee", bounded(call.callee()))
                        .bind("rule", bounded(call.rule()))
                        .bind("offered", call.offeredAt().atOffset(ZoneOffset.UTC))
                        .bind("changed", call.changedAt().atOffset(ZoneOffset.UTC))
                        .add();
            }
            return batch.execute();
        });
    }

    /** The life of one call, oldest change first; empty if it never came to the desk. */
    public List<DeskCall> historyOf(String recordId) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM desk_call WHERE record_id = :record ORDER BY id")
                        .bind("record", recordId)
                        .map(DeskCalls::read)
                        .list());
    }

    /** The last known state of the latest calls, newest first, at most {@code most}. */
    public List<DeskCall> latest(int most) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT d.* FROM desk_call d WHERE d.id = (SELECT MAX(l.id) FROM desk_call"
                                + " l WHERE l.record_id = d.record_id) ORDER BY d.id DESC FETCH FIRST :most ROWS ONLY")
                        .bind("most", most)
                        .map(DeskCalls::read)
                        .list());
    }

    /** The last known state of these calls, by id; without those that never came to the desk. */
    public Map<String, DeskCall> lastOf(Collection<String> recordIds) {
        if (recordIds.isEmpty()) {
            return Map.of();
        }
        Map<String, DeskCall> last = new HashMap<>();
        database.inTransaction(
                        handle -> handle.createQuery("SELECT d.* FROM desk_call d WHERE d.id IN (SELECT MAX(l.id)"
                                        + " FROM desk_call l WHERE l.record_id IN (<ids>) GROUP BY l.record_id)")
                                .bindList("ids", List.copyOf(recordIds))
                                .map(DeskCalls::read)
                                .list())
                .forEach(each -> last.put(each.recordId(), each));
        return last;
    }

    private static DeskCall read(ResultSet row, StatementContext context) throws SQLException {
        String outcome = row.getString("outcome");
        return new DeskCall(
                row.getString("record_id"),
                row.getString("caller"),
                row.getString("callee"),
                row.getString("rule"),
                DeskCall.State.valueOf(row.getString("state")),
                row.getString("seat"),
                instant(row, "offered_at"),
                instant(row, "changed_at"),
                outcome == null ? null : DeskCall.Outcome.valueOf(outcome));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_NUMBER ? text : text.substring(0, LONGEST_NUMBER);
    }
}
