package org.anticall.rules.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.NumberingPlan;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PartyNumber.Form;
import org.junit.jupiter.api.Test;

class BehaviourCountersTest {

    private static final long NOON = 1_795_000_000_000L;
    private static final long CALLER = 905_321_234_567L;
    private static final long CALLEE = 77_172_555_555L;
    private static final Gauge ATTEMPTS = new Gauge(Measure.ATTEMPTS, 600, 0);
    private static final Gauge DISTINCT = new Gauge(Measure.DISTINCT_CALLEES, 3600, 0);
    private static final Gauge OPEN = new Gauge(Measure.CONCURRENT_CALLS, 0, 0);
    private static final Gauge VICTIM = new Gauge(Measure.CALLERS_OF_CALLEE, 1800, 0);
    private static final Gauge ORIGIN = new Gauge(Measure.ORIGIN_CALLS, 0, 0);
    private static final Gauge REJECTS = new Gauge(Measure.TRUNK_REJECT_SHARE, 0, 100);
    private static final Gauge MESSAGES = new Gauge(Measure.STATE_MESSAGES, 1800, 0);
    private static final GaugePlan PLAN =
            GaugePlan.of(List.of(ATTEMPTS, DISTINCT, OPEN, VICTIM, ORIGIN, REJECTS, MESSAGES));

    private final NumberingPlan kazakhstan = NumberingPlan.of("KZ");
    private final BehaviourCounters counters = new BehaviourCounters(kazakhstan, BehaviourCounters.MIN_MAX_BYTES);

    @Test
    void aWindowEndsToTheSecond() {
        observe(CALLER, CALLEE, NOON);

        assertEquals(2, observe(CALLER, CALLEE, NOON + 599_000)[PLAN.placeOf(ATTEMPTS)]);
        assertEquals(2, observe(CALLER, CALLEE, NOON + 600_000)[PLAN.placeOf(ATTEMPTS)]);
        assertEquals(3, observe(CALLER, CALLEE, NOON + 600_000)[PLAN.placeOf(ATTEMPTS)]);
    }

    @Test
    void noCountExceedsWhatIsRemembered() {
        int[] last = new int[0];
        for (int i = 0; i < 200; i++) {
            last = observe(CALLER, CALLEE + i, NOON + i);
        }

        assertEquals(Gauge.MAX_COUNT, last[PLAN.placeOf(ATTEMPTS)]);
        assertEquals(Gauge.MAX_COUNT, last[PLAN.placeOf(DISTINCT)]);
    }

    @Test
    void callsThatEndLeaveTheConcurrentOnesAndNothingIsEverNegative() {
        CallFacts first = call(CALLER, CALLEE, NOON);
        observe(CALLER, CALLEE, NOON);
        counters.ended(CallEnd.of(first, 0, NOON + 5_000, CallEnd.Party.CALLER));
        counters.ended(CallEnd.of(first, 0, NOON + 5_000, CallEnd.Party.CALLER));
        counters.ended(CallEnd.of(call(CALLER + 1, CALLEE, NOON), 0, NOON + 1, CallEnd.Party.CALLER));

        assertEquals(1, observe(CALLER, CALLEE, NOON + 6_000)[PLAN.placeOf(OPEN)]);
    }

    @Test
    void aCallWhoseEndNobodyReportedEndsAfterFourHours() {
        observe(CALLER, CALLEE, NOON);

        assertEquals(2, observe(CALLER, CALLEE, NOON + 4 * 3_600_000L - 1_000)[PLAN.placeOf(OPEN)]);
        assertEquals(2, observe(CALLER, CALLEE, NOON + 4 * 3_600_000L)[PLAN.placeOf(OPEN)]);
    }

    @Test
    void aNumberThatIsResetBeginsAnew() {
        observe(CALLER, CALLEE, NOON);
        observe(CALLER, CALLEE, NOON);
        counters.messaged(CALLEE, NOON);
        counters.reset(CALLER, "transit-a");

        int[] left = observe(CALLER, CALLEE, NOON);
        assertEquals(1, left[PLAN.placeOf(ATTEMPTS)]);
        assertEquals(1, left[PLAN.placeOf(MESSAGES)]);
        counters.reset(CALLEE, "transit-a");
        assertEquals(0, observe(CALLER, CALLEE, NOON)[PLAN.placeOf(MESSAGES)]);
    }

    @Test
    void emergencyCallsAreNotCounted() {
        CallFacts help = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, NOON)
                .asserted(PartyNumber.of(CALLER, Form.INTERNATIONAL))
                .callee(PartyNumber.shortCode(112, 3))
                .build();
        int[] values = new int[PLAN.size()];
        counters.observe(help, PLAN, values);

