package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberingPlanTest {

    private static final NumberingPlan KZ = NumberingPlan.of("KZ");
    private static final NumberingPlan BY = NumberingPlan.of("by");

    @ParameterizedTest
    @CsvSource({
        "+77172700000, HOME_FIXED",
        "+77271234567, HOME_FIXED",
        "+77011234567, HOME_MOBILE",
        "+77471234567, HOME_MOBILE",
        "+77501234567, HOME_SERVICE",
        "+78001234567, HOME_SERVICE",
        "+78081234567, HOME_SERVICE",
        "+77031234567, HOME_UNCONFIRMED",
        "+77301234567, HOME_UNCONFIRMED",
        "+77721234567, HOME_UNCONFIRMED",
        "+77191234567, HOME_UNCONFIRMED",
        "+76001234567, HOME_UNALLOCATED",
        "+70001234567, HOME_UNALLOCATED",
        "+71234567890, HOME_UNALLOCATED",
        "+7717270000, HOME_WRONG_LENGTH",
        "+771727000000, HOME_WRONG_LENGTH",
        "+7701123, HOME_WRONG_LENGTH",
        "+74951234567, FOREIGN",
        "+79161234567, FOREIGN",
        "+78121234567, FOREIGN",
        "+375291234567, FOREIGN",
        "+447911123456, FOREIGN",
        "+88312345678, FOREIGN",
        "+99912345678, UNASSIGNED_COUNTRY",
        "+21012345678, UNASSIGNED_COUNTRY",
        "+99712345678, UNASSIGNED_COUNTRY",
    })
    void kazakhstanKnowsItsRanges(String number, RangeClass expected) {
        assertEquals(expected, KZ.classOf(E164.parse(number)));
    }

    @ParameterizedTest
    @CsvSource({
        "+375152123456, HOME_FIXED",
        "+375162123456, HOME_FIXED",
        "+375171234567, HOME_FIXED",
        "+375212123456, HOME_FIXED",
        "+375222123456, HOME_FIXED",
        "+375232123456, HOME_FIXED",
        "+375251234567, HOME_MOBILE",
        "+375291234567, HOME_MOBILE",
        "+375331234567, HOME_MOBILE",
        "+375441234567, HOME_MOBILE",
        "+375249123456, HOME_SERVICE",
        "+375800123456, HOME_SERVICE",
        "+3758001234567, HOME_SERVICE",
        "+375991234567, HOME_UNALLOCATED",
        "+37529123456, HOME_WRONG_LENGTH",
        "+3752912345678, HOME_WRONG_LENGTH",
        "+77172700000, FOREIGN",
    })
    void belarusKnowsItsRanges(String number, RangeClass expected) {
        assertEquals(expected, BY.classOf(E164.parse(number)));
    }

    @Test
    void emergencyNumbersAreKnownInBothCountries() {
        for (NumberingPlan plan : List.of(KZ, BY)) {
            assertEquals(List.of(101, 102, 103, 104, 112), plan.emergencyCodes());
            assertTrue(plan.isEmergency(PartyNumber.shortCode(112, 3)));
            assertTrue(!plan.isEmergency(PartyNumber.shortCode(112, 4)), "0112 is no emergency number");
            assertTrue(!plan.isEmergency(PartyNumber.shortCode(1414, 4)));
            assertTrue(!plan.isEmergency(PartyNumber.ABSENT));
        }
    }

    @Test
    void everyCountryCodeInUseElsewhereIsAssigned() {
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();

        for (int code : library.getSupportedCallingCodes()) {
            assertNotEquals(0, KZ.countryCodeOf(E164.parse(code + "0000000")), "country code " + code);
        }
    }

    @Test
    void exampleNumbersOfAllOtherCountriesAreForeign() {
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();

        for (String region : library.getSupportedRegions()) {
            PhoneNumber example = library.getExampleNumber(region);
            long number = E164.parse(library.format(example, PhoneNumberFormat.E164));
            if (!region.equals("KZ")) {
                assertEquals(RangeClass.FOREIGN, KZ.classOf(number), region + " " + number);
            }
            if (!region.equals("BY")) {
                assertEquals(RangeClass.FOREIGN, BY.classOf(number), region + " " + number);
            }
        }
    }

    /** All 900 leading digits: what a public plan takes for a mobile number is mobile here, and the other way round. */
    @Test
    void mobileCodesOfKazakhstanAreThoseOfAnIndependentSource() {
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();

        for (int code = 100; code < 1000; code++) {
            long number = 70_000_000_000L + code * 10_000_000L + 1_234_567L;
            PhoneNumber parsed = new PhoneNumber().setCountryCode(7).setNationalNumber(number - 70_000_000_000L);
            boolean elsewhere = library.isValidNumberForRegion(parsed, "KZ")
                    && library.getNumberType(parsed) == PhoneNumberUtil.PhoneNumberType.MOBILE;
            assertEquals(elsewhere, KZ.classOf(number) == RangeClass.HOME_MOBILE, "+" + number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "", "KZT"})
    void anUnknownCountryIsRefusedWithTheKnownOnes(String home) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> NumberingPlan.of(home));

        assertTrue(refused.getMessage().endsWith("known: BY, KZ"), refused.getMessage());
    }

    @Test
    void describesANumberWithItsOwner() {
        assertEquals("a home fixed number (Astana)", KZ.describe(77172700000L));
        assertEquals("a foreign number (44, United Kingdom)", KZ.describe(447911123456L));
        assertEquals("a foreign number (7, Russia)", KZ.describe(74951234567L));
        assertEquals("a number of a country code that is assigned to nobody", KZ.describe(99912345678L));
        assertEquals("no complete number", KZ.describe(E164.NONE));
    }
}
