package org.anticall.rules.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PartDeltaTest {

    private static final KeyPair PAIR = SigningKeys.generate();
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final BundleSigner signer = new BundleSigner(PAIR);
    private final BundleVerifier verifier =
            new BundleVerifier(PinnedKeys.of(List.of(PAIR.getPublic())), "KZ", BundleLimits.DEFAULT);

    @Property(tries = 500)
    void aChangeMakesTheTargetOfAnyTwoTexts(
            @ForAll @StringLength(max = 60) @Chars({'+', '1', '2', '\n', ';'}) String base,
            @ForAll @StringLength(max = 60) @Chars({'+', '1', '2', '\n', ';'}) String target)
            throws DamagedBundleException {
        byte[] made = PartDelta.apply(
                bytes(base), ByteBuffer.wrap(PartDelta.between(bytes(base), bytes(target))), bytes(target).length);

        assertArrayEquals(bytes(target), made);
    }

    @Property(tries = 500)
    void noiseAsAChangeIsDamageOrATextOfTheRightLength(@ForAll byte[] noise) {
        try {
            assertEquals(50, PartDelta.apply(bytes("+1\n+2\n"), ByteBuffer.wrap(noise), 50).length);
        } catch (DamagedBundleException damaged) {
            assertTrue(damaged.getMessage().startsWith("a change "), damaged.getMessage());
        }
    }

    @Test
    void aCopyFromBeyondTheBaseIsRefusedToTheByte() {
        byte[] base = bytes("0123456789");
        for (int from : new int[] {6, 7, 120}) {
            byte[] change = {(byte) (4 << 1 | 1), (byte) from};
            if (from == 6) {
                assertArrayEquals(bytes("6789"), applied(base, change));
            } else {
                assertThrows(DamagedBundleException.class, () -> PartDelta.apply(base, ByteBuffer.wrap(change), 4));
            }
        }
    }

    @Test
    void oneNumberMoreInALongListTravelsAlone() {
        String before = list(0, 100_000, -1);
        String after = list(0, 100_000, 50_001);
        VerifiedBundle base = genuine(verifier.verify(signer.sign(BundleTest.contents(7, "a\n", before)), 0, NOW));
        VerifiedBundle next = genuine(verifier.verify(signer.sign(BundleTest.contents(8, "a\n", after)), 7, NOW));

        byte[] change = next.bytesSince(base);

        assertTrue(change.length < 1_000, () -> change.length + " bytes");
        VerifiedBundle made = genuine(verifier.verify(change, 7, NOW, base));
        assertArrayEquals(bytes(after), made.part("lists/black.csv").exact());
        assertArrayEquals(next.bytes(), made.bytes(), "kept on disk it is complete");
        assertEquals(next.hash(), made.hash());
    }

    @Test
    void linesThatCameAndWentInAListOfAnyOrderTravelAlone() throws DamagedBundleException {
        List<String> lines = new Random(3)
                .longs(20_000, 100_000_000_000L, 999_999_999_999L)
                .mapToObj(number -> "+" + number + "\n")
                .collect(Collectors.toCollection(ArrayList::new));
        byte[] base = bytes(String.join("", lines));
        lines.remove(15_000);
        lines.add(10_000, "+447700900123\n");
        lines.addAll(5_000, List.of("+447700900124\n", "+447700900125;;a note\n"));
        lines.add("+447700900126\n");
        byte[] target = bytes(String.join("", lines));

        byte[] change = PartDelta.between(base, target);

        assertTrue(change.length < 150, () -> change.length + " bytes");
        assertArrayEquals(target, PartDelta.apply(base, ByteBuffer.wrap(change), target.length));
    }

    @Test
    void aChangeOfSomethingElseAsksForTheWhole() {
        VerifiedBundle base =
                genuine(verifier.verify(signer.sign(BundleTest.contents(7, "a\n", list(0, 1_000, -1))), 0, NOW));
        VerifiedBundle next =
                genuine(verifier.verify(signer.sign(BundleTest.contents(8, "a\n", list(0, 1_000, 5))), 0, NOW));
        VerifiedBundle other =
                genuine(verifier.verify(signer.sign(BundleTest.contents(6, "a\n", list(0, 1_000, 9))), 0, NOW));

        for (VerifiedBundle wrong : new VerifiedBundle[] {null, other}) {
            Verification verification = verifier.verify(next.bytesSince(base), 7, NOW, wrong);
            assertEquals(
                    Refusal.MISSING_BASE,
                    assertInstanceOf(Verification.Refused.class, verification).refusal());
        }
    }

    private static byte[] applied(byte[] base, byte[] change) {
        try {
            return PartDelta.apply(base, ByteBuffer.wrap(change), 4);
        } catch (DamagedBundleException damaged) {
            throw new AssertionError(damaged);
        }
    }

    /** Every second number from {@code from}, and {@code more} if it is not negative. */
    private static String list(long from, int count, long more) {
        return LongStream.concat(
                        LongStream.range(0, count).map(i -> from + 2 * i),
                        more < 0 ? LongStream.of() : LongStream.of(more))
                .sorted()
                .mapToObj(i -> "+" + (77_170_000_000L + i) + "\n")
                .collect(Collectors.joining());
    }

    private static VerifiedBundle genuine(Verification verification) {
        return assertInstanceOf(Verification.Genuine.class, verification, verification::toString)
                .bundle();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
