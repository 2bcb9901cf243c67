package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.publish.GatewayReport;
import org.anticall.ops.publish.Revision;
import org.anticall.ops.publish.RevisionOrders;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Every revision for ever, with its signed bundle, and what gateways said of it. The long lists of bundles are kept beside them,
 * each once: a revision that changes a rule does not bring ten million numbers again. Thread-safe.
 */
public final class Revisions {

    private static final String SELECT =
            "SELECT revision, content_of, hash, rules, orders, at, person, account, why FROM revision";

    private final Database database;

    Revisions(Database database) {
        this.database = database;
    }

    /**
     * Keeps a revision and takes its orders a step on, all or nothing: a crash leaves the revision before in force and this one
     * whole or absent.
     *
     * @param assembled how often orders in force had changed when it was made of them; if they have changed since, nothing is kept
     * @param changed orders whose state changes with it
     * @param entry the link of the trail; its subject is the revision
     * @return whether it was kept; false if somebody was faster
     */
    public boolean add(
            Revision revision, VerifiedBundle bundle, OrderChanges assembled, List<Order> changed, AuditEntry entry) {
        return database.inTransaction(handle -> {
            Orders.hold(handle, changed);
            AuditTrail.hold(handle);
            if (newest(handle).map(Revision::revision).orElse(0L) != revision.revision() - 1
                    || !assembled.equals(OrderChanges.read(handle))) {
                return false;
            }
            bundle.apart().forEach(each -> insert(handle, each));
            insert(handle, revision, bundle.bytesApart());
            Orders.keepOfRevision(handle, changed, entry);
            AuditTrail.append(handle, entry);
            return true;
        });
    }

    private static void insert(Handle handle, Revision revision, byte[] bundle) {
        handle.createUpdate("INSERT INTO revision (revision, content_of, hash, rules, orders, at, person, account, why,"
                        + " bundle) VALUES (:revision, :contentOf, :hash, :rules, :orders, :at, :person, :account, :why,"
                        + " :bundle)")
                .bind("revision", revision.revision())
                .bind("contentOf", revision.contentOf())
                .bind("hash", revision.hash())
                .bind("rules", revision.rules())
                .bind("orders", revision.orders().text())
                .bind("at", revision.at().atOffset(ZoneOffset.UTC))
                .bind("person", revision.person())
                .bind("account", revision.account())
                .bind("why", revision.why())
                .bind("bundle", bundle)
                .execute();
    }

    private static void insert(Handle handle, PartContent part) {
        boolean known = handle.createQuery("SELECT COUNT(*) FROM bundle_part WHERE sha256 = :sha256")
                        .bind("sha256", part.sha256())
                        .mapTo(Long.class)
                        .one()
                > 0;
        if (!known) {
            handle.createUpdate("INSERT INTO bundle_part (sha256, packed) VALUES (:sha256, :packed)")
                    .bind("sha256", part.sha256())
                    .bind("packed", part.packed())
                    .execute();
        }
    }

    public Optional<Revision> newest() {
        return database.inTransaction(Revisions::newest);
    }

    public Optional<Revision> find(long revision) {
        return database.inTransaction(handle -> handle.createQuery(SELECT + " WHERE revision = :revision")
                .bind("revision", revision)
                .map(Revisions::revision)
                .findOne());
    }

    /** The signed bundle of a revision without its long lists, which are {@link #part}. */
    public Optional<byte[]> bundle(long revision) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT bundle FROM revision WHERE revision = :revision")
                        .bind("revision", revision)
                        .map((row, context) -> row.getBytes("bundle"))
                        .findOne());
    }

    /** A long list of bundles, packed, by the SHA-256 of what is packed. */
    public Optional<byte[]> part(String sha256) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT packed FROM bundle_part WHERE sha256 = :sha256")
                        .bind("sha256", sha256)
                        .map((row, context) -> row.getBytes("packed"))
                        .findOne());
    }

    /** The newest revisions, newest first. */
    public List<Revision> latest(int most) {
        return database.inTransaction(
                handle -> handle.createQuery(SELECT + " ORDER BY revision DESC FETCH FIRST " + most + " ROWS ONLY")
                        .map(Revisions::revision)
                        .list());
    }

    /** Keeps what a gateway says, if it says it for the first time. Whether it was new. */
    public boolean report(GatewayReport report) {
        return database.inTransaction(handle -> {
            boolean known = handle.createQuery("SELECT COUNT(*) FROM gateway_report WHERE node = :node AND revision ="
                                    + " :revision AND state = :state")
                            .bind("node", report.node())
                            .bind("revision", report.revision())
                            .bind("state", report.state())
                            .mapTo(Long.class)
                            .one()
                    > 0;
            if (!known) {
                handle.createUpdate("INSERT INTO gateway_report (node, revision, state, hash, reason, at, received_at)"
                                + " VALUES (:node, :revision, :state, :hash, :reason, :at, :received)")
                        .bind("node", report.node())
                        .bind("revision", report.revision())
                        .bind("state", report.state())
                        .bind("hash", report.hash())
                        .bind("reason", report.reason())
                        .bind("at", report.at().atOffset(ZoneOffset.UTC))
                        .bind("received", report.receivedAt().atOffset(ZoneOffset.UTC))
                        .execute();
            }
            return !known;
        });
    }

    /** What gateways first said of a revision. */
    public List<GatewayReport> reports(long revision) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT * FROM gateway_report WHERE revision = :revision ORDER BY received_at")
                .bind("revision", revision)
                .map(Revisions::report)
                .list());
    }

    private static Optional<Revision> newest(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY revision DESC FETCH FIRST 1 ROWS ONLY")
                .map(Revisions::revision)
                .findOne();
    }

    private static Revision revision(ResultSet row, StatementContext context) throws SQLException {
        return new Revision(
                row.getLong("revision"),
                row.getLong("content_of"),
                row.getString("hash"),
                row.getInt("rules"),
                RevisionOrders.of(row.getString("orders")),
                instant(row, "at"),
                row.getLong("person"),
                row.getString("account"),
                row.getString("why"));
    }

    private static GatewayReport report(ResultSet row, StatementContext context) throws SQLException {
        return new GatewayReport(
                row.getString("node"),
                row.getLong("revision"),
                row.getString("state"),
                row.getString("hash"),
                row.getString("reason"),
                instant(row, "at"),
                instant(row, "received_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
