package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderRefused;
import org.anticall.ops.order.Signature;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** All orders there ever were, with all their versions. Nothing is deleted. Thread-safe. */
public final class Orders {

    /** Orders that are written at once. */
    private static final int AT_ONCE = 1_000;

    /** The number of an order that {@link #keepAll} fills within the same transaction. */
    private static final String RESERVE =
            "INSERT INTO orders (version, kind, action, author, valid_until, import_id, body) VALUES (0, '', '', :author,"
                    + " :at, 0, '')";

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
        long id = handle.createUpdate(RESERVE)
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
            List<AuditEntry> links = new ArrayList<>();
            for (List<OrderContent> some : Pieces.of(contents, AT_ONCE)) {
                links.addAll(addDrafts(handle, some, author, number, entry));
            }
            // Last: everybody who does anything waits for the end of the trail meanwhile.
            for (List<AuditEntry> some : Pieces.of(links, AT_ONCE)) {
                AuditTrail.appendAll(handle, some);
            }
            return number;
        });
    }

    private static List<AuditEntry> addDrafts(
            Handle handle, List<OrderContent> contents, Signature author, long number, AuditEntry entry) {
        PreparedBatch batch = handle.prepareBatch(RESERVE);
        for (int i = 0; i < contents.size(); i++) {
            batch.bind("author", author.person())
                    .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                    .add();
        }
        List<Long> ids = batch.executePreparedBatch("id").mapTo(Long.class).list();
        List<Order> drafts = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            drafts.add(Order.draft(ids.get(i), contents.get(i), author, number));
        }
        return store(handle, drafts, entry);
    }

    /**
     * What became of the orders of an import.
     *
     * @param done orders that went a step on
     * @param left open orders that the step was not allowed for
     * @param refused why the first of those was left, null if none was
     */
    public record Stepped(int done, int left, @Nullable OrderRefused refused) {
        private Stepped plus(Stepped more) {
            return new Stepped(done + more.done, left + more.left, refused == null ? more.refused : refused);
        }
    }

    /**
     * Takes the open orders of an import a step on, all that {@code step} allows, a thousand in each transaction: nobody else
     * waits long for the end of the trail. Who was interrupted does it again and the rest follows.
     */
    public Stepped stepImport(long number, UnaryOperator<Order> step, AuditEntry entry) {
        Stepped all = new Stepped(0, 0, null);
        List<Long> ids = number == 0 ? List.of() : ofImport(number);
        for (List<Long> some : Pieces.of(ids, AT_ONCE)) {
            all = all.plus(database.inTransaction(handle -> stepAll(handle, some, step, entry)));
        }
        return all;
    }

    private List<Long> ofImport(long number) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT id FROM orders WHERE import_id = :import ORDER BY id")
                        .bind("import", number)
                        .mapTo(Long.class)
                        .list());
    }

    private static Stepped stepAll(Handle handle, List<Long> ids, UnaryOperator<Order> step, AuditEntry entry) {
        List<Order> next = new ArrayList<>();
        OrderRefused first = null;
        int left = 0;
        for (Order each : lockedAll(handle, ids)) {
            try {
                if (each.state().isOpen()) {
                    next.add(step.apply(each));
                }
            } catch (OrderRefused notThisOne) {
                first = first == null ? notThisOne : first;
                left++;
            }
        }
        keepAll(handle, next, entry);
        return new Stepped(next.size(), left, first);
    }

    private static List<Order> lockedAll(Handle handle, List<Long> ids) {
        return handle.createQuery("SELECT body FROM orders WHERE id IN (<ids>) ORDER BY id FOR UPDATE")
                .bindList("ids", ids)
                .map(Orders::order)
                .list();
    }

    /** The open orders of an import, by number. */
    public List<Order> openOfImport(long number) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT body FROM orders WHERE import_id = :import AND kind NOT IN ('expired', 'revoked') ORDER BY id")
                .bind("import", number)
                .map(Orders::order)
                .list());
    }

    /** How many orders of an import stand where; empty if there is none. */
    public Map<String, Long> countsOfImport(long number) {
        return database.inTransaction(handle -> counts(handle.createQuery(
                        "SELECT kind, COUNT(*) AS n FROM orders WHERE import_id = :import AND import_id <> 0 GROUP BY kind")
                .bind("import", number)));
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
        keepAll(handle, List.of(order), entry);
        return order;
    }

    /** Stores the next versions of several orders, each with a link of the trail. */
    static void keepAll(Handle handle, List<Order> orders, AuditEntry entry) {
        if (!orders.isEmpty()) {
            AuditTrail.appendAll(handle, store(handle, orders, entry));
            OrderChanges.count(handle, orders);
        }
    }

    /** Stores the next versions of several orders; the links of the trail that belong to them. */
    private static List<AuditEntry> store(Handle handle, List<Order> orders, AuditEntry entry) {
        PreparedBatch stand = handle.prepareBatch(
                "UPDATE orders SET version = :version, kind = :kind, action = :action, author = :author, valid_until = :until,"
                        + " import_id = :import, body = :body WHERE id = :id");
        PreparedBatch versions =
                handle.prepareBatch("INSERT INTO order_version (order_id, version, at, account, action,"
                        + " why, body) VALUES (:id, :version, :at, :account, :action, :why, :body)");
        List<AuditEntry> links = new ArrayList<>();
        for (Order order : orders) {
            String body = StoredJson.write(order);
            stand.bind("version", order.version())
                    .bind("kind", order.state().kind())
                    .bind("action", order.content().action().text())
                    .bind("author", order.author().person())
                    .bind("until", order.content().until().atOffset(ZoneOffset.UTC))
                    .bind("import", order.importId())
                    .bind("body", body)
                    .bind("id", order.id())
                    .add();
            versions.bind("id", order.id())
                    .bind("version", order.version())
                    .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                    .bind("account", entry.who().account())
                    .bind("action", entry.action())
                    .bind("why", entry.why())
                    .bind("body", body)
                    .add();
            String details = "{\"version\":" + order.version() + ",\"state\":\""
                    + order.state().kind() + "\"}";
            links.add(new AuditEntry(
                    entry.at(), entry.who(), entry.action(), "order " + order.id(), details, entry.why()));
        }
        stand.execute();
        versions.execute();
        OrderSearch.keepAll(handle, orders);
        return links;
    }

    /**
     * Stores the next versions of orders of a revision, with links of the trail that name it.
     *
     * @param entry the revision's own link
     */
    static void keepOfRevision(Handle handle, List<Order> orders, AuditEntry entry) {
        Map<String, List<Order>> byState = orders.stream()
                .collect(Collectors.groupingBy(order -> order.state().kind(), TreeMap::new, Collectors.toList()));
        byState.forEach((state, some) -> keepAll(
                handle, some, new AuditEntry(entry.at(), entry.who(), "order." + state, "", "{}", entry.subject())));
    }

    /**
     * Takes orders of a revision that is kept already a step on, in one transaction. One that went another way meanwhile stays
     * as it is.
     *
     * @param step makes the next version, or leaves it as it is
     * @param entry the revision's own link
     */
    public void settle(List<Long> ids, UnaryOperator<Order> step, AuditEntry entry) {
        database.inTransaction(handle -> {
            List<Order> next = new ArrayList<>();
            for (Order each : lockedAll(handle, ids)) {
                Order settled = step.apply(each);
                if (settled.version() != each.version()) {
                    next.add(settled);
                }
            }
            keepOfRevision(handle, next, entry);
            return next.size();
        });
    }

    /** Orders that are decided and, as far as is written down, in no revision. */
    public List<Order> approved() {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT body FROM orders WHERE kind = 'approved' ORDER BY id")
                        .map(Orders::order)
                        .list());
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
        return database.inTransaction(handle -> OrderSearch.find(handle, search));
    }

    /** How many orders stand where. */
    public Map<String, Long> counts() {
        return database.inTransaction(
                handle -> counts(handle.createQuery("SELECT kind, COUNT(*) AS n FROM orders GROUP BY kind")));
    }

    private static Map<String, Long> counts(Query kinds) {
        Map<String, Long> counts = new TreeMap<>();
        kinds.map((row, context) -> Map.entry(row.getString("kind"), row.getLong("n")))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    /** Orders that belong into a revision, by number. */
    public List<Order> inForce() {
        return inForce(0, Long.MAX_VALUE);
    }

    /**
     * The same of some of them.
     *
     * @param from smallest number
     * @param to number above the largest
     */
    public List<Order> inForce(long from, long to) {
        return database.inTransaction(handle -> handle.createQuery("SELECT body FROM orders WHERE kind IN " + IN_FORCE
                        + " AND id >= :from AND id < :to ORDER BY id")
                .bind("from", from)
                .bind("to", to)
                .map(Orders::order)
                .list());
    }

    /** How often which of them changed. */
    public OrderChanges changes() {
        return database.inTransaction(OrderChanges::read);
    }

    /** Holds those orders until the transaction ends. Orders are always held before the end of the trail. */
    static void hold(Handle handle, List<Order> orders) {
        for (List<Order> some : Pieces.of(orders, AT_ONCE)) {
            List<Long> ids = some.stream().map(Order::id).toList();
            handle.createQuery("SELECT id FROM orders WHERE id IN (<ids>) ORDER BY id FOR UPDATE")
                    .bindList("ids", ids)
                    .mapTo(Long.class)
                    .list();
        }
    }

    /** Emergency orders that no revision has yet. */
    public List<Order> emergenciesWaiting() {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT body FROM orders WHERE kind = 'approved' AND body LIKE '%\"emergency\":true%' ORDER BY id")
                .map(Orders::order)
                .filter(Order::emergency)
                .list());
    }

    /** Numbers of the orders in force whose time is over at {@code now}. */
    public List<Long> over(Instant now) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT id FROM orders WHERE kind IN " + IN_FORCE + " AND valid_until <= :now")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .list());
    }

    static Order order(ResultSet row, StatementContext context) throws SQLException {
        return StoredJson.read(row.getString("body"), Order.class);
    }
}
