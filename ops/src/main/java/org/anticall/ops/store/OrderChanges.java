package org.anticall.ops.store;

import java.util.Arrays;
import java.util.List;
import org.anticall.ops.order.Order;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * How often orders in force came, changed or went, counted for a thousand numbers of orders at a time. Where the count
 * is the same as before, so are all the orders. Counted while the end of the trail is held, so nobody sees a count of
 * what is not there yet. Immutable.
 */
public final class OrderChanges {

    /** Numbers of orders that are counted together: those that are the same when divided by it. */
    public static final int WIDTH = 1_000;

    private static final int BUCKETS = 1_000;

    private final long[] counts;
    private final long last;

    private OrderChanges(long[] counts, long last) {
        this.counts = counts;
        this.last = last;
    }

    static OrderChanges read(Handle handle) {
        long[] counts = new long[BUCKETS];
        handle.createQuery("SELECT bucket, changes FROM order_change")
                .map((row, context) -> {
                    counts[row.getInt("bucket")] = row.getLong("changes");
                    return row.getInt("bucket");
                })
                .list();
        long last = handle.createQuery("SELECT COALESCE(MAX(id), 0) FROM orders")
                .mapTo(Long.class)
                .one();
        return new OrderChanges(counts, last);
    }

    /** Counts those of {@code orders} that a revision has, had, or is to have. */
    static void count(Handle handle, List<Order> orders) {
        List<Integer> buckets = orders.stream()
                .filter(order -> order.state().isInForce() || !order.state().isOpen())
                .map(order -> bucket(order.id() / WIDTH))
                .distinct()
                .sorted()
                .toList();
        if (buckets.isEmpty()) {
            return;
        }
        PreparedBatch batch =
                handle.prepareBatch("UPDATE order_change SET changes = changes + 1 WHERE bucket = :bucket");
        buckets.forEach(bucket -> batch.bind("bucket", bucket).add());
        batch.execute();
    }

    /** How many thousands of numbers there are. */
    public long thousands() {
        return last / WIDTH + 1;
    }

    /** The count for the orders {@code thousand * WIDTH} up to the next thousand. */
    public long of(long thousand) {
        return counts[bucket(thousand)];
    }

    private static int bucket(long thousand) {
        return (int) (thousand % BUCKETS);
    }

    /** Whether nothing changed in between. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OrderChanges changes && Arrays.equals(counts, changes.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
