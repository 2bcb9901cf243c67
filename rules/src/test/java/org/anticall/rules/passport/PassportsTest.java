package org.anticall.rules.passport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.Passport;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PartyNumber.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassportsTest {

    private static final long NOW = 1_795_000_000_999L;
    private static final long CALLER = PartyNumber.of(447911123456L, Form.INTERNATIONAL);
    private static final long CALLEE = PartyNumber.of(77172555555L, Form.NATIONAL);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            shaken                                                    | unverified
            base                                                      | unverified
            shaken iat=60                                             | unverified
            shaken iat=61                                             | stale
            shaken iat=-60                                            | unverified
            shaken iat=-61                                            | stale
            shaken iat=text                                           | invalid
            shaken iat=float                                          | invalid
            shaken iat=-                                              | invalid
            shaken alg=none                                           | invalid
            shaken alg=HS256                                          | invalid
            shaken alg=RS256                                          | invalid
            shaken param-alg=none                                     | invalid
            shaken signature=short                                    | invalid
            shaken typ=jwt                                            | invalid
            shaken ppt=div                                            | invalid
            shaken attest=D                                           | invalid
            shaken attest=-                                           | invalid
            shaken origid=-                                           | invalid
            shaken orig=442079460123                                  | invalid
            shaken orig=+44-7911-123456;cpc=test                      | unverified
            shaken dest=77172555556                                   | invalid
            shaken dest=77172555556,77172555555                       | unverified
            shaken dest=-                                             | invalid
            shaken info=https://cert.example.org/b.pem                | bad-info
            shaken x5u=-                                              | bad-info
            shaken dest=77172000000 & div                             | unverified
            div & shaken dest=77172000000                             | unverified
            shaken dest=77172000000 & div dest=77172000001 & div div=77172000001 | unverified
            shaken dest=77172000000 & div dest=77172000001            | invalid
            shaken dest=77172000000 & div div=77172000001             | invalid
            shaken dest=77172000000 & div iat=-61                     | stale
            shaken alg=none & div                                     | invalid
            shaken iat=-61 & shaken alg=none                          | stale
            rcd alg=none                                              | none
            rcd alg=none & shaken                                     | unverified
            """)
    void aHeaderIsFoundToBe(String words, String expected) {
        assertEquals(
                expected,
                found(words).passport().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cert.example.org/a.pem",
                "https://cert.example.org:8080/a.pem",
                "https://cert.example.org:/a.pem",
                "https://user@cert.example.org/a.pem",
                "https://user:secret@cert.example.org/a.pem",
                "https://127.0.0.1/a.pem",
                "https://127.1/a.pem",
                "https://2130706433/a.pem",
                "https://10.0.0.1:443/a.pem",
                "https://192.0.2.1/a.pem",
                "https://[::1]/a.pem",
                "https://localhost/a.pem",
                "https://cert.example.org/a.pem?next=http://127.0.0.1",
                "https://cert.example.org/a.pem#b",
                "https://cert.example.org\\\\@127.0.0.1/a.pem",
                "https://cert..example.org/a.pem",
                "https://cert.example.org./a.pem",
                "https:///a.pem",
                "file:///etc/passwd"
            })
    void anAddressThatNobodyMayFetchFromIsBadInfo(String address) {
        assertFalse(CertificateAddress.isFit(address), address);
        assertEquals(Passport.BAD_INFO, found("shaken x5u=" + address).passport());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cert.example.org/a.pem",
                "HTTPS://Cert.Example.Org:443/a/b.pem",
                "https://x1.cert-2.example:8443/"
            })
    void anAddressThatSomebodyMightFetchFromIsFit(String address) {
        assertTrue(CertificateAddress.isFit(address), address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "x",
                "..;info=<https://cert.example.org/a.pem>",
                "e30..c2ln;info=<https://cert.example.org/a.pem>;ppt=shaken",
                "e30.e30;info=<https://cert.example.org/a.pem>",
                "e30.e30.c2ln;info=<https://cert.example.org/a.pem",
                "e30.e30.c2ln;info=<https://a.example/a>;info=<https://a.example/b>",
                "e30.e30.c2ln;info=<https://cert.example.org/a.pem>x",
                "e30.%%%.c2ln;info=<https://cert.example.org/a.pem>",
                "e30.W10.c2ln;info=<https://cert.example.org/a.pem>",
                "e30.eyJhIjoxLCJhIjoyfQ.c2ln;info=<https://cert.example.org/a.pem>"
            })
    void whatIsNoIdentityHeaderIsInvalid(String value) {
        assertEquals(
                new Passports.Findings(Passport.INVALID, Attestation.NONE),
                Passports.of(List.of(value), NOW, CALLER, CALLEE));
    }

    @Test
    void theAttestationIsTheFirstClaimWhateverElseIsWrong() {
        assertEquals(Attestation.B, found("shaken attest=B iat=-900 & shaken").attestation());
        assertEquals(Attestation.C, found("shaken attest=D & shaken attest=C").attestation());
        assertEquals(Attestation.NONE, found("div & rcd").attestation());
    }

    @Test
    void aCallerWithoutANumberIsHeldAgainstNothing() {
        List<String> values = Identities.of("shaken", NOW, "+447911123456", "+77172555555");

        assertEquals(
                Passport.UNVERIFIED,
                Passports.of(values, NOW, PartyNumber.ANONYMOUS, CALLEE).passport());
    }

    @Test
    void noMoreHeadersThanEightAreLookedInto() {
        String value =
                Identities.of("shaken", NOW, "+447911123456", "+77172555555").get(0);

        assertEquals(Passport.NONE, Passports.of(List.of(), NOW, CALLER, CALLEE).passport());
        assertEquals(
                Passport.UNVERIFIED,
                Passports.of(Collections.nCopies(8, value), NOW, CALLER, CALLEE).passport());
        assertEquals(
                Passport.INVALID,
                Passports.of(Collections.nCopies(9, value), NOW, CALLER, CALLEE).passport());
    }

    @Test
    void aValueIsLookedIntoUpToItsLimit() {
        String value =
                Identities.of("shaken", NOW, "+447911123456", "+77172555555").get(0) + ";x=";
        String longest = value + "x".repeat(IdentityHeader.MAX_CHARACTERS - value.length());

        assertEquals(
                Passport.UNVERIFIED,
                Passports.of(List.of(longest), NOW, CALLER, CALLEE).passport());
        assertEquals(
                Passport.INVALID,
                Passports.of(List.of(longest + "x"), NOW, CALLER, CALLEE).passport());
    }

    @Property(tries = 500)
    void noiseIsJudgedWithoutAnException(@ForAll List<String> values) {
        Passports.of(values, NOW, CALLER, CALLEE);
    }

    private static Passports.Findings found(String words) {
        return Passports.of(Identities.of(words, NOW, "+447911123456", "+77172555555"), NOW, CALLER, CALLEE);
    }
}
