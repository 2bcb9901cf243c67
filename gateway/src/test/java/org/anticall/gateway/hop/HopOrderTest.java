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

    private static HopOrder group(Hop... hops) {
        return Objects.requireNonNull(
                NextHops.of(List.of(new HopGroup("core", List.of(hops)))).group("core"));
    }

    private static Hop hop(int port, int priority, int weight) {
        return new Hop(new InetSocketAddress("192.0.2.1", port), Transport.UDP, priority, weight, false);
    }

    @Test
    void hopsOfOnePriorityShareTheCallsByTheirWeight() {
        HopOrder shared = group(hop(1, 1, 1), hop(2, 1, 3), hop(3, 2, 100), hop(4, 1, 0));
        int[] calls = new int[5];
        for (int i = 0; i < 4000; i++) {
            calls[Objects.requireNonNull(shared.next(0, 0)).address().getPort()]++;
        }
        assertTrue(calls[1] > 850 && calls[1] < 1150, "a quarter of 4000: " + calls[1]);
        assertEquals(4000, calls[1] + calls[2]);
        assertEquals(0, calls[3] + calls[4], "a later priority and a weight of 0 get nothing while others are well");
        assertEquals(4, Objects.requireNonNull(shared.next(0b0011, 0)).address().getPort());
        assertEquals(3, Objects.requireNonNull(shared.next(0b1011, 0)).address().getPort());
        assertNull(shared.next(0b1111, 0));
    }

    @Test
    void healthCountsBeforePriority() {
        HopOrder order = group(hop(1, 1, 1), hop(2, 2, 1));
        order.hops().get(0).probed(false);
        assertEquals(order.hops().get(1), order.next(0, 0));
        order.hops().get(0).probed(true);
        assertEquals(order.hops().get(0), order.next(0, 0));
    }

    @Test
    void aDrainedHopIsTheLastResortAndOneThatIsDownIsNone() {
        HopOrder order = group(hop(1, 1, 1), hop(2, 2, 1));
        order.hops().get(0).turn(HopSwitch.DRAIN);
        assertEquals(order.hops().get(1), order.next(0, 0));
        assertEquals(order.hops().get(0), order.next(0b10, 0));
        order.hops().get(0).turn(HopSwitch.DOWN);
        assertNull(order.next(0b10, 0));
        order.hops().get(1).timedOut(0);
        assertEquals(order.hops().get(1), order.next(0, 1), "avoided, but all there is");
    }

    @Test
    void threeDeclinesInARowOrAWordOfItsOwnKeepCallsAway() {
        NextHop first = order.hops().get(0);
        first.declined(0, 0);
        first.declined(0, 0);
        assertEquals(first, order.next(0, 1));
        first.declined(0, 0);
        assertEquals(order.hops().get(1), order.next(0, 1));
        first.answered();
        first.declined(0, 0);
        assertEquals(first, order.next(0, 1), "an answer in between begins the count anew");
        first.declined(0, 30);
        assertEquals(order.hops().get(1), order.next(0, 30 * SECOND - 1));
        assertEquals(first, order.next(0, 30 * SECOND));
        first.declined(0, 9999);
        assertEquals(first, order.next(0, 60 * SECOND), "nobody stays away longer than a minute");
    }

    @Test
    void aFullDeskGetsNoCallUntilItsWordHasRunOut() {
        HopOrder desks = Objects.requireNonNull(NextHops.of(List.of(new HopGroup("desk", List.of(hop(1, 1, 1)))))
                .group("desk"));
        NextHop desk = desks.hops().get(0);
        assertEquals(-1, desk.places(0));
        desk.takesCall();
        assertEquals(desk, desks.next(0, 0), "a desk that says nothing gets what comes");
        desk.hasPlaces(2, SECOND);
        desk.takesCall();
        assertEquals(desk, desks.next(0, 0));
        desk.takesCall();
        assertNull(desks.next(0, SECOND - 1));
        assertEquals(desk, desks.next(0, SECOND));
    }
}
