package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "+77172345641, +7 717 2•• •• 41",
        "77011234567, +7 701 ••• •• 67",
        "+375172000111, +375 17 2•• •• 11",
        "+375291234567, +375 29 ••• •• 67",
        "+4930901820, +493 0•• ••2 0",
        "112, 112",
        "sip:somebody, •••",
        "12345678901234567890, •••",
    })
    void aMaskedNumberKeepsTheTownOrNetworkAndTwoDigits(String number, String masked) {
        assertEquals(masked, NumberText.masked(number));
    }

    @ParameterizedTest
    @CsvSource({
        "+77172345641, +7 717 234 56 41, KZ",
        "+74951234567, +7 495 123 45 67, RU",
        "+375291234567, +375 29 123 45 67, BY",
        "+442079460018, +44 20 7946 0018, GB",
        "+12025550143, +1 202 555 0143, US",
        "MICROSOFT, MICROSOFT,",
        "1414, 1414,",
        "99999999999, +99999999999,",
    })
    void aNumberIsShownInGroupsWithItsCountry(String number, String text, String country) {
        assertEquals(text, NumberText.full(number));
        assertEquals(country, NumberText.country(number));
    }
}
