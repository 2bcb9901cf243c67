package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8,      127.255.255.255, true",
        "127.0.0.0/8,      128.0.0.0,       false",
        "10.1.0.0/17,      10.1.127.255,    true",
        "10.1.0.0/17,      10.1.128.0,      false",
        "10.1.2.3,         10.1.2.3,        true",
        "10.1.2.3,         10.1.2.2,        false",
        "10.1.2.3/31,      10.1.2.2,        true",
        "0.0.0.0/0,        203.0.113.1,     true",
        "2001:db8::/33,    2001:db8:7fff::, true",
        "2001:db8::/33,    2001:db8:8000::, false",
        "0.0.0.0/0,        2001:db8::1,     false",
    })
    void containsExactlyTheAddressesOfTheBlock(String range, String address, boolean contained) {
        assertEquals(contained, AddressRange.parse(range).contains(IpLiteral.parse(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/", "10.0.0", "300.0.0.1"})
    void anythingElseIsAnError(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }

    @Test
    void anIpv6BlockEndsAt128Bits() {
        assertEquals(128, AddressRange.parse("::1/128").prefixBits());
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse("::1/129"));
    }
}
