package org.anticall.rules.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.anticall.rules.bundle.Verification.Genuine;
import org.anticall.rules.bundle.Verification.Refused;
import org.junit.jupiter.api.Test;

/** Bytes from somebody who wants rules of his own, or wants to hurt the receiver: refused as values, without a crash. */
class HostileBundleTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final KeyPair PAIR = SigningKeys.generate();

    private final BundleVerifier verifier =
            new BundleVerifier(PinnedKeys.of(List.of(PAIR.getPublic())), "KZ", new BundleLimits(1 << 20, 1 << 20));
    private final byte[] signed = new BundleSigner(PAIR)
            .sign(BundleTest.contents(7, "home: KZ\nrules: []\n".repeat(20), "+77172700000;;x\n".repeat(40)));

    @Test
    void everyFlippedBitIsNoticed() {
        for (int at = 0; at < signed.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                assertEquals(Refusal.DAMAGED, refused(flipped(at, bit)), "byte " + at + " bit " + bit);
            }
        }
    }

    @Test
    void whoMendsTheDigestChangesNothingOfWhatWasSigned() {
        VerifiedBundle honest = ((Genuine) verifier.verify(signed, 0, NOW)).bundle();
        int refused = 0;
        for (int at = 0; at < signed.length - Digests.BYTES; at++) {
            byte[] mended = BundleWriter.sealed(flipped(at, at % 8));
            if (verifier.verify(mended, 0, NOW) instanceof Genuine genuine) {
                // A bit of the packing that says nothing: the content is the same, and so is what goes to disk.
                assertArrayEquals(honest.bytes(), genuine.bundle().bytes(), "byte " + at);
            } else {
                refused++;
            }
        }
        assertTrue(refused > signed.length - Digests.BYTES - 5, "refused " + refused + " of " + signed.length);
    }

    @Test
    void everyCutIsNoticedEvenWithAMendedDigest() {
        for (int length = 0; length < signed.length; length++) {
            assertEquals(Refusal.DAMAGED, refused(Arrays.copyOf(signed, length)), "cut to " + length);
        }
        for (int length = Digests.BYTES; length < signed.length; length++) {
            byte[] mended = BundleWriter.sealed(Arrays.copyOf(signed, length));
            assertEquals(Refusal.DAMAGED, refused(mended), "cut to " + length);
        }
    }

    @Test
    void bytesAfterTheEndAreNoticed() {
        byte[] longer = BundleWriter.sealed(Arrays.copyOf(signed, signed.length + 1));
        Refused refused = assertInstanceOf(Refused.class, verifier.verify(longer, 0, NOW));

        assertEquals("1 bytes after the last part", refused.message());
    }

    @Test
    void noiseIsNoBundle() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            System.arraycopy(signed, 0, noise, 0, Math.min(noise.length, random.nextInt(120)));
            assertInstanceOf(Refused.class, verifier.verify(noise, 0, NOW));
            if (noise.length >= Digests.BYTES) {
                assertInstanceOf(Refused.class, verifier.verify(BundleWriter.sealed(noise), 0, NOW));
            }
        }
    }

    @Test
    void anythingInTheManifestThatIsNotItsOneFormIsRefusedThoughSigned() {
        String good =
                new String(ManifestCodec.encode(BundleTest.contents(7, "", "").manifest()), StandardCharsets.UTF_8);
        for (String bad : List.of(
                good.replace(",", ", "),
                good.replace("\"home\":\"KZ\"", "\"home\":\"BY\",\"home\":\"KZ\""),
                good.replace("\"revision\":7", "\"revision\":7,\"more\":1"),
                good.replace("\"revision\":7", "\"revision\":\"7\""),
                good.replace("\"revision\":7", "\"revision\":-7"),
                good.replace("\"revision\":7", "\"revision\":99999999999999999999999"),
                good.replace("\"revision\":7", "\"revision\":7.0"),
                good.replace("lists/black.csv", "../black.csv"),
                good.replace("\"bytes\":0", "\"bytes\":-1"),
                good.replace("2026-11-21T09:00:00Z", "2026-11-21T09:00:00+00:00"),
                good.replace("2026-11-21T09:00:00Z", "yesterday"),
                "[".repeat(100_000),
                "null",
                "",
                "{}",
                good + " ",
                good + good)) {
            byte[] manifest = bad.isEmpty() ? new byte[] {' '} : bad.getBytes(StandardCharsets.UTF_8);
            Refused refused = assertInstanceOf(Refused.class, verifier.verify(sealed(envelope(manifest)), 0, NOW), bad);
            assertEquals(Refusal.DAMAGED, refused.refusal(), refused::message);
        }
    }

    @Test
    void aPartThatUnpacksToMoreThanItSaysStopsThere() {
        byte[] bomb = PartCodec.whole(PartContent.of(new byte[1 << 24]));
        Manifest honest = BundleTest.contents(7, "x".repeat(1_000), "").manifest();
        byte[] manifest = ManifestCodec.encode(honest);
        byte[] list = PartCodec.whole(PartContent.of(new byte[0]));

        Refused refused =
                assertInstanceOf(Refused.class, verifier.verify(sealed(envelope(manifest), list, bomb), 0, NOW));

        assertEquals("part rules.yaml is longer than its manifest says", refused.message());
    }

    private Refusal refused(byte[] bundle) {
        return assertInstanceOf(Refused.class, verifier.verify(bundle, 0, NOW)).refusal();
    }

    private byte[] flipped(int at, int bit) {
        byte[] flipped = signed.clone();
        flipped[at] ^= (byte) (1 << bit);
        return flipped;
    }

    private static byte[] sealed(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        out.writeBytes(new byte[Digests.BYTES]);
        return BundleWriter.sealed(out.toByteArray());
    }

    private static byte[] envelope(byte[] manifest) {
        Envelope envelope = Envelope.sign(KeyId.of(PAIR.getPublic()), PAIR.getPrivate(), manifest);
        ByteBuffer out = ByteBuffer.allocate(envelope.bytes());
        envelope.write(out);
        return out.array();
    }
}
