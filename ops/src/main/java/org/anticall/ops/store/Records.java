package org.anticall.ops.store;

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
