package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
