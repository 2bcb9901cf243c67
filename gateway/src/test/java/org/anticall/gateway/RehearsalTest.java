package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void callsOfEveryKindArePlayedToTheirEndAndNothingIsLeftOfThem() {
        Set<File> before = traces();
        long everyKind = 48;
        assertTrue(Rehearsal.play("KZ", Duration.ofMillis(1), everyKind) >= everyKind);
        assertEquals(before, traces());
    }

    @Test
    void withoutBudgetNothingIsPlayed() {
        assertEquals(0, Rehearsal.play("KZ", Duration.ZERO));
    }

    @Test
    void aHomeNobodyKnowsCostsTheRehearsalAndNothingElse() {
        assertEquals(0, Rehearsal.play("QQ", Duration.ofSeconds(1)));
    }

    private static Set<File> traces() {
        File[] all = new File(System.getProperty("java.io.tmpdir"))
                .listFiles((in, name) -> name.startsWith("anticall-rehearsal"));
        return Set.copyOf(List.of(Objects.requireNonNull(all)));
    }
}
