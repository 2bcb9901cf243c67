package org.anticall.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.order.Order;
import org.anticall.ops.publish.Breaker;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.store.Orders;

/**
 * What the authority does without being asked: ends orders whose time is over (gateways stop enforcing them by themselves at
 * the very instant; this writes it down), publishes allow entries and emergency orders that could not be published when they were
 * decided, and lets orders that left their band fall back.
 */
final class AuthorityRound {

    /** Younger emergency orders are being published by whoever made them. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Orders orders;
    private final Publisher publisher;
    private final Breaker breaker;
    private final Clock clock;

    AuthorityRound(Orders orders, Publisher publisher, Breaker breaker, Clock clock) {
        this.orders = orders;
        this.publisher = publisher;
        this.breaker = breaker;
        this.clock = clock;
    }

    /** @throws PublishRefused if a revision is not well; what comes after it waits for the next round */
    void look() throws PublishRefused {
        publisher.expire();
        publisher.free(Actor.CENTRE, "allow entries that had not reached the gateways");
        Instant before = clock.instant().minus(GRACE);
        Set<Long> late = orders.emergenciesWaiting().stream()
                .filter(each -> each.author().at().isBefore(before))
                .map(Order::id)
                .collect(Collectors.toSet());
        if (!late.isEmpty()) {
            publisher.publish(
                    Actor.CENTRE,
                    "emergency orders that had not reached the gateways: " + late,
                    each -> late.contains(each.id()));
        }
        breaker.look();
    }
}
