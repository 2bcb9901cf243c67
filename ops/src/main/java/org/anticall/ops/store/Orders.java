package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderRefused;
import org.anticall.ops.order.Signature;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** All orders there ever were, with all their versions. Nothing is deleted. Thread-safe. */
public final class Orders {

    private static final int LONGEST_WORDS = 4_000;
    private static final String IN_FORCE = "('approved', 'shadow', 'live')";

    private final Database database;

    Orders(Database database) {
        this.database = database;
    }

    /**
     * A version of an order and how it came about.
     *
     * @param action what was done, {@code order.submit}
     */
    public record Version(Order order, Instant at, String account, String action, String why) {}

    /**
     * What to look for; empty texts match everything.
     *
     * @param kind {@code draft}, {@code live}, …
     * @param text words or digits that stand in the order
     * @param before only orders with a smaller number, {@link Long#MAX_VALUE} for the newest
     */
    public record Search(String kind, String text, long before, int most) {}

    /**
     * Adds an order.
     *
     * @param order makes it for the number that it gets
     * @param entry the link of the trail; its subject is set to the order
     */
    public Order add(LongFunction<Order> order, AuditEntry entry) {
        return database.inTransaction(handle -> add(handle, order, entry));
    }

    static Order add(Handle handle, LongFunction<Order> maker, AuditEntry entry) {
        long id = handle.createUpdate(
                        "INSERT INTO orders (version, kind, action, author, words, valid_until, import_id,"
                                + " body) VALUES (0, '', '', :author, '', :at, 0, '')")
                .bind("author", entry.who().person())
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        return keep(handle, maker.apply(id), entry);
    }

    /**
     * Takes an order one step on.
     *
     * @param version the version that the step is meant for
     * @param step makes the next version; what it throws is thrown on and nothing is changed
     * @throws Outdated if the order has another version
     */
    public Optional<Order> change(long id, long version, UnaryOperator<Order> step, AuditEntry entry) {
        return database.inTransaction(handle -> locked(handle, id).map(order -> {
            if (order.version() != version) {
                throw new Outdated(order, order.version());
            }
            return keep(handle, step.apply(order), entry);
        }));
    }

    /**
     * Adds the drafts of an import, all or none.
     *
     * @return number of the import
     */
    public long addImport(List<OrderContent> contents, Signature author, AuditEntry entry) {
        return database.inTransaction(handle -> {
            long number = handle.createQuery("SELECT COALESCE(MAX(import_id), 0) + 1 FROM orders")
                    .mapTo(Long.class)
                    .one();
            contents.forEach(content -> add(handle, id -> Order.draft(id, content, author, number), entry));
            return number;
        });
    }

    /**
     * What became of the orders of an import.
     *
     * @param left orders that the step did not allow to end
     */
    public record Undone(int ended, int left) {}

    /** Ends the open orders of an import, all that {@code step} allows in one transaction. */
    public Undone undoImport(long number, UnaryOperator<Order> step, AuditEntry entry) {
        return database.inTransaction(handle -> {
            List<Order> open = handle
                    .createQuery("SELECT body FROM orders WHERE import_id = :import ORDER BY id FOR UPDATE")
                    .bind("import", number)
                    .map(Orders::order)
                    .list()
                    .stream()
                    .filter(each -> each.state().isOpen())
                    .toList();
            int ended = 0;
            for (Order each : number == 0 ? List.<Order>of() : open) {
                try {
                    keep(handle, step.apply(each), entry);
                    ended++;
                } catch (OrderRefused notThisOne) {
                    // Counted among those that are left.
                }
            }
            return new Undone(ended, number == 0 ? 0 : open.size() - ended);
        });
    }

