package org.anticall.ops.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.publish.Assembly.Placed;
import org.anticall.ops.store.OrderChanges;
import org.anticall.ops.store.Orders;
import org.anticall.rules.bundle.PartContent;
import org.jspecify.annotations.Nullable;

/**
 * The orders in force as the next revision would have them. Those of a thousand in which nothing changed, waits or ends
 * are taken as they were, without reading one of them again; of a hundred thousand orders one that changes costs a
 * thousand. Thread-safe.
 */
final class StandingOrders {

    /** Of a thousand orders that stand as they were so many are kept whole, to be called in rehearsals. */
    static final int SAMPLES = 10;

    private final Orders orders;
    private Map<Long, Thousand> known = new HashMap<>();
    private long read;

    StandingOrders(Orders orders) {
        this.orders = orders;
    }

    /**
     * All orders of a revision.
     *
     * @param changes how often orders had changed when they were read
     * @param touched those in force, of every thousand that was read now
     * @param fresh those of {@code touched} that the revision has, by number
     * @param samples some of those that were not read
     * @param tables those of numbers, prefixes and ranges, by the names of their parts
     * @param rules those that are rules of the rule file, by number
     * @param names all of them
     */
    record Standing(
            OrderChanges changes,
            List<Order> touched,
            List<Placed> fresh,
            List<Placed> samples,
            SortedMap<String, PartContent> tables,
            List<Placed> rules,
            RevisionOrders names) {}

    /** A thousand numbers of orders. */
    private record Thousand(
            long changes,
            Instant steadyUntil,
            @Nullable PartContent table,
            List<Placed> rules,
            List<Placed> samples,
            long[] numbers,
            boolean[] shadow) {

        boolean isSteady(long changesNow, Instant now) {
            return changes == changesNow && now.isBefore(steadyUntil);
        }
    }

    /**
     * The orders that belong into a revision made at {@code now}.
     *
     * @param chosen which of the newly approved orders come into force; those in the gateways stay there in any case
     * @param without number of an order that is left out, 0 for none
     */
    synchronized Standing at(Instant now, Predicate<Order> chosen, long without) {
        OrderChanges changes = orders.changes();
        List<Order> touched = new ArrayList<>();
        List<Placed> fresh = new ArrayList<>();
        List<Placed> samples = new ArrayList<>();
        SortedMap<String, PartContent> tables = new TreeMap<>();
        List<Placed> rules = new ArrayList<>();
        RevisionOrders.Builder names = new RevisionOrders.Builder();
        Map<Long, Thousand> next = new HashMap<>();
        for (long each = 0; each < changes.thousands(); each++) {
            Thousand before = known.get(each);
            boolean whole = without == 0 || OrderTables.thousandOf(without) != each;
            Thousand thousand;
            if (before != null && whole && before.isSteady(changes.of(each), now)) {
                thousand = before;
                samples.addAll(thousand.samples());
            } else {
                List<Order> inForce = orders.inForce(each * OrderChanges.WIDTH, (each + 1) * OrderChanges.WIDTH);
                List<Placed> placed = placed(inForce, now, chosen, without);
                thousand = thousand(changes.of(each), inForce, placed, now, before == null ? null : before.table());
                touched.addAll(inForce);
                fresh.addAll(placed);
                read++;
            }
            if (whole) {
                next.put(each, thousand);
            }
            PartContent table = thousand.table();
            if (table != null) {
                tables.put(OrderTables.part(each), table);
            }
            rules.addAll(thousand.rules());
            for (int i = 0; i < thousand.numbers().length; i++) {
                names.add(thousand.numbers()[i], thousand.shadow()[i]);
            }
        }
        known = next;
        return new Standing(changes, touched, fresh, samples, tables, rules, names.build());
    }

    /** How many times the orders of a thousand were read so far. */
    synchronized long read() {
        return read;
    }

    private static List<Placed> placed(List<Order> inForce, Instant now, Predicate<Order> chosen, long without) {
        List<Placed> placed = new ArrayList<>();
        for (Order each : inForce) {
            OrderState state = each.state();
            boolean waiting = state instanceof OrderState.Approved && !chosen.test(each);
            boolean watched = state instanceof OrderState.Approved approved && approved.watched();
            if (!each.isOver(now) && (!waiting || watched) && each.id() != without) {
                placed.add(new Placed(each.id(), each.content(), waiting || isShadow(state)));
            }
        }
        return placed;
    }

    private static boolean isShadow(OrderState state) {
        return state instanceof OrderState.Shadow
                || (state instanceof OrderState.Approved approved && !approved.live());
    }

    private static Thousand thousand(
            long changes, List<Order> inForce, List<Placed> placed, Instant now, @Nullable PartContent before) {
        List<Placed> rules =
                placed.stream().filter(each -> !OrderTables.has(each.content())).toList();
        List<Placed> lines =
                placed.stream().filter(each -> OrderTables.has(each.content())).toList();
        PartContent table = lines.isEmpty() ? null : OrderTables.content(lines);
        List<Placed> samples = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += lines.size() / SAMPLES + 1) {
            samples.add(lines.get(i));
        }
        long[] numbers = new long[placed.size()];
        boolean[] shadow = new boolean[placed.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = placed.get(i).order();
            shadow[i] = placed.get(i).shadow();
        }
        return new Thousand(
                changes,
                steadyUntil(inForce, now),
                before != null && before.equals(table) ? before : table,
                rules,
                samples,
                numbers,
                shadow);
    }

    /** When the first of them ends; at once where one has ended or waits for a decision. */
    private static Instant steadyUntil(List<Order> inForce, Instant now) {
        Instant until = Instant.MAX;
        for (Order each : inForce) {
            Instant end = each.state() instanceof OrderState.Approved
                    ? now
                    : each.content().until();
            until = end.isBefore(until) ? end : until;
        }
        return until;
    }
}
