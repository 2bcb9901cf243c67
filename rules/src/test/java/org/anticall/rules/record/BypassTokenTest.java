package org.anticall.rules.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BypassTokenTest {

    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String RECORD = "01J8ZQ4T7K3M5N6P7Q8R";

    @Test
    void whatWasSignedIsReadBackAndHolds() {
        BypassToken token = BypassToken.sign(KEY, "+77172555555", RECORD, 1_790_000_060L);
        BypassToken read = BypassToken.parse(token.text());
        assertNotNull(read);
        assertEquals(RECORD, read.recordId());
        assertEquals(1_790_000_060L, read.expiresSeconds());
        assertTrue(read.isSignedBy(KEY, "+77172555555"));
        assertTrue(token.text().startsWith(RECORD + ";exp=1790000060;mac="), token.text());
    }

    @Test
    void everyPartIsSigned() {
        BypassToken token = BypassToken.sign(KEY, "+77172555555", RECORD, 100);
        assertFalse(token.isSignedBy(KEY, "+77172555556"));
        assertFalse(token.isSignedBy("0123456789abcdeg".getBytes(StandardCharsets.US_ASCII), "+77172555555"));
        assertFalse(new BypassToken(RECORD, 101, token.mac()).isSignedBy(KEY, "+77172555555"));
        assertFalse(new BypassToken("01J8ZQ4T7K3M5N6P7Q8S", 100, token.mac()).isSignedBy(KEY, "+77172555555"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";exp=1;mac=",
                "id;exp=;mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "id;exp=-1;mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "id;exp=1234567890123;mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "id;mac=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;exp=1",
                "id;exp=1;mac=AAAA",
                "id;exp=1;mac=not base64!"
            })
    void whatIsNoTokenIsNone(String text) {
        assertNull(BypassToken.parse(text));
    }
}