        assertTrue(Arrays.stream(values).allMatch(value -> value == Readings.UNKNOWN));
        assertEquals(1, observe(CALLER, CALLEE, NOON)[PLAN.placeOf(ATTEMPTS)]);
    }

    @Test
    void theShareOfRejectsIsSaidOfAHundredCallsAndMore() {
        for (int i = 1; i <= 99; i++) {
            observe(CALLER + i, CALLEE, NOON);
            if (i <= 20) {
                counters.rejected(call(CALLER + i, CALLEE, NOON));
            }
        }

        assertEquals(20, observe(CALLER, CALLEE, NOON)[PLAN.placeOf(REJECTS)]);
    }

    @Test
    void theShareOfRejectsIsNotSaidOfFewer() {
        for (int i = 1; i <= 98; i++) {
            observe(CALLER + i, CALLEE, NOON);
        }

        assertEquals(Readings.UNKNOWN, observe(CALLER, CALLEE, NOON)[PLAN.placeOf(REJECTS)]);
    }

    @Test
    void aFloodOfRandomCallersTakesNoMoreMemoryAndHidesNoBusyOne() {
        Random random = new Random(7);
        long before = counters.bytes();
        for (int i = 0; i < 20; i++) {
            observe(CALLER, CALLEE + i, NOON + i * 1_000L);
        }
        for (int i = 0; i < 400_000; i++) {
            observe(440_000_000_000L + random.nextInt(1_000_000_000), CALLEE + 100 + i % 5_000, NOON + 20_000 + i / 10);
        }

        assertEquals(before, counters.bytes());
        assertTrue(counters.bytes() <= BehaviourCounters.MIN_MAX_BYTES, () -> counters.bytes() + " bytes");
        assertEquals(21, observe(CALLER, CALLEE + 99, NOON + 100_000)[PLAN.placeOf(DISTINCT)]);
    }

    @Test
    void theLimitIsKeptAtAnySize() {
        for (long bytes : new long[] {8L << 20, 9_000_001, 64L << 20}) {
            long taken = new BehaviourCounters(kazakhstan, bytes).bytes();
            assertTrue(taken <= bytes && taken > bytes / 2, () -> taken + " of " + bytes);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new BehaviourCounters(kazakhstan, BehaviourCounters.MIN_MAX_BYTES - 1));
    }

    @Test
    void countersComeBackAfterARestart() {
        for (int i = 0; i < 30; i++) {
            observe(CALLER, CALLEE + i, NOON + i * 1_000L);
            counters.rejected(call(CALLER, CALLEE + i, NOON + i * 1_000L));
        }
        counters.messaged(CALLEE, NOON);
        byte[] saved = counters.save();
        BehaviourCounters again = new BehaviourCounters(kazakhstan, BehaviourCounters.MIN_MAX_BYTES * 2);
        again.restore(saved);

        int[] expected = observe(counters, CALLER, CALLEE, NOON + 60_000);
        assertArrayEquals(expected, observe(again, CALLER, CALLEE, NOON + 60_000));
        assertEquals(31, expected[PLAN.placeOf(ATTEMPTS)]);
        assertEquals(1, expected[PLAN.placeOf(MESSAGES)]);
    }

    @Test
    void damagedBytesAreRefusedAndChangeNothing() {
        observe(CALLER, CALLEE, NOON);
        byte[] saved = counters.save();
        for (int at : new int[] {0, saved.length / 2, saved.length - 1}) {
            byte[] flipped = saved.clone();
            flipped[at] ^= 1;
            assertThrows(IllegalArgumentException.class, () -> counters.restore(flipped));
        }
        assertThrows(IllegalArgumentException.class, () -> counters.restore(Arrays.copyOf(saved, saved.length - 9)));
        assertThrows(IllegalArgumentException.class, () -> counters.restore(new byte[3]));

        assertEquals(2, observe(CALLER, CALLEE, NOON)[PLAN.placeOf(ATTEMPTS)]);
    }

    @Test
    void severalLoopsCountWithoutLosingACall() throws InterruptedException {
        int perThread = 40_000;
        AtomicLong clock = new AtomicLong(NOON * 4); // loops share a clock, none lives in another's past
        List<Thread> loops = new ArrayList<>();
        for (int loop = 0; loop < 4; loop++) {
            int seed = loop;
            loops.add(new Thread(() -> {
                Random random = new Random(seed);
                for (int i = 0; i < perThread; i++) {
                    long caller = CALLER + random.nextInt(3);
                    long now = clock.getAndIncrement() / 4;
                    CallFacts call = call(caller, CALLEE + random.nextInt(50), now);
                    int[] values = new int[PLAN.size()];
                    counters.observe(call, PLAN, values);
                    assertTrue(values[PLAN.placeOf(ATTEMPTS)] >= Readings.UNKNOWN);
                    counters.ended(CallEnd.of(call, now, now + 1, CallEnd.Party.CALLER));
                }
            }));
        }
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        loops.forEach(loop -> loop.setUncaughtExceptionHandler((thread, cause) -> thrown.add(cause)));
        loops.forEach(Thread::start);
        for (Thread loop : loops) {
            loop.join();
        }

        assertEquals(List.of(), thrown);
        int counted = observe(CALLER + 9, CALLEE, NOON + perThread)[PLAN.placeOf(ORIGIN)];
        assertTrue(
                counted >= 4 * perThread + 1 - counters.skipped(), () -> counted + ", skipped " + counters.skipped());
    }

    private int[] observe(long caller, long callee, long epochMillis) {
        return observe(counters, caller, callee, epochMillis);
    }

    private static int[] observe(BehaviourCounters counters, long caller, long callee, long epochMillis) {
        int[] values = new int[PLAN.size()];
        counters.observe(call(caller, callee, epochMillis), PLAN, values);
        return values;
    }

    private static CallFacts call(long caller, long callee, long epochMillis) {
        return CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, epochMillis)
                .asserted(PartyNumber.of(caller, Form.INTERNATIONAL))
                .callee(PartyNumber.of(callee, Form.INTERNATIONAL))
                .build();
    }
}
