package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void callsOfEveryKindArePlayedToTheirEndAndNothingIsLeftOfThem() {
        Set<File> before = traces();
        long everyKind = 48;
        try (Rehearsal rehearsal = Objects.requireNonNull(Rehearsal.open("KZ"))) {
            assertTrue(rehearsal.play(Duration.ofMillis(1), everyKind) >= everyKind);
        }
        assertEquals(before, traces());
    }

    @Test
    void itGoesOnUntilARealCallComesAndLeavesNothingThen() throws Exception {
        Set<File> before = traces();
        Rehearsal rehearsal = Objects.requireNonNull(Rehearsal.open("KZ"));
        AtomicInteger looks = new AtomicInteger();
        rehearsal.goOnUntil(() -> looks.incrementAndGet() == 7).join();
        assertEquals(7, looks.get());
        assertEquals(before, traces());
    }

    @Test
    void itIsPlayedWhileOtherThingsAreMadeReady() {
        Set<File> before = traces();
        Rehearsal.Begun rehearsal = Rehearsal.begin("KZ", Duration.ofMillis(1));
        rehearsal.await();
        assertNotEquals(before, traces());
        rehearsal.close();
        assertEquals(before, traces());
        Rehearsal.begin("QQ", Duration.ofMillis(1)).await();
    }

    @Test
    void aHomeNobodyKnowsCostsTheRehearsalAndNothingElse() {
        assertNull(Rehearsal.open("QQ"));
    }

    /** Of this process: others may rehearse meanwhile. */
    private static Set<File> traces() {
        String ours = "anticall-rehearsal-" + ProcessHandle.current().pid() + "-";
        File[] all = new File(System.getProperty("java.io.tmpdir")).listFiles((in, name) -> name.startsWith(ours));
        return Set.copyOf(List.of(Objects.requireNonNull(all)));
    }
}
