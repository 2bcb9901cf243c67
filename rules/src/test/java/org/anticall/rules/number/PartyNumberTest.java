package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anticall.rules.number.PartyNumber.Form;
import org.anticall.rules.number.PartyNumber.Kind;
import org.junit.jupiter.api.Test;

class PartyNumberTest {

    @Test
    void keepsKindFormAndDigitsOfTheLongestNumber() {
        long number = PartyNumber.of(999_999_999_999_999L, Form.NATIONAL);

        assertEquals(Kind.E164, PartyNumber.kind(number));
        assertEquals(Form.NATIONAL, PartyNumber.form(number));
        assertEquals(15, PartyNumber.digits(number));
        assertEquals(999_999_999_999_999L, PartyNumber.e164(number));
    }

    @Test
    void shortCodesKeepLeadingZerosAndAreNoE164() {
        long number = PartyNumber.shortCode(14, 4);

        assertEquals("0014", PartyNumber.format(number));
        assertEquals(E164.NONE, PartyNumber.e164(number));
        assertTrue(PartyNumber.isPresent(number));
    }

    @Test
    void missingAndWithheldNumbersAreFactsOfTheirOwn() {
        assertFalse(PartyNumber.isPresent(PartyNumber.ABSENT));
        assertFalse(PartyNumber.isPresent(PartyNumber.ANONYMOUS));
        assertTrue(PartyNumber.isPresent(PartyNumber.NOT_DIGITS));
        assertEquals("anonymous", PartyNumber.format(PartyNumber.ANONYMOUS));
    }
}
