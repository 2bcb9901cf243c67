package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.redress.AllowEntry;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Numbers that pass whatever rules say, and proposals of such. Nothing is deleted. Thread-safe. */
public final class AllowEntries {

    private static final String KIND = "allow";

    private final Database database;

    AllowEntries(Database database) {
        this.database = database;
    }

    /** Adds an entry; {@code maker} makes it for the number it gets. */
    public AllowEntry add(LongFunction<AllowEntry> maker, AuditEntry entry) {
        return database.inTransaction(handle -> add(handle, maker, entry));
    }

    static AllowEntry add(Handle handle, LongFunction<AllowEntry> maker, AuditEntry entry) {
        return keep(handle, maker.apply(reserve(handle, entry.at())), entry);
    }

    /** The number of an entry that {@link #keep} fills within the same transaction. */
    static long reserve(Handle handle, Instant now) {
        return handle.createUpdate(
                        "INSERT INTO allow_entry (version, number, state, valid_until, record_id, body) VALUES (0,"
                                + " '', '', :at, '', '')")
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /**
     * Takes an entry one step on.
     *
     * @throws Outdated if it has another version
     */
    public Optional<AllowEntry> change(long id, long version, UnaryOperator<AllowEntry> step, AuditEntry entry) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT body FROM allow_entry WHERE id = :id FOR UPDATE")
                        .bind("id", id)
                        .map(AllowEntries::entry)
                        .findOne()
                        .map(found -> {
                            if (found.version() != version) {
                                throw new Outdated(found, found.version());
                            }
                            return keep(handle, step.apply(found), entry);
                        }));
    }

    static AllowEntry keep(Handle handle, AllowEntry allowed, AuditEntry entry) {
        String body = StoredJson.write(allowed);
        handle.createUpdate(
                        "UPDATE allow_entry SET version = :version, number = :number, state = :state, valid_until = :until,"
                                + " record_id = :record, body = :body WHERE id = :id")
                .bind("version", allowed.version())
                .bind("number", allowed.number())
                .bind("state", allowed.state().text())
                .bind("until", allowed.until().atOffset(ZoneOffset.UTC))
                .bind("record", allowed.record())
                .bind("body", body)
                .bind("id", allowed.id())
                .execute();
        RedressHistory.keep(
                handle, KIND, allowed.id(), allowed.version(), allowed.state().text(), body, entry);
        return allowed;
    }

    public Optional<AllowEntry> find(long id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT body FROM allow_entry WHERE id = :id")
                .bind("id", id)
                .map(AllowEntries::entry)
                .findOne());
    }

    /** How an entry came about, oldest step first. */
    public List<RedressHistory.Step> history(long id) {
        return database.inTransaction(handle -> RedressHistory.of(handle, KIND, id));
    }

    /** Matching entries, newest first. */
    public List<AllowEntry> search(RedressSearch search) {
        return database.inTransaction(handle ->
                search.in(handle, "allow_entry").map(AllowEntries::entry).list());
    }

    /** Entries whose numbers pass at {@code now}, by number of the entry. */
    public List<AllowEntry> holding(Instant now) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT body FROM allow_entry WHERE state = 'allowed' AND valid_until > :now ORDER BY id")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map(AllowEntries::entry)
                .list());
    }

    /** Whether the number passes at {@code now} or somebody has proposed it. */
    static boolean isKnown(Handle handle, String number, Instant now) {
        return handle.createQuery(
                                "SELECT COUNT(*) FROM allow_entry WHERE number = :number AND state IN ('proposed', 'allowed')"
                                        + " AND valid_until > :now")
                        .bind("number", number)
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static AllowEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return StoredJson.read(row.getString("body"), AllowEntry.class);
    }
}
