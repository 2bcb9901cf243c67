package org.anticall.rules.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A long list is packed, hashed and unpacked once, whatever changes beside it, and the whole can be proved all the same. */
class PartsApartTest {

    private static final KeyPair PAIR = SigningKeys.generate();
    private static final String LIST = "lists/black.csv";

    private final BundleSigner signer = new BundleSigner(PAIR);
    private final BundleVerifier verifier =
            new BundleVerifier(PinnedKeys.of(List.of(PAIR.getPublic())), "KZ", BundleLimits.DEFAULT);
    private final BundleContents contents = BundleTest.contents(7, "a\n", lines(PartCodec.APART_FROM_BYTES));

    @Test
    void aBundleWithoutItsLongListsIsWithThemWhatItIsWhole() {
        byte[] whole = signer.sign(contents);
        byte[] apart = signer.signApart(contents);

        VerifiedBundle bundle = genuine(apart, contents);

        assertTrue(apart.length < 1_000, () -> apart.length + " bytes");
        assertSame(contents.parts().get(LIST), bundle.part(LIST), "it is neither unpacked nor hashed again");
        assertArrayEquals(whole, bundle.bytes());
        assertEquals(whole.length, bundle.length());
        assertArrayEquals(apart, bundle.bytesApart());
        assertEquals(List.of(contents.parts().get(LIST)), bundle.apart());
        assertArrayEquals(apart, genuine(whole, null).bytesApart());
        assertEquals(genuine(whole, null).hash(), bundle.hash());
    }

    @Test
    void withoutThemItIsRefused() {
        byte[] apart = signer.signApart(contents);

        assertEquals(Refusal.MISSING_BASE, refused(apart, null));
        assertEquals(Refusal.MISSING_BASE, refused(apart, BundleTest.contents(7, "a\n", lines(70_000))));
    }

    @Test
    void aListIsApartFromItsLengthOn() {
        for (int length : new int[] {PartCodec.APART_FROM_BYTES - 1, PartCodec.APART_FROM_BYTES}) {
            BundleContents each = BundleTest.contents(7, "a\n", lines(length));
            VerifiedBundle bundle = genuine(signer.signApart(each), each);
            assertEquals(
                    length == PartCodec.APART_FROM_BYTES ? 1 : 0, bundle.apart().size(), length + " bytes");
        }
    }

    @Test
    void anUnchangedListOfTheBundleBeforeIsTakenAsItIs() {
        VerifiedBundle before = genuine(signer.sign(contents), null);
        VerifiedBundle next = genuine(signer.sign(BundleTest.contents(8, "b\n", lines(70_000))), null);
        BundleContents unchanged = BundleTest.contents(9, "b\n", lines(70_000));

        byte[] change = genuine(signer.sign(unchanged), null).bytesSince(next);
        VerifiedBundle made = genuine(change, next);

        assertTrue(change.length < 1_000, () -> change.length + " bytes");
        assertSame(next.part(LIST), made.part(LIST));
        assertEquals(Refusal.MISSING_BASE, refused(change, before));
    }

    @Test
    void whatLayAboutIsTakenOnlyIfItIsWhatItWas() {
        PartContent content = PartContent.of(bytes(lines(100_000)));
        byte[] packed = content.packed();

        PartContent kept = PartContent.kept(packed.clone(), content.sha256());

        assertNotNull(kept);
        assertArrayEquals(content.exact(), kept.exact());
        for (int at = 0; at < packed.length; at += 97) {
            byte[] bent = packed.clone();
            bent[at] ^= 4;
            PartContent read = PartContent.kept(bent, content.sha256());
            assertTrue(read == null || read.equals(content), "byte " + at);
        }
        assertNull(PartContent.kept(new byte[0], content.sha256()));
        assertNull(PartContent.kept(Arrays.copyOf(packed, packed.length - 1), content.sha256()));
        assertNull(PartContent.kept(Arrays.copyOf(packed, packed.length + 1), content.sha256()));
        assertNull(PartContent.kept(packed, "0".repeat(64)));
    }

    private static String lines(int length) {
        StringBuilder text = new StringBuilder(length + 20);
        for (long number = 447_700_000_000L; text.length() < length; number += 7) {
            text.append('+').append(number).append('\n');
        }
        return text.substring(0, length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private VerifiedBundle genuine(byte[] bundle, @Nullable KnownParts known) {
        Verification verification = verifier.verify(bundle, 0, BundleTest.NOW, known);
        return assertInstanceOf(Verification.Genuine.class, verification, verification::toString)
                .bundle();
    }

    private Refusal refused(byte[] bundle, @Nullable KnownParts known) {
        return assertInstanceOf(Verification.Refused.class, verifier.verify(bundle, 0, BundleTest.NOW, known))
                .refusal();
    }
}
