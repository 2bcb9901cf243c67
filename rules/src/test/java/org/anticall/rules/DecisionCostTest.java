package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;

/** The path of a call that passes must leave nothing for the collector. */
class DecisionCostTest {

    private static final int CALLS = 20_000;
    /** One object per call would be at least sixteen bytes; what the measuring itself leaves is far below one. */
    private static final int BYTES_ALLOWED = CALLS;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RuleBook book = RuleBook.forHome("KZ");
    private long seen;

    @Test
    void judgingACallThatPassesAllocatesNothing() {
        book.activate(RuleSource.reference("KZ"));
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_790_000_000_000L)
                .asserted(book.numbers().caller("+905321234567"))
                .presented(book.numbers().caller("+905321234567"))
                .callee(book.numbers().callee("+77172555555"))
                .build();
        assertTrue(((Decision) book.decide(facts)).verdict() instanceof Verdict.Pass);

        assertAllocatesNothing(() -> seen += book.decide(facts) == null ? 1 : 0);
    }

    /** The call's number is named by orders that are over, in shadow elsewhere, or protect others; ten thousand name other numbers. */
    @Test
    void judgingACallBesideManyOrdersAllocatesNothing() {
        StringBuilder table = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            table.append(i)
                    .append(";live;reject;;2026-12-01T00:00:00Z;law;7;2026-11-01;o;t;;+49")
                    .append(3_000_000_000L + i)
                    .append('\n');
        }
        table.append("10001;live;reject;;2026-01-01T00:00:00Z;law;7;2026-11-01;o;t;;+905321234567\n");
        table.append("10002;live;reject;;;law;7;2026-11-01;o;t;+7701*;+90532*\n");
        table.append("10003;shadow;reject;;;law;7;2026-11-01;o;t;+7701*;+90*\n");
        Map<String, PartContent> parts = Map.of(
                "rules.yaml",
                content(
                        """
                        home: KZ
                        orders: {title: t, reason: r, tables: orders.csv}
                        rules: [{id: R, title: t, priority: 1, when: {caller: {country: 1}}, then: pass}]
                        """),
                "orders.csv",
                content(table.toString()));
        assertInstanceOf(Activation.Activated.class, book.activate(RuleSource.parts("rules.yaml", 0, parts::get)));
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, 1_790_000_000_000L)
                .asserted(book.numbers().caller("+905321234567"))
                .presented(book.numbers().caller("+905321234568"))
                .callee(book.numbers().callee("+77172555555"))
                .build();
        assertTrue(((Decision) book.decide(facts)).verdict() instanceof Verdict.Pass);

        assertAllocatesNothing(() -> seen += book.decide(facts) == null ? 1 : 0);
    }

    private static PartContent content(String text) {
        return PartContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readingANumberAllocatesNothing() {
        String[] written = {"+905321234567", "87272501234", "0077011234567", "+71414", "+7 (717) 270-00-00", "MICROSOFT"
        };

        assertAllocatesNothing(() -> {
            for (String each : written) {
                seen += book.numbers().caller(each);
            }
        });
    }

    private void assertAllocatesNothing(Runnable work) {
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 10 && allocated > BYTES_ALLOWED; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
        assertTrue(allocated <= BYTES_ALLOWED, allocated + " bytes for " + CALLS + " calls");
    }
}
