package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderState;
import org.junit.jupiter.api.Test;

/** Orders whose new states are written down after the revision that has them. */
class SettlementTest extends TrialPublishing {

    private static final int VERY_MANY = Settlement.MOST_TOGETHER + 1;

    @Test
    void aRevisionThatIsMadeMeanwhileHasAllOfThem() throws Exception {
        many(VERY_MANY);

        Revision second = publisher.publish(Actor.CENTRE, "all", each -> true);
        Revision third = publisher.publish(Actor.CENTRE, "only what is in force", each -> false);

        assertEquals(VERY_MANY, second.orders().size());
        assertEquals(second.orders(), third.orders());
        Await.until("all are live", Duration.ofMinutes(2), () -> database.orders()
                .counts()
                .equals(Map.of("live", (long) VERY_MANY)));
        Order last = database.orders().find(VERY_MANY).orElseThrow();
        assertEquals(2, assertInstanceOf(OrderState.Live.class, last.state()).revision());
        assertEquals(
                List.of("order.import", "order.approve", "order.live"),
                database.orders().history(VERY_MANY).stream()
                        .map(each -> each.action())
                        .toList());
        assertEquals(third.orders(), publisher.plan().orders());
    }

    @Test
    void whatTheLastRunDidNotWriteDownIsTakenUpAtTheStart() throws Exception {
        many(3);
        publisher.publish(Actor.CENTRE, "all", each -> true);
        long waiting = approved("+493011111111", NOW.plus(Duration.ofDays(1))).id();
        for (long id = 1; id <= 3; id++) {
            step(
                    id,
                    each -> new Order(
                            each.id(),
                            each.version() + 1,
                            each.content(),
                            each.author(),
                            false,
                            each.importId(),
                            new OrderState.Approved(each.state().signatures(), true, false)));
        }
        assertEquals(Map.of("approved", 4L), database.orders().counts());

        begunAnew();

        assertEquals(Map.of("approved", 1L, "live", 3L), database.orders().counts());
        assertEquals(
                "approved",
                database.orders().find(waiting).orElseThrow().state().kind());
        assertEquals(3, orders().size());
    }
}
