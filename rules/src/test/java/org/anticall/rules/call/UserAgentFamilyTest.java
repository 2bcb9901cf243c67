package org.anticall.rules.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentFamilyTest {

    @ParameterizedTest
    @CsvSource({
        "'', ABSENT",
        "friendly-scanner, SCANNER",
        "SIPVicious 0.3, SCANNER",
        "VaxSIPUserAgent/3.1, SCANNER",
        "sipcli/v1.8, SCANNER",
        "GoIP-8, SIM_GATEWAY",
        "dinstar UC2000, SIM_GATEWAY",
        "Asterisk PBX 18.2, EXCHANGE",
        "FPBX-15.0, EXCHANGE",
        "VICIdial, EXCHANGE",
        "Zoiper rv2.10, SOFTPHONE",
        "eyeBeam release 3, SOFTPHONE",
        "Oracle ESBC, OTHER",
        "friendly-scanne, OTHER"
    })
    void aProductBelongsToAFamily(String product, UserAgentFamily family) {
        assertEquals(family, UserAgentFamily.of(product));
    }
}
