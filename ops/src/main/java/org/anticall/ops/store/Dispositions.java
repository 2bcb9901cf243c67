package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.evidence.Campaign;
import org.anticall.ops.evidence.Disposition;
import org.anticall.ops.evidence.Disposition.Finding;
import org.anticall.ops.evidence.Disposition.Fraud;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.anticall.ops.order.Signature;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.rules.record.DecisionRecordCodec;
import org.anticall.rules.record.MalformedRecordException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What operators write about calls: notes while they talk, and what each call turned out to be. */
public final class Dispositions {

    /** Longest note, characters. */
    public static final int LONGEST_NOTE = 4_000;

    private final Database database;

    Dispositions(Database database) {
        this.database = database;
    }

    /**
     * Keeps the note of a call, in place of the one before.
     *
     * @throws StoreUnavailable if the database refuses
     */
    public void note(String recordId, String text, String account, Instant at) {
        database.inTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE call_note SET text = :text, account = :account, changed_at = :at"
                            + " WHERE record_id = :record")
                    .bind("record", recordId)
                    .bind("text", text)
                    .bind("account", account)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return changed > 0
                    ? changed
                    : handle.createUpdate("INSERT INTO call_note (record_id, text, account, changed_at) VALUES"
                                    + " (:record, :text, :account, :at)")
                            .bind("record", recordId)
                            .bind("text", text)
                            .bind("account", account)
                            .bind("at", at.atOffset(ZoneOffset.UTC))
                            .execute();
        });
    }

    /** The note of a call, empty if there is none. */
    public String noteOf(String recordId) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT text FROM call_note WHERE record_id = :record")
                        .bind("record", recordId)
                        .mapTo(String.class)
                        .findOne()
                        .orElse(""));
    }

    /**
     * What else the centre knows of a caller.
     *
     * @param appeals how many appeals there were about the number
     * @param allowed whether the number passes, or somebody has proposed that it should
     */
    public record Known(long appeals, boolean allowed) {}

    /** What is known of {@code caller}, {@code +447700900217}, at {@code now}. */
    public Known known(String caller, Instant now) {
        return database.inTransaction(handle -> new Known(
                handle.createQuery("SELECT COUNT(*) FROM appeal WHERE number = :number")
                        .bind("number", caller)
                        .mapTo(Long.class)
                        .one(),
                AllowEntries.isKnown(handle, caller, now)));
    }

    /**
     * Adds a disposition, what it says about the rule, and its link in the audit trail: all or none. A legitimate caller is
     * proposed for the allow list, with the entry's reason.
     *
     * @param by the operator
     * @return the proposal, empty if the call gave no ground for one
     */
    public Optional<AllowEntry> add(Disposition disposition, Signature by, AuditEntry entry) {
        return database.inTransaction(handle -> {
            insert(handle, disposition);
            org.anticall.ops.redress.Finding finding = new org.anticall.ops.redress.Finding(
                    disposition.recordId(),
                    disposition.rule(),
                    disposition.outcome().finding().kind(),
                    org.anticall.ops.redress.Finding.Source.DISPOSITION,
                    disposition.at());
            Optional<AllowEntry> proposal = Findings.keep(handle, finding, disposition.caller(), by, entry);
            AuditTrail.append(handle, entry);
            return proposal;
        });
    }

    private static void insert(Handle handle, Disposition disposition) {
        handle.createUpdate("INSERT INTO disposition (record_id, account, at, rule, caller, outcome,"
                        + " finding, fraud, said, organisation, saved) VALUES (:record, :account, :at, :rule,"
                        + " :caller, :outcome, :finding, :fraud, :said, :organisation, :saved)")
                .bind("record", disposition.recordId())
                .bind("account", disposition.account())
                .bind("at", disposition.at().atOffset(ZoneOffset.UTC))
                .bind("rule", disposition.rule())
                .bind("caller", disposition.caller())
                .bind("outcome", disposition.outcome().name())
                .bind("finding", disposition.outcome().finding().name())
                .bind("fraud", disposition.fraud().name())
                .bind("said", String.join(" ", disposition.said()))
                .bind("organisation", disposition.organisation())
                .bind("saved", disposition.saved())
                .execute();
    }

    /** The disposition of a call that counts; empty while there is none. */
    public Optional<Disposition> of(String recordId) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM disposition WHERE record_id = :record ORDER BY id DESC FETCH FIRST 1 ROWS ONLY")
                .bind("record", recordId)
                .map(Dispositions::read)
                .findOne());
    }

    /** What earlier calls of this caller were, latest first. */
    public List<Disposition> ofCaller(String caller, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM disposition WHERE caller = :caller ORDER BY id DESC FETCH FIRST :most ROWS ONLY")
                .bind("caller", caller)
                .bind("most", most)
                .map(Dispositions::read)
                .list());
    }

    /** What was found to be fraud since {@code from}, latest first; the latest disposition of a call counts. */
    public List<Campaign.Lead> frauds(Instant from, int most) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT d.*, r.line FROM disposition d LEFT JOIN record r"
                                + " ON r.id = d.record_id WHERE d.at >= :from AND d.finding = 'CONFIRMED' AND d.fraud <> 'NONE' AND"
                                + " d.id = (SELECT MAX(l.id) FROM disposition l WHERE l.record_id = d.record_id)"
                                + " ORDER BY d.id DESC FETCH FIRST :most ROWS ONLY")
                        .bind("from", from.atOffset(ZoneOffset.UTC))
                        .bind("most", most)
                        .map((row, context) -> new Campaign.Lead(read(row, context), fingerprint(row.getBytes("line"))))
                        .list());
    }

    /** Of the record as it came; 0 if there is none. */
    private static long fingerprint(byte @Nullable [] line) {
        try {
            return line == null ? 0 : DecisionRecordCodec.decode(line).facts().fingerprint();
        } catch (MalformedRecordException damaged) {
            return 0;
        }
    }

    /** How many calls of a rule were found to be what, since {@code from}; the latest disposition of a call counts. */
    public Map<Finding, Long> precision(String rule, Instant from) {
        return counts("rule", rule, from);
    }

    /** How many calls an operator found to be what, since {@code from}. */
    public Map<Finding, Long> byAccount(String account, Instant from) {
        return counts("account", account, from);
    }

    private Map<Finding, Long> counts(String column, String value, Instant from) {
        return database.inTransaction(handle -> {
            Map<Finding, Long> counts = new TreeMap<>();
            handle.createQuery("SELECT finding, COUNT(*) AS calls FROM disposition d WHERE " + column
                            + " = :value AND at >= :from AND id = (SELECT MAX(id) FROM disposition l WHERE l.record_id ="
                            + " d.record_id) GROUP BY finding")
                    .bind("value", value)
                    .bind("from", from.atOffset(ZoneOffset.UTC))
                    .map((row, context) -> Map.entry(Finding.valueOf(row.getString("finding")), row.getLong("calls")))
                    .forEach(each -> counts.put(each.getKey(), each.getValue()));
            return counts;
        });
    }

    private static Disposition read(ResultSet row, StatementContext context) throws SQLException {
        String said = row.getString("said");
        return new Disposition(
                row.getString("record_id"),
                row.getString("account"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("rule"),
                row.getString("caller"),
                Outcome.valueOf(row.getString("outcome")),
                Fraud.valueOf(row.getString("fraud")),
                said.isEmpty() ? List.of() : Arrays.asList(said.split(" ", -1)),
                row.getString("organisation"),
                row.getLong("saved"));
    }
}
