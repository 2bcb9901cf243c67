package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anticall.rules.call.Decision;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The decision records. A record is stored once and never changed. */
public final class Records {

    private static final int LONGEST_REASON = 2000;

    /**
     * A record with the bytes it came as.
     *
     * @param line the JSON object as the gateway sent it: the evidence; not to be changed
     */
    public record Received(DecisionRecord record, byte[] line) {}

    private final Database database;

    Records(Database database) {
        this.database = database;
    }

    /**
     * Stores those that are not known yet, all or none of them.
     *
     * @return what was new, in the order of {@code received}
     * @throws StoreUnavailable if the database refuses
     */
    public List<Received> add(Collection<Received> received, Instant now) {
        Map<String, Received> byId = new LinkedHashMap<>();
        received.forEach(each -> byId.putIfAbsent(each.record().id(), each));
        if (byId.isEmpty()) {
            return List.of();
        }
        return database.inTransaction(handle -> {
            byId.keySet().removeAll(known(handle, byId.keySet()));
            if (!byId.isEmpty()) {
                insert(handle, byId.values(), now);
            }
            return new ArrayList<>(byId.values());
        });
    }

    /** The line of the record {@code id} as the gateway sent it. */
    public Optional<byte[]> line(String id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT line FROM record WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> row.getBytes("line"))
                .findOne());
    }

    /** The lines of the latest records with the verdict {@code verdict}, newest first, at most {@code most}. */
    public List<byte[]> latest(String verdict, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT line FROM record WHERE verdict = :verdict ORDER BY at DESC FETCH FIRST :most ROWS ONLY")
                .bind("verdict", verdict)
                .bind("most", most)
                .map((row, context) -> row.getBytes("line"))
                .list());
    }

    /** The lines of the latest records since {@code since}, newest first, at most {@code most}. */
    public List<byte[]> since(Instant since, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT line FROM record WHERE at >= :since ORDER BY at DESC FETCH FIRST :most ROWS ONLY")
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("most", most)
                .map((row, context) -> row.getBytes("line"))
                .list());
    }

    /**
     * A record as a list shows it.
     *
     * @param rule rule that decided, null if none did
     */
    public record Brief(String id, Instant at, String verdict, @Nullable String rule, long caller, long presented) {}

    /** The latest records of calls whose network number or shown number is {@code number}, newest first, at most {@code most}. */
    public List<Brief> ofNumber(long number, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT id, at, verdict, rule, caller, presented FROM record"
                                + " WHERE caller = :number OR presented = :number ORDER BY at DESC FETCH FIRST :most ROWS ONLY")
                .bind("number", number)
                .bind("most", most)
                .map(Records::brief)
                .list());
    }

    /** Those of the records that are there, newest first. */
    public List<Brief> briefs(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT id, at, verdict, rule, caller, presented FROM record WHERE id IN (<ids>) ORDER BY at DESC")
                .bindList("ids", new ArrayList<>(ids))
                .map(Records::brief)
                .list());
    }

    /** A caller that a rule hit, with how many calls and when last. */
    public record Hit(long caller, long calls, Instant last) {}

    /** Callers that {@code rule} decided about since {@code since}, those with most calls first, at most {@code most}. */
    public List<Hit> hitBy(String rule, Instant since, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT CASE WHEN caller > 0 THEN caller ELSE presented END AS number, COUNT(*) AS calls, MAX(at) AS"
                                + " latest FROM record WHERE rule = :rule AND at >= :since GROUP BY CASE WHEN caller > 0 THEN"
                                + " caller ELSE presented END ORDER BY calls DESC, number FETCH FIRST :most ROWS ONLY")
                .bind("rule", rule)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("most", most)
                .map((row, context) -> new Hit(
                        row.getLong("number"),
                        row.getLong("calls"),
                        row.getObject("latest", OffsetDateTime.class).toInstant()))
                .list());
    }

    private static Brief brief(ResultSet row, StatementContext context) throws SQLException {
        return new Brief(
                row.getString("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("verdict"),
                row.getString("rule"),
                row.getLong("caller"),
                row.getLong("presented"));
    }

    public long count() {
        return database.inTransaction(handle -> handle.createQuery("SELECT COUNT(*) FROM record")
                .mapTo(Long.class)
                .one());
    }

    private static Set<String> known(Handle handle, Collection<String> ids) {
        return handle.createQuery("SELECT id FROM record WHERE id IN (<ids>)")
                .bindList("ids", new ArrayList<>(ids))
                .mapTo(String.class)
                .set();
    }

    private static void insert(Handle handle, Collection<Received> received, Instant now) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO record (id, at, node, trunk, caller, presented, callee,"
                + " verdict, rule, reason_en, reason_ru, reason_kk, revision, line, stored_at) VALUES (:id, :at, :node,"
                + " :trunk, :caller, :presented, :callee, :verdict, :rule, :en, :ru, :kk, :revision, :line, :stored)");
        OffsetDateTime stored = now.atOffset(ZoneOffset.UTC);
        for (Received each : received) {
            DecisionRecord record = each.record();
            Decision decision = record.decision();
            batch.bind("id", record.id())
                    .bind("at", record.at().atOffset(ZoneOffset.UTC))
                    .bind("node", record.node())
                    .bind("trunk", record.facts().trunk())
                    .bind("caller", PartyNumber.e164(record.facts().caller()))
                    .bind("presented", PartyNumber.e164(record.facts().presented()))
                    .bind("callee", PartyNumber.e164(record.facts().callee()))
                    .bind("verdict", decision.verdict().kind().text())
                    .bind("rule", decision.rule())
                    .bind("en", bounded(decision.reason().en()))
                    .bind("ru", bounded(decision.reason().ru()))
                    .bind("kk", bounded(decision.reason().kk()))
                    .bind("revision", decision.revision())
                    .bind("line", each.line())
                    .bind("stored", stored)
                    .add();
        }
        batch.execute();
    }

    private static String bounded(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
