package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anticall.ops.http.Chores;
import org.anticall.ops.http.Chores.Chore;
import org.junit.jupiter.api.Test;

/** Work that the centre repeats by itself. */
class RoundTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final int PATIENCE_SECONDS = 20;

    private final Chores chores = new Chores();

    @Test
    void aFailureIsToldAndTheWorkIsDoneAgainUntilItGoesWell() throws InterruptedException {
        BlockingQueue<Chores.Standing> before = new LinkedBlockingQueue<>();
        int[] tries = new int[1];
        Round.Work work = () -> {
            before.add(chores.of(Chore.BACKUP));
            switch (++tries[0]) {
                case 1 -> throw new IOException("the disk is full");
                case 2 -> throw new IllegalStateException("a defect");
                default -> {}
            }
        };

        try (Round round = new Round(Chore.BACKUP, SOON, SOON, work, chores, Clock.systemUTC())) {
            assertNotNull(round);
            assertEquals(0, next(before).failures());
            Chores.Standing failing = next(before);
            assertEquals(1, failing.failures());
            assertNull(failing.done());
            Chores.Standing still = next(before);
            assertEquals(2, still.failures());
            assertEquals(failing.failingSince(), still.failingSince(), "since the first");
            Chores.Standing well = next(before);
            assertEquals(2, well.failures());
            assertNull(well.failingSince());
            assertNotNull(well.done());
        }
    }

    @Test
    void theEndWaitsForWorkThatIsUnderWayAndInterruptsNobody() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Round.Work work = () -> {
            begun.countDown();
            try {
                goOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException unexpected) {
                interrupted.set(true);
            }
            done.set(true);
        };
        Round round = new Round(Chore.AUTHORITY, SOON, Duration.ofHours(1), work, chores, Clock.systemUTC());
        assertTrue(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        Thread ending = new Thread(round::close);
        ending.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ending.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        goOn.countDown();

        ending.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

        assertTrue(done.get());
        assertFalse(interrupted.get());
    }

    private static Chores.Standing next(BlockingQueue<Chores.Standing> standings) throws InterruptedException {
        Chores.Standing standing = standings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(standing);
        return standing;
    }
}
