package org.anticall.gateway.hop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.HopGroup;
import org.anticall.gateway.config.Transport;
import org.junit.jupiter.api.Test;

class HopOrderTest {

    private static final long SECOND = 1_000_000_000L;

    private final HopOrder order = Objects.requireNonNull(NextHops.of(List.of(new HopGroup(
                    "core",
                    IntStream.range(0, 3)
                            .mapToObj(i -> new Hop(new InetSocketAddress("192.0.2.1", 5060 + i), Transport.UDP))
                            .toList())))
            .group("core"));

    @Test
    void hopsAreTriedInTheirOrderAndEachOnce() {
        long tried = 0;
        for (NextHop expected : order.hops()) {
            assertEquals(expected, order.next(tried, 0));
            tried |= order.bit(expected);
        }
        assertNull(order.next(tried, 0));
    }

    @Test
    void aHopThatTimedOutComesLastUntilItAnswersOrTimePasses() {
        NextHop first = order.hops().get(0);
        first.timedOut(SECOND);
        assertEquals(order.hops().get(1), order.next(0, 2 * SECOND));
        assertEquals(order.hops().get(1), order.next(0, 11 * SECOND - 1));
        assertEquals(first, order.next(0, 11 * SECOND));
        first.timedOut(20 * SECOND);
        first.answered();
        assertEquals(first, order.next(0, 20 * SECOND));
    }

    @Test
    void aGroupOfWhichNobodyAnswersIsStillTried() {
        order.hops().forEach(hop -> hop.timedOut(0));
        assertEquals(order.hops().get(0), order.next(0, 1));
        assertEquals(order.hops().get(1), order.next(1, 1));
        assertTrue(order.hops().get(0).isAvoided(1));
    }
}
