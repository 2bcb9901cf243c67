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
import java.util.Optional;
import java.util.function.Consumer;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditLines;
import org.anticall.ops.audit.AuditLink;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedCut;
import org.anticall.ops.audit.SignedHead;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The trail as it is kept: links are added and never changed, and only what a signed cut covers can be deleted; the database
 * refuses anything else. Thread-safe.
 */
public final class AuditTrail {

    private static final int PAGE = 2_000;

    private final Database database;

    AuditTrail(Database database) {
        this.database = database;
    }

    /**
     * Adds a link of its own: a look, or something that changes nothing in the database. Call it before anything is shown:
     * what cannot be written down is not shown.
     *
     * @throws StoreUnavailable if the database refuses
     */
    public void add(AuditEntry entry) {
        database.inTransaction(handle -> append(handle, entry));
    }

    /** Adds a link in the transaction of the change it tells of, as the last thing in it: both are kept or neither. */
    static AuditLink append(Handle handle, AuditEntry entry) {
        return appendAll(handle, List.of(entry));
    }

    /** Holds the end of the trail until the transaction ends: nobody else changes anything of what is written down there. */
    static void hold(Handle handle) {
        handle.createQuery("SELECT seq FROM audit_end WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .one();
    }

    /** Adds several links, one or more, in their order; the last one. */
    static AuditLink appendAll(Handle handle, List<AuditEntry> entries) {
        AuditLink end = handle.createQuery("SELECT seq, hash FROM audit_end WHERE id = 1 FOR UPDATE")
                .map((row, context) -> AuditLink.after(row.getString("hash"), row.getLong("seq") + 1, entries.get(0)))
                .one();
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO audit (seq, at, person, account, address, action, subject,"
                        + " details, why, previous, hash) VALUES (:seq, :at, :person, :account, :address, :action, :subject, :details,"
                        + " :why, :previous, :hash)");
        add(batch, end);
        for (AuditEntry next : entries.subList(1, entries.size())) {
            end = AuditLink.after(end.hash(), end.seq() + 1, next);
            add(batch, end);
        }
        batch.execute();
        handle.createUpdate("UPDATE audit_end SET seq = :seq, hash = :hash WHERE id = 1")
                .bind("seq", end.seq())
                .bind("hash", end.hash())
                .execute();
        return end;
    }

    private static void add(PreparedBatch batch, AuditLink link) {
        AuditEntry entry = link.entry();
        batch.bind("seq", link.seq())
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("person", entry.who().person())
                .bind("account", entry.who().account())
                .bind("address", entry.who().address())
                .bind("action", entry.action())
                .bind("subject", entry.subject())
                .bind("details", entry.details())
                .bind("why", entry.why())
                .bind("previous", link.previous())
                .bind("hash", link.hash())
                .add();
    }

    /**
     * What to search for; empty texts and 0 match everything.
     *
     * @param before only links with a smaller number, {@link Long#MAX_VALUE} for the newest
     */
    public record Search(String action, String subject, long person, long before, int most) {}

    /** Matching links, newest first. {@code action} matches from its beginning: {@code order} finds {@code order.submit}. */
    public List<AuditLink> find(Search search) {
        StringBuilder sql = new StringBuilder("SELECT * FROM audit WHERE seq < :before");
        Map<String, Object> values = new HashMap<>();
        values.put("before", search.before());
        if (!search.action().isEmpty()) {
            sql.append(" AND action LIKE :action");
            values.put("action", search.action().replace("%", "") + "%");
        }
        if (!search.subject().isEmpty()) {
            sql.append(" AND subject = :subject");
            values.put("subject", search.subject());
        }
        if (search.person() != 0) {
            sql.append(" AND person = :person");
            values.put("person", search.person());
        }
        sql.append(" ORDER BY seq DESC FETCH FIRST ").append(search.most()).append(" ROWS ONLY");
        return database.inTransaction(handle -> handle.createQuery(sql.toString())
                .bindMap(values)
                .map(AuditTrail::link)
                .list());
    }

    /** How often {@code action} was done to each of these subjects; those it was never done to are left out. */
    public Map<String, Long> counts(String action, Collection<String> subjects) {
        if (subjects.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> counts = new HashMap<>();
        database.inTransaction(
                        handle -> handle.createQuery("SELECT subject, COUNT(*) AS links FROM audit WHERE action ="
                                        + " :action AND subject IN (<subjects>) GROUP BY subject")
                                .bind("action", action)
                                .bindList("subjects", List.copyOf(subjects))
                                .map((row, context) -> Map.entry(row.getString("subject"), row.getLong("links")))
                                .list())
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /** How often {@code subject} was looked at. */
    public long looksAt(String subject) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT COUNT(*) FROM audit WHERE subject = :subject AND action LIKE 'look.%'")
                .bind("subject", subject)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Signs the end of the chain, unless it is signed already or there is no link yet.
     *
     * @return the newest head
     */
    public Optional<SignedHead> sign(HeadSigner signer, Instant now) {
        return database.inTransaction(handle -> {
            SignedHead head = handle.createQuery("SELECT seq, hash FROM audit_end WHERE id = 1 FOR UPDATE")
                    .map((row, context) -> signer.sign(row.getLong("seq"), row.getString("hash"), now))
                    .one();
            Optional<SignedHead> newest = newest(handle);
            if (head.seq() == 0
                    || newest.filter(each -> each.seq() == head.seq()).isPresent()) {
                return newest;
            }
            handle.createUpdate("INSERT INTO audit_head (seq, hash, at, signer, signature) VALUES (:seq, :hash, :at,"
                            + " :signer, :signature)")
                    .bind("seq", head.seq())
                    .bind("hash", head.hash())
                    .bind("at", head.at().atOffset(ZoneOffset.UTC))
                    .bind("signer", head.key())
                    .bind("signature", head.signature())
                    .execute();
            return Optional.of(head);
        });
    }

    public Optional<SignedHead> newestHead() {
        return database.inTransaction(AuditTrail::newest);
    }

    /**
     * Cuts off what is older than {@code before}, and signs the cut. The last link stays in any case, and so does
     * whatever stands behind a younger link.
     *
     * @param entry the link that tells of it, nothing of it if there is nothing to cut off
     * @return how many links are gone
     */
    public long cut(HeadSigner signer, Instant before, AuditEntry entry) {
        return database.inTransaction(handle -> {
            long last = handle.createQuery("SELECT seq FROM audit_end WHERE id = 1 FOR UPDATE")
                    .mapTo(Long.class)
                    .one();
            long young = handle.createQuery("SELECT COALESCE(MIN(seq), " + last + ") FROM audit WHERE at >= :before")
                    .bind("before", before.atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one();
            Optional<AuditLink> end = handle.createQuery("SELECT * FROM audit WHERE seq = :seq")
                    .bind("seq", Math.min(young, last) - 1)
                    .map(AuditTrail::link)
                    .findOne();
            return end.isEmpty()
                    ? 0L
                    : cut(handle, signer.cut(end.get().seq(), end.get().hash(), entry.at()), entry);
        });
    }

    private static long cut(Handle handle, SignedCut cut, AuditEntry entry) {
        handle.createUpdate("INSERT INTO audit_cut (seq, hash, at, signer, signature) VALUES (:seq, :hash, :at,"
                        + " :signer, :signature)")
                .bind("seq", cut.seq())
                .bind("hash", cut.hash())
                .bind("at", cut.at().atOffset(ZoneOffset.UTC))
                .bind("signer", cut.key())
                .bind("signature", cut.signature())
                .execute();
        long gone = handle.createUpdate("DELETE FROM audit WHERE seq <= :seq")
                .bind("seq", cut.seq())
                .execute();
        String details = "{\"links\":" + gone + ",\"upTo\":" + cut.seq() + ",\"hash\":\"" + cut.hash() + "\"}";
        append(handle, new AuditEntry(entry.at(), entry.who(), entry.action(), entry.subject(), details, entry.why()));
        return gone;
    }

    /** Where the trail begins, empty if it was never cut off. */
    public Optional<SignedCut> newestCut() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM audit_cut ORDER BY seq DESC FETCH FIRST 1 ROWS ONLY")
                        .map((row, context) -> new SignedCut(
                                row.getLong("seq"),
                                row.getString("hash"),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getString("signer"),
                                row.getString("signature")))
                        .findOne());
    }

    /** Tells the whole trail as {@link AuditLines}, oldest first, in pages, so that memory stays small. */
    public void export(HeadSigner signer, Consumer<String> lines) {
        lines.accept(AuditLines.line(signer.key()));
        Optional<SignedCut> cut = newestCut();
        cut.ifPresent(each -> lines.accept(AuditLines.line(each)));
        long from = cut.map(SignedCut::seq).orElse(0L);
        while (true) {
            long after = from;
            List<AuditLink> links = database.inTransaction(handle -> handle.createQuery(
                            "SELECT * FROM audit WHERE seq > :after ORDER BY seq FETCH FIRST " + PAGE + " ROWS ONLY")
                    .bind("after", after)
                    .map(AuditTrail::link)
                    .list());
            if (links.isEmpty()) {
                return;
            }
            from = links.get(links.size() - 1).seq();
            Map<Long, SignedHead> heads = heads(after, from);
            for (AuditLink link : links) {
                lines.accept(AuditLines.line(link));
                SignedHead head = heads.get(link.seq());
                if (head != null) {
                    lines.accept(AuditLines.line(head));
                }
            }
        }
    }

    private Map<Long, SignedHead> heads(long after, long upTo) {
        Map<Long, SignedHead> heads = new HashMap<>();
        database.inTransaction(
                        handle -> handle.createQuery("SELECT * FROM audit_head WHERE seq > :after AND seq <= :upTo")
                                .bind("after", after)
                                .bind("upTo", upTo)
                                .map(AuditTrail::head)
                                .list())
                .forEach(each -> heads.put(each.seq(), each));
        return heads;
    }

    private static Optional<SignedHead> newest(Handle handle) {
        return handle.createQuery("SELECT * FROM audit_head ORDER BY seq DESC FETCH FIRST 1 ROWS ONLY")
                .map(AuditTrail::head)
                .findOne();
    }

    private static SignedHead head(ResultSet row, StatementContext context) throws SQLException {
        return new SignedHead(
                row.getLong("seq"),
                row.getString("hash"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("signer"),
                row.getString("signature"));
    }

    private static AuditLink link(ResultSet row, StatementContext context) throws SQLException {
        AuditEntry entry = new AuditEntry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Actor(row.getLong("person"), row.getString("account"), row.getString("address")),
                row.getString("action"),
                row.getString("subject"),
                row.getString("details"),
                row.getString("why"));
        return new AuditLink(row.getLong("seq"), entry, row.getString("previous"), row.getString("hash"));
    }
}