    /** The order, held until the transaction ends. */
    static Optional<Order> locked(Handle handle, long id) {
        return handle.createQuery("SELECT body FROM orders WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map(Orders::order)
                .findOne();
    }

    /** Stores the next version with its link of the trail. */
    static Order keep(Handle handle, Order order, AuditEntry entry) {
        String body = StoredJson.write(order);
        handle.createUpdate("UPDATE orders SET version = :version, kind = :kind, action = :action, author = :author,"
                        + " words = :words, valid_until = :until, import_id = :import, body = :body WHERE id = :id")
                .bind("version", order.version())
                .bind("kind", order.state().kind())
                .bind("action", order.content().action().text())
                .bind("author", order.author().person())
                .bind("words", words(order))
                .bind("until", order.content().until().atOffset(ZoneOffset.UTC))
                .bind("import", order.importId())
                .bind("body", body)
                .bind("id", order.id())
                .execute();
        handle.createUpdate("INSERT INTO order_version (order_id, version, at, account, action, why, body) VALUES (:id,"
                        + " :version, :at, :account, :action, :why, :body)")
                .bind("id", order.id())
                .bind("version", order.version())
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("account", entry.who().account())
                .bind("action", entry.action())
                .bind("why", entry.why())
                .bind("body", body)
                .execute();
        String details = "{\"version\":" + order.version() + ",\"state\":\""
                + order.state().kind() + "\"}";
        AuditTrail.append(
                handle,
                new AuditEntry(entry.at(), entry.who(), entry.action(), "order " + order.id(), details, entry.why()));
        return order;
    }

    public Optional<Order> find(long id) {
        return database.inTransaction(handle -> handle.createQuery("SELECT body FROM orders WHERE id = :id")
                .bind("id", id)
                .map(Orders::order)
                .findOne());
    }

    /** All versions of an order, oldest first. */
    public List<Version> history(long id) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT * FROM order_version WHERE order_id = :id ORDER BY version")
                        .bind("id", id)
                        .map((row, context) -> new Version(
                                StoredJson.read(row.getString("body"), Order.class),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                row.getString("account"),
                                row.getString("action"),
                                row.getString("why")))
                        .list());
    }

    /** Matching orders, newest first. */
    public List<Order> search(Search search) {
        StringBuilder sql = new StringBuilder("SELECT body FROM orders WHERE id < :before");
        Map<String, Object> values = new HashMap<>();
        values.put("before", search.before());
        if (!search.kind().isEmpty()) {
            sql.append(" AND kind = :kind");
            values.put("kind", search.kind());
        }
        if (!search.text().isEmpty()) {
            sql.append(" AND words LIKE :text");
            values.put("text", "%" + search.text().toLowerCase(Locale.ROOT).replace("%", "") + "%");
        }
        sql.append(" ORDER BY id DESC FETCH FIRST ").append(search.most()).append(" ROWS ONLY");
        return database.inTransaction(handle -> handle.createQuery(sql.toString())
                .bindMap(values)
                .map(Orders::order)
                .list());
    }

    /** How many orders stand where. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        database.inTransaction(handle -> handle.createQuery("SELECT kind, COUNT(*) AS n FROM orders GROUP BY kind")
                        .map((row, context) -> Map.entry(row.getString("kind"), row.getLong("n")))
                        .list())
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /** Orders that belong into a revision, by number. */
    public List<Order> inForce() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT body FROM orders WHERE kind IN " + IN_FORCE + " ORDER BY id")
                        .map(Orders::order)
                        .list());
    }

    /** The same, held until the transaction ends. Orders are always held before the end of the trail. */
    static List<Order> inForceLocked(Handle handle) {
        return handle.createQuery("SELECT body FROM orders WHERE kind IN " + IN_FORCE + " ORDER BY id FOR UPDATE")
                .map(Orders::order)
                .list();
    }

    /** Numbers of the orders in force whose time is over at {@code now}. */
    public List<Long> over(Instant now) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT id FROM orders WHERE kind IN " + IN_FORCE + " AND valid_until <= :now")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .list());
    }

    private static Order order(ResultSet row, StatementContext context) throws SQLException {
        return StoredJson.read(row.getString("body"), Order.class);
    }

    /** What the search finds: title, document, office, author, numbers. */
    private static String words(Order order) {
        OrderContent content = order.content();
        String words = String.join(
                        " ",
                        content.title(),
                        content.basis().document(),
                        content.basis().office(),
                        order.author().name(),
                        String.join(" ", content.target().patterns()))
                .toLowerCase(Locale.ROOT);
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS);
    }
}
