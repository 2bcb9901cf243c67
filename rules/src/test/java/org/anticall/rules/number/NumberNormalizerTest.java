package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.anticall.rules.number.PartyNumber.Form;
import org.anticall.rules.number.PartyNumber.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberNormalizerTest {

    private static final NumberNormalizer KZ = new NumberNormalizer(NumberingPlan.of("KZ"));
    private static final NumberNormalizer BY = new NumberNormalizer(NumberingPlan.of("BY"));

    @ParameterizedTest
    @CsvSource({
        "+77172700000, +77172700000, INTERNATIONAL",
        "+7(717)270-00.00, +77172700000, INTERNATIONAL",
        "%2B77172700000, +77172700000, INTERNATIONAL",
        "+77011234567;rn=+77010000000;npdi, +77011234567, INTERNATIONAL",
        "77011234567, +77011234567, BARE",
        "87272501234, +77272501234, NATIONAL",
        "7011234567, +77011234567, NATIONAL",
        "8 (701) 123-45-67, +77011234567, NATIONAL",
        "0077011234567, +77011234567, ACCESS_CODE",
        "81077011234567, +77011234567, ACCESS_CODE",
        "+0077011234567, +77011234567, ACCESS_CODE",
        "00447911123456, +447911123456, ACCESS_CODE",
        "810447911123456, +447911123456, ACCESS_CODE",
        "447911123456, +447911123456, BARE",
        "84951234567, +84951234567, BARE",
        "74951234567, +74951234567, BARE",
        "+1234567, +1234567, INTERNATIONAL",
        "+123456789012345, +123456789012345, INTERNATIONAL",
    })
    void kazakhstanReadsWhatIsWrittenAbroadAndAtHome(String written, String number, Form form) {
        long read = KZ.caller(written);

        assertEquals(number, PartyNumber.format(read));
        assertEquals(form, PartyNumber.form(read));
    }

    @ParameterizedTest
    @CsvSource({
        "+375291234567, +375291234567, INTERNATIONAL",
        "375291234567, +375291234567, BARE",
        "80291234567, +375291234567, NATIONAL",
        "8 (0291) 23-45-67, +375291234567, NATIONAL",
        "291234567, +375291234567, NATIONAL",
        "00375291234567, +375291234567, ACCESS_CODE",
        "810375291234567, +375291234567, ACCESS_CODE",
        "801711234567, +801711234567, BARE",
        "77011234567, +77011234567, BARE",
    })
    void belarusReadsWhatIsWrittenAbroadAndAtHome(String written, String number, Form form) {
        long read = BY.caller(written);

        assertEquals(number, PartyNumber.format(read));
        assertEquals(form, PartyNumber.form(read));
    }

    @ParameterizedTest
    @CsvSource({
        "112, 112, SHORT",
        "1414, 1414, SHORT",
        "012, 012, SHORT",
        "123456, 123456, SHORT",
        "+71414, 1414, SHORT",
        "+7102, 102, SHORT",
        "007102, 007102, SHORT",
        "0071414, 1414, SHORT",
        "+77011, +77011, TOO_SHORT",
        "+123456, +123456, TOO_SHORT",
        "+1414, +1414, TOO_SHORT",
        "+0123456789, +0123456789, TOO_SHORT",
        "0123456789, +0123456789, TOO_SHORT",
        "00012345678, +00012345678, TOO_SHORT",
        "+1234567890123456, too-long, TOO_LONG",
        "1234567890123456, too-long, TOO_LONG",
        "00001234567890123, too-long, TOO_LONG",
        "123456789012345678901234567890, too-long, TOO_LONG",
        "anonymous, anonymous, ANONYMOUS",
        "Anonymous, anonymous, ANONYMOUS",
        "Restricted, anonymous, ANONYMOUS",
        "unavailable, absent, ABSENT",
        "'', absent, ABSENT",
        "MICROSOFT, not-digits, NOT_DIGITS",
        "+7701123456a, not-digits, NOT_DIGITS",
        "++77011234567, not-digits, NOT_DIGITS",
        "7701+1234567, not-digits, NOT_DIGITS",
        "*100#, not-digits, NOT_DIGITS",
        "+, not-digits, NOT_DIGITS",
        "( ), not-digits, NOT_DIGITS",
        "%2, not-digits, NOT_DIGITS",
        "%zz123, not-digits, NOT_DIGITS",
        "７７０１１２３４５６７, not-digits, NOT_DIGITS",
    })
    void whatIsNoCompleteNumberIsAFactOfItsOwn(String written, String shown, Kind kind) {
        long read = KZ.caller(written);

        assertEquals(kind, PartyNumber.kind(read));
        assertEquals(shown, PartyNumber.format(read));
    }

    @Test
    void aCalledPartyIsNeverAnonymous() {
        assertEquals(PartyNumber.NOT_DIGITS, KZ.callee("anonymous"));
        assertEquals(Kind.SHORT, PartyNumber.kind(KZ.callee("112")));
        assertEquals("+77172555555", PartyNumber.format(KZ.callee("87172555555")));
    }
}
