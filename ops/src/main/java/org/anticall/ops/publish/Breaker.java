package org.anticall.ops.publish;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Outdated;
import org.anticall.ops.store.RuleHours;
import org.anticall.rules.model.OrderLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker: a live order whose diverted or released calls leave their band falls back to shadow in a revision of
 * its own, with an ERROR in the log, the reason in the trail and on the order. Only a person puts it into force again. One
 * thread.
 */
public final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final Orders orders;
    private final RuleHours hours;
    private final Publisher publisher;
    private final Clock clock;

    public Breaker(Orders orders, RuleHours hours, Publisher publisher, Clock clock) {
        this.orders = orders;
        this.hours = hours;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Looks at every live order that diverts and that had a call within the hour: without one none leaves its band.
     *
     * @return the numbers of those that fell back
     * @throws PublishRefused if the revision without them cannot be made; they are still watched by the next look
     */
    public List<Long> look() throws PublishRefused {
        Instant now = clock.instant();
        List<Long> fallen = new ArrayList<>();
        for (String rule : new TreeSet<>(hours.busy(now))) {
            Order order = orders.find(OrderLine.numberOf(rule)).orElse(null);
            String why = order == null ? null : leftBy(order, now);
            if (order != null && why != null && fallBack(order, why, now)) {
                fallen.add(order.id());
            }
        }
        if (!fallen.isEmpty()) {
            publisher.publish(Actor.CENTRE, "fell back to shadow: orders " + fallen, each -> false);
        }
        return fallen;
    }

    private @Nullable String leftBy(Order order, Instant now) {
        return order.state() instanceof OrderState.Live live && order.content().action() == OrderAction.DIVERT
                ? RuleBand.leftBy(
                        hours.of(Assembly.ruleOf(order.id()), order.content().target(), live.since(), now))
                : null;
    }

    private boolean fallBack(Order order, String why, Instant now) {
        AuditEntry entry = new AuditEntry(now, Actor.CENTRE, "order.fell-back", "order " + order.id(), "{}", why);
        try {
            orders.change(order.id(), order.version(), each -> each.fallBack(why, now), entry);
        } catch (Outdated somebodyDecided) {
            return false;
        }
        LOG.atError()
                .addKeyValue("order", order.id())
                .addKeyValue("document", order.content().basis().document())
                .log("an order fell back to shadow and waits for a person: {}", why);
        return true;
    }
}
