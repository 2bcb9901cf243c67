package org.anticall.ops.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.order.TestOrders;
import org.anticall.ops.store.Database;

/** Any number of approved orders in a database: of one number, and some of ten numbers, of a prefix and of a range. */
public final class ManyOrders {

    private static final int AT_ONCE = 5_000;

    private ManyOrders() {}

    /**
     * Approves {@code count} orders.
     *
     * @param person who wrote them; the approver is somebody else
     */
    public static void approve(Database database, int count, long person) {
        Instant now = Instant.now();
        Signature author = new Signature(person, "author", "", now);
        Signature approver = new Signature(person + 1, "approver", "", now);
        AuditEntry entry = AuditEntry.of(now, new Actor(person, "author", ""), "order.approve", "");
        OrderState approved = new OrderState.Approved(List.of(approver), true, false);
        for (int done = 0; done < count; done += AT_ONCE) {
            List<OrderContent> contents = new ArrayList<>();
            for (int i = done; i < Math.min(count, done + AT_ONCE); i++) {
                contents.add(lasting(target(i), now));
            }
            long taken = database.orders().addImport(contents, author, entry);
            database.orders()
                    .stepImport(
                            taken,
                            each -> new Order(
                                    each.id(), each.version() + 1, each.content(), author, false, taken, approved),
                            entry);
        }
    }

    /** Lets an order that acts only be watched, or one that is watched act when it is published next. */
    public static Order change(Database database, long id, long person) {
        Instant now = Instant.now();
        Signature approver = new Signature(person + 1, "approver", "", now);
        AuditEntry entry = AuditEntry.of(now, new Actor(person + 1, "approver", ""), "order.step", "");
        Order order = database.orders().find(id).orElseThrow();
        return database.orders()
                .change(
                        id,
                        order.version(),
                        each -> each.state() instanceof OrderState.Live
                                ? each.watch(approver, "changed")
                                : each.goLive(approver),
                        entry)
                .orElseThrow();
    }

    /** Holds from {@code now} for three hours. */
    public static OrderContent lasting(Target target, Instant now) {
        OrderContent content = TestOrders.of(OrderAction.DIVERT, "a".repeat(64), target, false);
        return new OrderContent(
                content.title(),
                target,
                content.action(),
                content.ladder(),
                content.basis(),
                content.territory(),
                content.calleePrefixes(),
                now,
                now.plus(Duration.ofHours(3)),
                content.confidence(),
                content.origin(),
                false);
    }

    private static Target target(int i) {
        long number = 493_000_000_000L + 10L * i;
        return switch (i % 20) {
            case 0 -> new Target.Prefix("+" + number / 10);
            case 1 -> new Target.Range("+" + number, "+" + (number + 9));
            case 2 ->
                new Target.Numbers(LongStream.range(0, 10)
                        .mapToObj(n -> "+" + (number + n))
                        .toList());
            default -> new Target.Numbers(List.of("+" + number));
        };
    }
}
