package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {

    @ParameterizedTest
    @CsvSource({
        "sip:+77011234567@h:5070;transport=udp, SIP, +77011234567, h, 5070",
        "sip:+77011234567;rn=+7701;npdi@h, SIP, +77011234567, h, -1",
        "sip:87011234567;verstat=TN-Validation-Passed@h;user=phone, SIP, 87011234567, h, -1",
        "sips:alice:secret@[2001:db8::1]:5061?Subject=x, SIPS, alice, [2001:db8::1], 5061",
        "sip:host.example, SIP, '', host.example, -1",
        "SIP:%2B77011234567@h, SIP, +77011234567, h, -1",
        "sip:%2B7701%3Bnpdi@h, SIP, +7701, h, -1",
        "sip:50%@h, SIP, 50%, h, -1",
        "tel:+7-701-123;phone-context=x, TEL, +7-701-123, '', -1",
        "urn:service:sos, OTHER, '', '', -1"
    })
    void aUriIsRead(String text, SipUri.Scheme scheme, String user, String host, int port) {
        byte[] bytes = SipText.bytes("#" + text + "#");
        SipUri uri = new SipUri();
        assertTrue(uri.read(bytes, 1, bytes.length - 1));
        assertEquals(scheme, uri.scheme());
        assertEquals(user, new UserPart().read(bytes, uri).toString());
        assertEquals(host, SipText.string(bytes, uri.hostStart(), uri.hostEnd()));
        assertEquals(port, uri.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip",
                "sip:",
                "sip:@h",
                "sip:a@",
                "sip:a@h:",
                "sip:a@h:1x",
                "sip:a@[::1",
                "sip:a b@h",
                "tel:",
                "<sip:a@b>"
            })
    void whatIsNoUriIsRefused(String text) {
        byte[] bytes = SipText.bytes(text);
        assertFalse(new SipUri().read(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a \\\" <b>\" <sip:x@y;p>;tag=1 | \"a \\\" <b>\" | sip:x@y;p | ;tag=1",
                "Bob Smith <sip:x@y> | Bob Smith | sip:x@y | ``",
                "<sip:x@y> ;tag=2 | `` | sip:x@y | ` ;tag=2`",
                "sip:x@y;tag=3 | `` | sip:x@y | ;tag=3"
            })
    void anAddressIsRead(String text, String display, String uri, String params) {
        byte[] bytes = SipText.bytes(text);
        NameAddr address = new NameAddr();
        assertTrue(address.read(bytes, 0, bytes.length));
        assertEquals(display, SipText.string(bytes, address.displayStart(), address.displayEnd()));
        assertEquals(uri, SipText.string(bytes, address.uriStart(), address.uriEnd()));
        assertEquals(params, SipText.string(bytes, address.paramsStart(), address.paramsEnd()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"open <sip:a@b>", "\"q\" sip:a@b", "<sip:a@b", "<sip:a@b> x", "a\"b\" <sip:a@b>"})
    void whatIsNoAddressIsRefused(String text) {
        byte[] bytes = SipText.bytes(text);
        assertFalse(new NameAddr().read(bytes, 0, bytes.length));
    }

    @Test
    void theTelephoneNumberIsTakenBeforeTheSipAddress() {
        assertEquals("none", asserted("X: y"));
        assertEquals("sip:+44@x", asserted("P-Asserted-Identity: \"a,b\" <sip:+44@x>, <sip:+45@x>"));
        assertEquals(
                "tel:+46;npdi",
                asserted("P-Asserted-Identity: <sip:+44@x>\np-asserted-identity: \"t\" <tel:+46;npdi>"));
        assertEquals("tel:+47", asserted("P-Asserted-Identity: <sip:+44@x>, <tel:+47>"));
        assertEquals("", asserted("P-Asserted-Identity: rubbish"));
    }

    private static String asserted(String lines) {
        SipMessage message = Texts.read(Texts.INVITE.replace("To:", lines + "\nTo:"));
        return Texts.text(message, new AssertedIdentity().find(message));
    }

    @Test
    void theRedirectingPartyIsFound() {
        assertEquals("none", redirecting("X: y"));
        assertEquals("tel:+1", redirecting("Diversion: <tel:+1>;reason=busy, <tel:+2>\nDiversion: <tel:+3>"));
        assertEquals("none", redirecting("History-Info: <sip:only@x>;index=1"));
        assertEquals("sip:a@x", redirecting("History-Info: <sip:a@x>;index=1, <sip:b@x>;index=1.1"));
        assertEquals(
                "sip:a@x",
                redirecting(
                        "History-Info: <sip:a@x>;index=1, <sip:b@x>;index=1.1;mp=1\nHistory-Info: <sip:c@x>;index=1.1.1"));
        assertEquals(
                "sip:b@x",
                redirecting("History-Info: <sip:a@x>;index=1\nHistory-Info: <sip:b@x>;index=1.1;rc=1"
                        + "\nHistory-Info: <sip:c@x>;index=1.1.1;rc=1.1\nDiversion: <tel:+9>"));
    }

    private static String redirecting(String lines) {
        SipMessage message = Texts.read(Texts.INVITE.replace("To:", lines + "\nTo:"));
        return Texts.text(message, new Redirection().redirecting(message));
    }

    @Test
    void headersAreKnownByEveryNameTheyHave() {
        for (String name : new String[] {"Via", "VIA", "v", "V"}) {
            assertEquals(HeaderId.VIA, HeaderId.of(SipText.bytes(name), 0, name.length()));
        }
        assertEquals(HeaderId.X_ANTICALL, id("x-AntiCall-Anything"));
        assertEquals(HeaderId.X_ANTICALL_RELEASE, id("X-Anticall-Release"));
        assertEquals(HeaderId.OTHER, id("X-Anticall"));
        assertEquals(HeaderId.OTHER, id("Vi"));
        assertEquals(HeaderId.OTHER, id("Contents-Length"));
        assertEquals(HeaderId.P_ASSERTED_IDENTITY, id("P-Asserted-IDENTITY"));
    }

    private static HeaderId id(String name) {
        return HeaderId.of(SipText.bytes(name), 0, name.length());
    }

    @Test
    void aParameterIsFoundOutsideQuotesAndBrackets() {
        byte[] bytes = SipText.bytes("\"x;tag=no\" <sip:a@b;tag=no> ; TAG = yes ;lr");
        long tag = Params.find(bytes, 0, bytes.length, SipText.bytes("tag"));
        assertEquals("yes", SipText.string(bytes, Slice.start(tag), Slice.end(tag)));
        assertTrue(Params.has(bytes, 0, bytes.length, SipText.bytes("lr")));
        assertFalse(Params.has(bytes, 0, bytes.length, SipText.bytes("ta")));
        long whole = Params.whole(bytes, 0, bytes.length, SipText.bytes("tag"));
        assertEquals("; TAG = yes ", SipText.string(bytes, Slice.start(whole), Slice.end(whole)));
    }
}
