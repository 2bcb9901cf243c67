package org.anticall.ops.publish;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Pieces;

/**
 * What becomes of orders with a revision. A few change their states in its own transaction. Very many follow in pieces after it:
 * everybody who does anything waits for the end of the trail while one is written. The revision says which orders it has, so what
 * a crash interrupted is taken up at the next start, and a revision that is made meanwhile has them all. Not thread-safe: whoever
 * asks holds the publisher.
 */
final class Settlement {

    /** So many orders change together with their revision. */
    static final int MOST_TOGETHER = 2_500;

    private static final int AT_ONCE = 1_000;

    private final Orders orders;
    private final Deque<Piece> rest = new ArrayDeque<>();
    private final Set<Long> waiting = new HashSet<>();

    Settlement(Orders orders) {
        this.orders = orders;
    }

    /** Orders that are to change together. */
    private record Piece(List<Long> ids, UnaryOperator<Order> step, AuditEntry entry) {}

    /** Those of {@code changed} that change with their revision; the others are for {@link #later}. */
    static List<Order> together(List<Order> changed) {
        return changed.size() <= MOST_TOGETHER ? changed : List.of();
    }

    /**
     * Puts orders down for {@link #next}.
     *
     * @param changed all that a revision changes; nothing is put down where they changed with it
     * @param step what becomes of each, as it stands then
     * @param entry the revision's own link
     */
    void later(List<Order> changed, UnaryOperator<Order> step, AuditEntry entry) {
        if (changed.size() <= MOST_TOGETHER) {
            return;
        }
        List<Long> ids = changed.stream().map(Order::id).toList();
        for (List<Long> some : Pieces.of(ids, AT_ONCE)) {
            rest.add(new Piece(some, step, entry));
        }
        waiting.addAll(ids);
    }

    /** Whether the newest revision has decided over the order and that is still to be written down. */
    boolean isWaiting(long order) {
        return waiting.contains(order);
    }

    /** Writes the next piece down. Whether there is another one. */
    boolean next() {
        Piece piece = rest.peek();
        if (piece == null) {
            return false;
        }
        orders.settle(piece.ids(), piece.step(), piece.entry());
        rest.remove();
        piece.ids().forEach(waiting::remove);
        return !rest.isEmpty();
    }

    /** Orders that the newest revision has and that do not know it yet: the last run ended before that was written down. */
    void takeUp(Revision newest, Instant now) {
        List<Order> approved = orders.approved();
        if (approved.isEmpty()) {
            return;
        }
        Set<String> names = new HashSet<>(newest.orders().names(Integer.MAX_VALUE));
        List<Long> ids = new ArrayList<>();
        for (Order each : approved) {
            boolean isLive = each.state() instanceof OrderState.Approved decided && decided.live();
            if (names.contains(RevisionOrders.name(each.id(), !isLive))) {
                ids.add(each.id());
            }
        }
        AuditEntry entry = AuditEntry.of(now, Actor.CENTRE, "revision.publish", "revision " + newest.revision());
        for (List<Long> some : Pieces.of(ids, AT_ONCE)) {
            orders.settle(some, each -> each.published(newest.revision(), now), entry);
        }
    }
}
