package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Appeal;
import org.anticall.ops.redress.Appeal.Decided;
import org.anticall.ops.redress.Finding;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Appeals with all their versions. Nothing is deleted. Thread-safe. */
public final class Appeals {

    private static final String KIND = "appeal";

    private final Database database;

    Appeals(Database database) {
        this.database = database;
    }

    /** Adds an appeal; {@code maker} makes it for the number it gets. */
    public Appeal add(LongFunction<Appeal> maker, AuditEntry entry) {
        return database.inTransaction(handle -> {
            long id = handle.createUpdate(
                            "INSERT INTO appeal (version, number, state, decision_due, body) VALUES (0, '', '', :at, '')")
                    .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            return keep(handle, maker.apply(id), entry);
        });
    }

    /**
     * Takes an appeal one step on.
     *
     * @throws Outdated if it has another version
     */
    public Optional<Appeal> change(long id, long version, UnaryOperator<Appeal> step, AuditEntry entry) {
        return database.inTransaction(
                handle -> locked(handle, id, version).map(appeal -> keep(handle, step.apply(appeal), entry)));
    }

    /** Decides an appeal; asks {@code entryId} for the number of the allow entry if there is to be one. */
    public interface Decision {
        Decided of(Appeal appeal, LongSupplier entryId);
    }

    /**
     * Decides an appeal: the decision, the allow entry it makes and what it says about the rules concerned are kept together.
     *
     * @param rules rule by record, for those of the appeal's records that a rule had caught
     * @throws Outdated if it has another version
     */
    public Optional<Decided> decide(
            long id, long version, Decision decision, Map<String, String> rules, AuditEntry entry) {
        return database.inTransaction(handle -> locked(handle, id, version).map(appeal -> {
            Decided decided = decision.of(appeal, () -> AllowEntries.reserve(handle, entry.at()));
            AllowEntry freed = decided.freed();
            Finding.Kind kind = freed == null ? Finding.Kind.FRAUD : Finding.Kind.LEGITIMATE;
            rules.forEach((record, rule) ->
                    Findings.insert(handle, new Finding(record, rule, kind, Finding.Source.APPEAL, entry.at()), entry));
            keep(handle, decided.appeal(), entry);
            if (freed != null) {
                AllowEntries.keep(
                        handle, freed, new AuditEntry(entry.at(), entry.who(), "allow.approve", "", "{}", entry.why()));
            }
            return decided;
        }));
    }

    private static Optional<Appeal> locked(Handle handle, long id, long version) {
        Optional<Appeal> found = handle.createQuery("SELECT body FROM appeal WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map(Appeals::appeal)
                .findOne();
        found.filter(each -> each.version() != version).ifPresent(each -> {
            throw new Outdated(each, each.version());
        });
        return found;
    }

    private static Appeal keep(Handle handle, Appeal appeal, AuditEntry entry) {
        String body = StoredJson.write(appeal);
        handle.createUpdate(
                        "UPDATE appeal SET version = :version, number = :number, state = :state, decision_due = :due, body"
                                + " = :body WHERE id = :id")
                .bind("version", appeal.version())
                .bind("number", appeal.number())
                .bind("state", appeal.state().text())
                .bind("due", appeal.decisionDue().atOffset(ZoneOffset.UTC))
                .bind("body", body)
                .bind("id", appeal.id())
                .execute();
        handle.createUpdate("DELETE FROM appeal_record WHERE appeal_id = :id")
                .bind("id", appeal.id())
                .execute();
        for (String record : appeal.state().isOpen() ? appeal.records() : List.<String>of()) {
            handle.createUpdate("INSERT INTO appeal_record (appeal_id, record_id) VALUES (:id, :record)")
                    .bind("id", appeal.id())
                    .bind("record", record)
                    .execute();
        }
        RedressHistory.keep(
                handle, KIND, appeal.id(), appeal.version(), appeal.state().text(), body, entry);
        return appeal;
    }

    public Optional<Appeal> find(long id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT body FROM appeal WHERE id = :id")
                .bind("id", id)
                .map(Appeals::appeal)
                .findOne());
    }

    /** How an appeal went on, oldest step first. */
    public List<RedressHistory.Step> history(long id) {
        return database.inTransaction(handle -> RedressHistory.of(handle, KIND, id));
    }

    /** Matching appeals, newest first. */
    public List<Appeal> search(RedressSearch search) {
        return database.inTransaction(
                handle -> search.in(handle, "appeal").map(Appeals::appeal).list());
    }

    /** How many appeals stand where. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        database.inTransaction(handle -> handle.createQuery("SELECT state, COUNT(*) AS n FROM appeal GROUP BY state")
                        .map((row, context) -> Map.entry(row.getString("state"), row.getLong("n")))
                        .list())
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    private static Appeal appeal(ResultSet row, StatementContext context) throws SQLException {
        return StoredJson.read(row.getString("body"), Appeal.class);
    }
}
