package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long MILLI = 1_000_000;

    private final List<Throwable> failures = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(0, failures::add);
    private final List<String> fired = new ArrayList<>();

    private final class Entry extends Timed {
        private final String name;
        private long deadline;

        private Entry(String name) {
            this.name = name;
        }

        private Entry at(long nanos) {
            deadline = nanos;
            wheel.schedule(this, nanos);
            return this;
        }

        @Override
        void due(long nowNanos) {
            if (nowNanos < deadline) {
                wheel.schedule(this, deadline);
            } else {
                fired.add(name);
            }
        }
    }

    @Test
    void aDeadlineIsNeverEarlyAndAtMostATickLate() {
        new Entry("a").at(25 * MILLI);
        wheel.advance(24 * MILLI);
        wheel.advance(29 * MILLI);
        assertEquals(List.of(), fired);
        wheel.advance(30 * MILLI);
        assertEquals(List.of("a"), fired);
        assertEquals(0, wheel.size());
    }

    @Test
    void whatThrowsKeepsNobodyElseFromBeingLookedAt() {
        new Entry("before").at(25 * MILLI);
        Timed throwing = new Timed() {
            @Override
            void due(long nowNanos) {
                throw new IllegalStateException("due");
            }
        };
        wheel.schedule(throwing, 25 * MILLI);
        new Entry("behind").at(25 * MILLI);
        new Entry("later").at(45 * MILLI);
        wheel.advance(50 * MILLI);
        assertEquals(List.of("behind", "before", "later"), fired);
        assertEquals(1, failures.size());
        assertEquals(0, wheel.size());
    }

    @Test
    void aDeadlineBeyondOneTurnWaitsForItsTurn() {
        new Entry("far").at(180_000 * MILLI);
        for (long now = 0; now < 180_000; now += 40_000) {
            wheel.advance(now * MILLI);
        }
        assertEquals(List.of(), fired);
        wheel.advance(180_000 * MILLI);
        assertEquals(List.of("far"), fired);
    }

    @Test
    void aLeapOfTimeFiresEverythingOnce() {
        for (int i = 0; i < 100; i++) {
            new Entry("e" + i).at(i * 1000L * MILLI);
        }
        wheel.advance(500_000 * MILLI);
        assertEquals(100, fired.size());
        assertEquals(0, wheel.size());
    }

    @Test
    void aDeadlineMovedEarlierFiresEarlierAndOneMovedLaterFiresLater() {
        Entry earlier = new Entry("earlier").at(500 * MILLI);
        Entry later = new Entry("later").at(100 * MILLI);
        earlier.at(50 * MILLI);
        later.at(300 * MILLI);
        wheel.advance(60 * MILLI);
        assertEquals(List.of("earlier"), fired);
        wheel.advance(290 * MILLI);
        assertEquals(1, fired.size());
        wheel.advance(300 * MILLI);
        assertEquals(List.of("earlier", "later"), fired);
    }

    @Test
    void cancelledEntriesAreForgottenWhereverTheyStandInTheirSlot() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            entries.add(new Entry("e" + i).at(100 * MILLI));
        }
        wheel.cancel(entries.get(4));
        wheel.cancel(entries.get(0));
        wheel.cancel(entries.get(2));
        wheel.cancel(entries.get(2));
        wheel.advance(100 * MILLI);
        assertEquals(List.of("e3", "e1"), fired);
    }

    @Test
    void manyRandomDeadlinesAllFireInTime() {
        Random random = new Random(3);
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            long at = random.nextInt(200_000) * MILLI;
            new Entry(Long.toString(at)).at(at);
        }
        for (long now = 0; now <= 200_010; now += 10) {
            int before = fired.size();
            wheel.advance(now * MILLI);
            for (String name : fired.subList(before, fired.size())) {
                long late = now * MILLI - Long.parseLong(name);
                assertEquals(true, late >= 0 && late <= 20 * MILLI, () -> name + " came " + late + " ns late");
            }
        }
        assertEquals(count, fired.size());
    }
}
