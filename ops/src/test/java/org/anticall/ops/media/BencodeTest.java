package org.anticall.ops.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeTest {

    private static final Map<String, Object> ALL_KINDS = Map.of(
            "text",
            "v=0\r\n\u00ff",
            "number",
            -17L,
            "list",
            List.of("a", 1L, List.of()),
            "map",
            Map.of("", "empty key"));

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertEquals(ALL_KINDS, Bencode.decode(Bencode.encode(ALL_KINDS), 0));
    }

    @Test
    void theBytesAreThoseOfTheFormat() {
        assertEquals("d7:command4:pinge", new String(Bencode.encode(Map.of("command", "ping")), ISO_8859_1));
    }

    @Test
    void noPartOfAMessageIsTakenForTheWhole() {
        byte[] whole = Bencode.encode(ALL_KINDS);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(RelayFailure.class, () -> Bencode.decode(part, 0), length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "i5e",
                "le",
                "dex",
                "d1:ai5e",
                "d1:a5:abce",
                "d1:ai--5ee",
                "d1:aie e",
                "d1:a99999999999:e",
                "di1e1:ae"
            })
    void whatIsNoDictionaryIsRefusedWithItsPlace(String text) {
        RelayFailure failure = assertThrows(RelayFailure.class, () -> Bencode.decode(text.getBytes(ISO_8859_1), 0));
        assertTrue(failure.getMessage().contains("at byte "), failure.getMessage());
    }

    @Test
    void nestingIsBounded() throws Exception {
        int lists = Bencode.MOST_LEVELS;
        Bencode.decode(nested(lists), 0);
        assertThrows(RelayFailure.class, () -> Bencode.decode(nested(lists + 1), 0));
    }

    private static byte[] nested(int lists) {
        return ("d1:a" + "l".repeat(lists) + "e".repeat(lists) + "e").getBytes(ISO_8859_1);
    }
}
