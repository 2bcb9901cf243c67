package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.junit.jupiter.api.Test;

class CountriesTest {

    private final PhoneNumberUtil oracle = PhoneNumberUtil.getInstance();

    @Test
    void everyCountryHasItsCode() {
        for (String country : oracle.getSupportedRegions()) {
            assertEquals(oracle.getCountryCodeForRegion(country), Countries.codeOf(country), country);
        }
        assertEquals(0, Countries.codeOf("XX"));
        assertEquals(0, Countries.codeOf(""));
    }

    @Test
    void noExampleNumberIsTooLongOrTooShort() {
        for (String country : oracle.getSupportedRegions()) {
            PhoneNumber example = oracle.getExampleNumber(country);
            if (example != null) {
                String written = oracle.format(example, PhoneNumberUtil.PhoneNumberFormat.E164);
                assertTrue(Countries.isPossibleLength(E164.parse(written)), written);
            }
        }
    }

    @Test
    void lengthsAreHeldToTheDigit() {
        assertFalse(Countries.isPossibleLength(33_12345678L));
        assertTrue(Countries.isPossibleLength(33_123456789L));
        assertFalse(Countries.isPossibleLength(33_1234567890L));
    }

    @Test
    void onlyAssignedCodesAreAssigned() {
        assertTrue(Countries.isAssigned(44));
        assertFalse(Countries.isAssigned(999));
        assertFalse(Countries.isAssigned(210));
    }
}
