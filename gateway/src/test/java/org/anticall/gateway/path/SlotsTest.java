package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {

    private final Slots<Integer> slots = new Slots<>(3 * Slots.PAGE);

    @ParameterizedTest
    @ValueSource(ints = {1, Slots.PAGE - 1, Slots.PAGE, Slots.PAGE + 1, 3 * Slots.PAGE})
    void everyThingIsAtItsNumber(int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(i, slots.add(1000 + i));
        }
        for (int i = 0; i < count; i++) {
            assertEquals(1000 + i, slots.at(i));
        }
        assertNull(slots.at(count));
    }

    @Test
    void aNumberIsUsedAgainBeforeANewOne() {
        for (int i = 0; i < Slots.PAGE; i++) {
            slots.add(i);
        }
        slots.remove(7);
        slots.remove(Slots.PAGE - 1);
        assertNull(slots.at(7));
        assertEquals(Slots.PAGE - 1, slots.add(-1));
        assertEquals(7, slots.add(-2));
        assertEquals(-2, slots.at(7));
        assertEquals(Slots.PAGE, slots.add(-3));
    }

    @Test
    void eachIsWhatIsThere() {
        for (int i = 0; i < 4; i++) {
            slots.add(i);
        }
        slots.remove(2);
        List<Integer> seen = new ArrayList<>();
        slots.forEach(seen::add);
        assertEquals(List.of(0, 1, 3), seen);
    }
}
