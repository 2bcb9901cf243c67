package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetSocketAddress;
import java.util.List;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.rules.call.TrunkClass;
import org.junit.jupiter.api.Test;

class AnsweredCallsTest {

    private static final Trunk TRUNK = new Trunk(
            "t",
            TrunkClass.INTERNATIONAL,
            List.of(),
            "core",
            Trunk.OnOverload.PASS,
            Contract.DEFAULT,
            TrunkLimits.NONE);

    @Test
    void theOldestGoesWhenOneTooManyComes() {
        AnsweredCalls calls = new AnsweredCalls(3);
        CallStory first = call(1, 0);
        assertNull(calls.add(first));
        assertNull(calls.add(call(2, 0)));
        assertNull(calls.add(call(3, 0)));
        assertEquals(3, calls.size());
        assertSame(first, calls.add(call(4, 0)));
        assertEquals(3, calls.size());
        assertNull(calls.take(1));
        assertNotNull(calls.take(4));
    }

    @Test
    void everyCallIsFoundOnceInWhateverOrder() {
        AnsweredCalls calls = new AnsweredCalls();
        for (int i = 0; i < 5000; i++) {
            calls.add(call(i * 1_000_003L, i));
        }
        for (int i = 4999; i >= 0; i -= 2) {
            assertEquals(i * 1_000_003L, calls.take(i * 1_000_003L).callHash());
            assertNull(calls.take(i * 1_000_003L));
        }
        assertEquals(2500, calls.size());
        for (int i = 0; i < 5000; i += 2) {
            assertEquals(i * 1_000_003L, calls.takeOldest().callHash());
        }
        assertNull(calls.takeOldest());
    }

    @Test
    void aCallIsGivenUpWhenItIsOlderThanAnyCall() {
        AnsweredCalls calls = new AnsweredCalls();
        long limit = AnsweredCalls.LONGEST_CALL.toNanos();
        calls.add(call(1, 0));
        calls.add(call(2, 1));
        assertNull(calls.takeOverdue(limit));
        assertEquals(1, calls.takeOverdue(limit + 1).callHash());
        assertNull(calls.takeOverdue(limit + 1));
    }

    private static CallStory call(long hash, long answeredNanos) {
        CallStory call = new CallStory(TRUNK, new InetSocketAddress(0), hash, 0, 0);
        call.answered(200, false, answeredNanos);
        return call;
    }
}
