package org.anticall.rules.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.anticall.rules.bundle.Verification.Genuine;
import org.anticall.rules.bundle.Verification.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final Instant CREATED = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant EXPIRES = CREATED.plus(Duration.ofDays(7));
    static final Instant NOW = CREATED.plusSeconds(60);
    private static final KeyPair PAIR = SigningKeys.generate();
    private static final KeyPair STRANGER = SigningKeys.generate();

    private final BundleSigner signer = new BundleSigner(PAIR);
    private final BundleVerifier verifier = verifier(BundleLimits.DEFAULT, PAIR);

    @Test
    void whatWasSignedComesOutAsItWentIn() {
        byte[] signed = signer.sign(contents(7, "home: KZ\n", "+77172700000\n"));

        VerifiedBundle bundle = genuine(verifier.verify(signed, 6, NOW));

        assertEquals(7, bundle.manifest().revision());
        assertEquals(6, bundle.manifest().previous());
        assertEquals(EXPIRES, bundle.manifest().expires());
        assertEquals(signer.keyId(), bundle.keyId());
        assertArrayEquals(bytes("home: KZ\n"), bundle.part(Manifest.RULES).exact());
        assertArrayEquals(
                bytes("+77172700000\n"), bundle.part("lists/black.csv").exact());
        assertArrayEquals(signed, bundle.bytes(), "what is kept on disk is what came");
    }

    @Test
    void theSameContentsGiveTheSameBytes() {
        byte[] signed = signer.sign(contents(7, "home: KZ\n", "+77172700000\n"));
        byte[] again = signer.sign(contents(7, "home: KZ\n", "+77172700000\n"));

        assertArrayEquals(signed, again);
    }

    @Test
    void anEmptyPartIsAPart() {
        assertEquals(
                0,
                genuine(verifier.verify(signer.sign(contents(1, "", "")), 0, NOW))
                        .part("lists/black.csv")
                        .bytes());
    }

    @Test
    void onlyAHigherRevisionIsTaken() {
        byte[] signed = signer.sign(contents(7, "home: KZ\n", ""));

        genuine(verifier.verify(signed, 6, NOW));
        assertEquals(Refusal.LOWER_REVISION, refused(verifier.verify(signed, 7, NOW)));
        assertEquals(Refusal.LOWER_REVISION, refused(verifier.verify(signed, 8, NOW)));
    }

    @Test
    void itIsOverAtTheInstantItNames() {
        byte[] signed = signer.sign(contents(7, "home: KZ\n", ""));

        genuine(verifier.verify(signed, 0, EXPIRES.minusMillis(1)));
        assertEquals(Refusal.EXPIRED, refused(verifier.verify(signed, 0, EXPIRES)));
        assertEquals(Refusal.EXPIRED, refused(verifier.verify(signed, 0, EXPIRES.plusMillis(1))));
    }

    @Test
    void twoKeysArePinnedWhileTheyAreRotated() {
        BundleVerifier rotating = verifier(BundleLimits.DEFAULT, PAIR, STRANGER);

        genuine(rotating.verify(signer.sign(contents(1, "", "")), 0, NOW));
        genuine(rotating.verify(new BundleSigner(STRANGER).sign(contents(2, "", "")), 1, NOW));
    }

    @Test
    void aKeyThatIsNotPinnedSignsNothing() {
        byte[] signed = new BundleSigner(STRANGER).sign(contents(7, "home: KZ\n", ""));

        assertEquals(Refusal.UNKNOWN_KEY, refused(verifier.verify(signed, 0, NOW)));
        assertEquals(
                Refusal.UNKNOWN_KEY,
                refused(verifier(BundleLimits.DEFAULT).verify(signer.sign(contents(7, "", "")), 0, NOW)));
    }

    @Test
    void aStrangerCannotSignUnderThePinnedName() {
        byte[] signed = new BundleSigner(STRANGER).sign(contents(7, "home: KZ\n", ""));
        byte[] ours = signer.sign(contents(7, "home: KZ\n", ""));
        System.arraycopy(ours, 9, signed, 9, KeyId.BYTES);

        assertEquals(Refusal.BAD_SIGNATURE, refused(verifier.verify(BundleWriter.sealed(signed), 0, NOW)));
    }

    @Test
    void aBundleOfAnotherCountryIsRefused() {
        BundleVerifier elsewhere =
                new BundleVerifier(PinnedKeys.of(List.of(PAIR.getPublic())), "BY", BundleLimits.DEFAULT);

        assertEquals(Refusal.WRONG_HOME, refused(elsewhere.verify(signer.sign(contents(7, "", "")), 0, NOW)));
    }

    @Test
    void everyLimitHoldsToTheByte() {
        byte[] signed = signer.sign(contents(7, "x".repeat(1_000), "y".repeat(500)));
        int size = signed.length;

        genuine(verifier(new BundleLimits(size + 1, 1_501), PAIR).verify(signed, 0, NOW));
        genuine(verifier(new BundleLimits(size, 1_500), PAIR).verify(signed, 0, NOW));
        assertEquals(
                Refusal.TOO_LARGE,
                refused(verifier(new BundleLimits(size - 1, 1_500), PAIR).verify(signed, 0, NOW)));
        assertEquals(
                Refusal.TOO_LARGE,
                refused(verifier(new BundleLimits(size, 1_499), PAIR).verify(signed, 0, NOW)));
        assertEquals(
                Refusal.TOO_LARGE,
                refused(verifier(new BundleLimits(size, 999), PAIR).verify(signed, 0, NOW)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../etc/passwd",
                "/etc/passwd",
                "a/../b",
                "a//b",
                ".",
                "..",
                "a\\b",
                ".hidden",
                "",
                "a/",
                "ä.csv",
                "a b"
            })
    void aNameThatLeavesTheBundleCannotBeSigned(String name) {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put(Manifest.RULES, new byte[0]);
        parts.put(name, new byte[0]);
        BundleContents contents = BundleContents.of("KZ", 1, 0, CREATED, EXPIRES, parts);

        assertThrows(IllegalArgumentException.class, () -> signer.sign(contents));
    }

    @Test
    void aBundleWithoutRulesOrWithoutTimeCannotBeSigned() {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put("other.yaml", new byte[0]);

        assertThrows(
                IllegalArgumentException.class,
                () -> signer.sign(BundleContents.of("KZ", 1, 0, CREATED, EXPIRES, parts)));
        parts.put(Manifest.RULES, new byte[0]);
        assertThrows(
                IllegalArgumentException.class,
                () -> signer.sign(BundleContents.of("KZ", 1, 0, CREATED, CREATED, parts)));
        assertThrows(
                IllegalArgumentException.class,
                () -> signer.sign(BundleContents.of("KZ", 1, 1, CREATED, EXPIRES, parts)));
    }

    @Test
    void keysGoThroughPemFiles() {
        KeyPair read = new KeyPair(
                SigningKeys.publicKey(SigningKeys.pem(PAIR.getPublic())),
                SigningKeys.privateKey(SigningKeys.pem(PAIR.getPrivate())));

        genuine(verifier.verify(new BundleSigner(read).sign(contents(7, "", "")), 0, NOW));
        for (String wrong : List.of("", "-----BEGIN PUBLIC KEY-----", SigningKeys.pem(PAIR.getPrivate()), "%%%")) {
            assertThrows(IllegalArgumentException.class, () -> SigningKeys.publicKey(wrong));
        }
    }

    @Test
    void aKeyOfOpenSslIsReadAndNamedByItsDigest() {
        String pem =
                """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                -----END PUBLIC KEY-----
                """;

        String id = KeyId.of(SigningKeys.publicKey(pem));

        assertTrue(id.matches("[0-9a-f]{16}"), id);
    }

    static BundleContents contents(long revision, String rules, String list) {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put(Manifest.RULES, bytes(rules));
        parts.put("lists/black.csv", bytes(list));
        return BundleContents.of("KZ", revision, revision - 1, CREATED, EXPIRES, parts);
    }

    private static BundleVerifier verifier(BundleLimits limits, KeyPair... pinned) {
        return new BundleVerifier(
                PinnedKeys.of(List.of(pinned).stream().map(KeyPair::getPublic).toList()), "KZ", limits);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static VerifiedBundle genuine(Verification verification) {
        return assertInstanceOf(Genuine.class, verification, verification::toString)
                .bundle();
    }

    private static Refusal refused(Verification verification) {
        return assertInstanceOf(Refused.class, verification).refusal();
    }
}
