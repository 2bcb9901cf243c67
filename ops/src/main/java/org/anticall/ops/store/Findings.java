package org.anticall.ops.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Signature;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Finding;
import org.anticall.ops.redress.Precision;
import org.jdbi.v3.core.Handle;

/** What people found out about the calls that rules had caught. Rows are only added. Thread-safe. */
public final class Findings {

    private final Database database;

    Findings(Database database) {
        this.database = database;
    }

    /**
     * Keeps what an operator found out about a call. A legitimate caller is a false positive: an allow entry is proposed,
     * unless the number has one already or is none that can be allowed.
     *
     * @param caller the caller's number, {@code +447700900217}
     * @param by the operator
     * @param entry the link of the trail; its subject is the record
     * @return the proposal
     */
    public Optional<AllowEntry> disposed(Finding finding, String caller, Signature by, AuditEntry entry) {
        return database.inTransaction(handle -> {
            Optional<AllowEntry> proposal = keep(handle, finding, caller, by, entry);
            AuditTrail.append(handle, entry);
            return proposal;
        });
    }

    /** The same within a transaction that adds the link itself. A finding about a call of no known rule says nothing. */
    static Optional<AllowEntry> keep(Handle handle, Finding finding, String caller, Signature by, AuditEntry entry) {
        if (!finding.rule().isEmpty()) {
            insert(handle, finding, entry);
        }
        boolean proposes = finding.kind() == Finding.Kind.LEGITIMATE
                && caller.matches(AllowEntry.NUMBER)
                && !AllowEntries.isKnown(handle, caller, entry.at());
        return !proposes
                ? Optional.empty()
                : Optional.of(AllowEntries.add(
                        handle,
                        id -> AllowEntry.proposed(
                                id,
                                caller,
                                entry.at().plus(AllowEntry.USUAL),
                                entry.why(),
                                AllowEntry.Origin.FALSE_POSITIVE,
                                finding.record(),
                                finding.rule(),
                                by),
                        new AuditEntry(entry.at(), entry.who(), "allow.propose", "", "{}", entry.why())));
    }

    static void insert(Handle handle, Finding finding, AuditEntry entry) {
        handle.createUpdate(
                        "INSERT INTO finding (record_id, rule, kind, source, at, account) VALUES (:record, :rule, :kind,"
                                + " :source, :at, :account)")
                .bind("record", finding.record())
                .bind("rule", finding.rule())
                .bind("kind", finding.kind().text())
                .bind("source", finding.source().text())
                .bind("at", finding.at().atOffset(ZoneOffset.UTC))
                .bind("account", entry.who().account())
                .execute();
    }

    /** The precision of every rule about whose calls something was found out since {@code since}, by rule. */
    public Map<String, Precision> precision(Instant since) {
        Map<String, Precision> byRule = new TreeMap<>();
        database.inTransaction(handle -> handle.createQuery(
                                "SELECT f.rule, COUNT(CASE WHEN f.kind = 'fraud' THEN 1 END) AS good, COUNT(CASE WHEN f.kind ="
                                        + " 'legitimate' THEN 1 END) AS bad FROM finding f WHERE f.at >= :since AND NOT"
                                        + " EXISTS (SELECT 1 FROM finding g WHERE g.record_id = f.record_id AND g.id >"
                                        + " f.id) GROUP BY f.rule")
                        .bind("since", since.atOffset(ZoneOffset.UTC))
                        .map((row, context) -> Map.entry(
                                row.getString("rule"), new Precision(row.getLong("good"), row.getLong("bad"))))
                        .list())
                .forEach(each -> byRule.put(each.getKey(), each.getValue()));
        return byRule;
    }
}
