package org.anticall.ops.order;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Orders for tests. */
public final class TestOrders {

    public static final Instant NOW = Instant.parse("2026-11-21T09:40:05Z");
    public static final LocalDate DAY = LocalDate.parse("2026-11-21");
    public static final Signature AUTHOR = new Signature(1, "Н. Есімова", "1-бөлім", NOW);

    private TestOrders() {}

    /** A complete order about +44 7700 900 217, diverted, watched first. */
    public static OrderContent number() {
        return of(OrderAction.DIVERT, "a".repeat(64));
    }

    public static OrderContent of(OrderAction action, String scan) {
        return of(action, scan, new Target.Numbers(List.of("+447700900217")), true);
    }

    public static OrderContent of(OrderAction action, String scan, Target target, boolean observeFirst) {
        return new OrderContent(
                "Тергеу тобы көрсеткен нөмір",
                target,
                action,
                Ladder.PASS_WITH_LABEL,
                new Basis(Basis.Type.PROSECUTOR_ORDER, "7-18/2240", DAY, "Астана қаласының прокуратурасы", scan),
                "Астана",
                List.of(),
                NOW,
                NOW.plus(Duration.ofDays(7)),
                90,
                Origin.CITIZEN_REPORT,
                observeFirst);
    }
}
