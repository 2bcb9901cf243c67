package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dtmf-relay | Signal=*            | *
                    dtmf-relay | signal = 5          | 5
                    dtmf-relay | Signal= 10          | *
                    dtmf-relay | Signal=11           | #
                    dtmf-relay | Duration=160        | ''
                    dtmf-relay | Signal=12           | ''
                    dtmf-relay | Signal=**           | ''
                    dtmf       | *                   | *
                    dtmf       | 11                  | #
                    dtmf       | *5                  | ''
                    sdp        | *                   | ''
                    """)
    void whatPhonesWrite(String type, String body, String key) throws Exception {
        assertEquals(key, KeyPress.of(info(type, body)));
    }

    @Test
    void aBodyThatIsTooLongIsNoKey() throws Exception {
        assertEquals("*", KeyPress.of(info("dtmf", "*" + " ".repeat(255))));
        assertEquals("", KeyPress.of(info("dtmf", "*" + " ".repeat(256))));
    }

    private static SIPRequest info(String type, String body) throws Exception {
        SIPRequest info = new SIPRequest();
        info.setContent(
                body.getBytes(StandardCharsets.UTF_8),
                new HeaderFactoryImpl().createContentTypeHeader("application", type));
        return info;
    }
}
