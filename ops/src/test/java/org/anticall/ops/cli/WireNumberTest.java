package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "+77172700000|+77172700000",
                "8 (7172) 70-00-00|8 (7172) 70-00-00",
                "tel:+7-7172-70-00-00;phone-context=example.com|+7-7172-70-00-00",
                "sip:+77172700000@carrier.example;user=phone|+77172700000",
                "sip:+77172700000;npdi;rn=+7701@carrier.example|+77172700000",
                "SIPS:+77172700000:secret@carrier.example|+77172700000",
                "sip:+77172700000|+77172700000",
                "sip:carrier.example|``",
                "`\"Bank <security>\" <sip:+77172700000@carrier.example>;tag=1`|+77172700000",
                "Bank <tel:1414>|1414",
                "sip:anonymous@anonymous.invalid|anonymous",
                "anonymous|anonymous",
                "MICROSOFT|MICROSOFT",
                "+77172700000@carrier.example|+77172700000",
            })
    void theNumberIsFoundInWhatStandsOnTheWire(String address, String user) {
        assertEquals(user, WireNumber.userOf(address));
    }
}
