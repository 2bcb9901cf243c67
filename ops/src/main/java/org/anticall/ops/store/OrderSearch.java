package org.anticall.ops.store;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderContent;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** What the search finds orders by, in lines of their own that are quickly gone through. */
final class OrderSearch {

    private static final int LONGEST_WORDS = 4_000;

    private OrderSearch() {}

    /** Makes the next versions of orders findable. */
    static void keepAll(Handle handle, List<Order> orders) {
        PreparedBatch known =
                handle.prepareBatch("UPDATE order_search SET kind = :kind, words = :words WHERE order_id = :id");
        orders.forEach(order -> bind(known, order));
        int[] found = known.execute();
        PreparedBatch fresh =
                handle.prepareBatch("INSERT INTO order_search (order_id, kind, words) VALUES (:id, :kind, :words)");
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                bind(fresh, orders.get(i));
            }
        }
        if (fresh.size() > 0) {
            fresh.execute();
        }
    }

    private static void bind(PreparedBatch batch, Order order) {
        batch.bind("id", order.id())
                .bind("kind", order.state().kind())
                .bind("words", words(order))
                .add();
    }

    /** Matching orders, newest first: first their numbers, then as many orders as are wanted. */
    static List<Order> find(Handle handle, Orders.Search search) {
        StringBuilder sql = new StringBuilder("SELECT order_id FROM order_search WHERE order_id < :before");
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
        sql.append(" ORDER BY order_id DESC FETCH FIRST ").append(search.most()).append(" ROWS ONLY");
        Query query = handle.createQuery(sql.toString()).bindMap(values);
        List<Long> ids = query.mapTo(Long.class).list();
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT body FROM orders WHERE id IN (<ids>) ORDER BY id DESC")
                        .bindList("ids", ids)
                        .map(Orders::order)
                        .list();
    }

    /** Title, document, office, author, numbers. */
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
