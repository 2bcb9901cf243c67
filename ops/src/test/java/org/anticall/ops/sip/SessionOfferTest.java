package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionOfferTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    m=audio 4000 RTP/AVP 8                                      | true
                    m=audio 4000 RTP/AVP 0 101                                  | true
                    m=audio 4000 RTP/AVP 18 0                                   | true
                    m=audio 4000 RTP/SAVPF 96~a=rtpmap:96 pcma/8000             | true
                    m=audio 4000 RTP/AVP 96~a=rtpmap:96 PCMA/16000              | false
                    m=audio 4000 RTP/AVP 96~a=rtpmap:97 PCMA/8000               | false
                    m=audio 4000 RTP/AVP 18 3 9                                 | false
                    m=audio 0 RTP/AVP 8                                         | false
                    m=audio 65535 RTP/AVP 8                                     | true
                    m=audio 65536 RTP/AVP 8                                     | false
                    m=audio -1 RTP/AVP 8                                        | false
                    m=audio 4000 RTP/AVP                                        | false
                    m=audio 4000 UDPTL 8                                        | false
                    m=image 4000 udptl t38                                      | false
                    m=video 4000 RTP/AVP 8                                      | false
                    m=audio 0 RTP/AVP 8~m=audio 4000 RTP/AVP 8                  | true
                    m=audio 4000 RTP/AVP 18~m=audio 4000 RTP/AVP 8              | false
                    a=rtpmap:8 PCMA/8000                                        | false
                    """)
    void onlyG711IsUnderstoodEverywhere(String media, boolean usual) {
        assertEquals(usual, SessionOffer.hasUsualSound("v=0\r\n" + media.replace("~", "\r\n") + "\r\n"));
    }

    @Test
    void whatIsLongerThanAnyCallNeedsIsNotRead() {
        String start = "v=0\r\nm=audio 4000 RTP/AVP 8\r\na=";
        String full = start + "x".repeat(SessionOffer.MOST_CHARACTERS - start.length());

        assertTrue(SessionOffer.hasUsualSound(full));
        assertFalse(SessionOffer.hasUsualSound(full + "x"));
    }

    @Test
    void asManyLinesAreReadAsAnyCallNeeds() {
        String start = "v=0\r\nm=audio 4000 RTP/AVP 8\r\n";

        assertTrue(SessionOffer.hasUsualSound(start + "a=x\r\n".repeat(SessionOffer.MOST_LINES - 3)));
        assertFalse(SessionOffer.hasUsualSound(start + "a=x\r\n".repeat(SessionOffer.MOST_LINES - 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsWrittenTheAnswerIsYesOrNo(long seed) {
        Random random = new Random(seed);
        String alphabet = "m=audio 0123456789 RTP/AVP a=rtpmap: \r\n\u00ff\u0000";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("v=0\nm=audio 4000 RTP/AVP 8\n");
            for (int at = random.nextInt(60); at >= 0; at--) {
                text.insert(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            SessionOffer.hasUsualSound(text.toString());
        }
    }
}
