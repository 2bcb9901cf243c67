package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class E164Test {

    @Test
    void readsANumberWithAndWithoutPlus() {
        assertEquals(77172555555L, E164.parse("+77172555555"));
        assertEquals(77172555555L, E164.parse("77172555555"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+0", "0077", "+7 717", "+7717a", "１２３", "+1234567890123456"})
    void takesNothingButDigits(String text) {
        assertEquals(E164.NONE, E164.parse(text));
    }

    @Test
    void countsDigitsAtEveryPowerOfTen() {
        assertEquals(0, E164.digits(E164.NONE));
        assertEquals(0, E164.digits(-1));
        long power = 1;
        for (int digits = 1; digits <= 18; digits++) {
            assertEquals(digits, E164.digits(power));
            assertEquals(digits, E164.digits(power + 1));
            power *= 10;
            assertEquals(digits, E164.digits(power - 1));
        }
    }

    @Test
    void prefixIsTheLeadingDigits() {
        assertEquals(7717, E164.prefix(77172555555L, 4));
        assertEquals(77172555555L, E164.prefix(77172555555L, 11));
        assertEquals(E164.NONE, E164.prefix(77172555555L, 12));
        assertTrue(E164.startsWith(77172555555L, 7717));
        assertFalse(E164.startsWith(77172555555L, 7727));
        assertFalse(E164.startsWith(77172555555L, E164.NONE));
    }
}
