package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for the disk or the network is bounded, what does not fit is counted, what fits is done in order. */
@Timeout(60)
class BackroomTest {

    private static final int MAX_WAITING = 3;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Backroom<Integer> room() {
        return new Backroom<>("test-room", MAX_WAITING, IDLE_NANOS, 20_000, work -> {
            busy.countDown();
            await(goOn);
            done.add(work);
        });
    }

    @Test
    void theBoundIsExactAndWhatIsAboveItIsDroppedAndCounted() {
        try (Backroom<Integer> room = room()) {
            room.start();
            room.put(0);
            await(busy);
            for (int i = 1; i <= MAX_WAITING + 1; i++) {
                room.put(i);
                assertEquals(Math.min(i, MAX_WAITING), room.waiting());
                assertEquals(i > MAX_WAITING ? 1 : 0, room.dropped(), "after " + i);
            }
            goOn.countDown();
        }
        assertEquals(List.of(0, 1, 2, 3), done);
    }

    @Test
    void whatIsDoneMakesRoom() {
        Backroom<Integer> room = room();
        room.start();
        goOn.countDown();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < MAX_WAITING; i++) {
                room.put(i);
            }
            int expected = (round + 1) * MAX_WAITING;
            while (done.size() < expected) {
                Thread.onSpinWait();
            }
        }
        room.close();
        assertEquals(0, room.dropped());
        assertEquals(List.of(0, 1, 2, 0, 1, 2), done);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertEquals(true, latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }
}
