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

class CallStoriesTest {

    private static final long LIMIT = KnownCalls.LONGEST_CALL.toNanos();

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
        CallStories calls = new CallStories(3, LIMIT);
        CallStory first = call(1, 0);
        assertNull(calls.add(first));
        assertNull(calls.add(call(2, 0)));
        assertNull(calls.add(call(3, 0)));
        assertEquals(3, calls.size());
        assertSame(first, calls.add(call(4, 0)));
        assertEquals(3, calls.size());
        assertNull(calls.first(1));
        assertNotNull(calls.first(4));
    }

    @Test
    void everyCallIsFoundOnceInWhateverOrder() {
        CallStories calls = new CallStories(CallStories.MAX_CALLS, LIMIT);
        for (int i = 0; i < 5000; i++) {
            calls.add(call(i * 1_000_003L, i));
        }
        for (int i = 4999; i >= 0; i -= 2) {
            CallStory call = calls.first(i * 1_000_003L);
            assertSame(call, calls.remove(call));
            assertNull(calls.first(i * 1_000_003L));
        }
        assertEquals(2500, calls.size());
        for (int i = 0; i < 5000; i += 2) {
            assertEquals(i * 1_000_003L, calls.takeOldest().callHash());
        }
        assertNull(calls.takeOldest());
    }

    @Test
    void aCallIsGivenUpWhenItIsOlderThanAnyCall() {
        CallStories calls = new CallStories(CallStories.MAX_CALLS, LIMIT);
        calls.add(call(1, 0));
        calls.add(call(2, 1));
        assertNull(calls.takeOverdue(LIMIT));
        assertEquals(1, calls.takeOverdue(LIMIT + 1).callHash());
        assertNull(calls.takeOverdue(LIMIT + 1));
    }

    @Test
    void callsWithTheSameHashAreFoundOneAfterTheOther() {
        CallStories calls = new CallStories(3, LIMIT);
        CallStory first = call(7, 0);
        CallStory second = call(7, 1);
        calls.add(first);
        calls.add(call(7 + (1 << 20), 0));
        calls.add(second);
        assertSame(second, calls.first(7));
        assertSame(first, CallStories.next(second));
        assertNull(CallStories.next(first));
        calls.remove(second);
        assertSame(first, calls.first(7));
        assertNull(calls.first(8));
    }

    private static CallStory call(long hash, long answeredNanos) {
        CallStory call = new CallStory(TRUNK, new InetSocketAddress(0), hash, 0, 0);
        call.answered(200, false, answeredNanos);
        return call;
    }
}
