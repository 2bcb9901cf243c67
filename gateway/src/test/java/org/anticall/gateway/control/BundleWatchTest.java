package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.anticall.gateway.config.ConfigFile;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleSigner;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 3: authority fails closed. Bundles over real HTTP, and what must not come into force. */
@Timeout(90)
class BundleWatchTest {

    private final Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);

    @TempDir
    Path directory;

    private BundleCentre centre;
    private GatewayConfig config;
    private RuleBook book;
    private RuleFeed feed;
    private BundleWatch watch;

    @BeforeEach
    void open() throws IOException {
        centre = new BundleCentre();
        Files.writeString(directory.resolve("centre.pem"), SigningKeys.pem(centre.keys.getPublic()));
        Files.writeString(directory.resolve("token"), BundleCentre.TOKEN + "\n");
        Map<String, String> trial = Map.of(
                "ANTICALL_STATE", directory.resolve("state").toString(),
                "ANTICALL_RULES", centre.address().toString(),
                "ANTICALL_RULES_KEYS", directory.resolve("centre.pem").toString(),
                "ANTICALL_RULES_TOKEN_FILE", directory.resolve("token").toString());
        ConfigOutcome outcome = ConfigFile.read(Path.of("src/main/config/gateway.yaml"), trial);
        config = outcome instanceof ConfigOutcome.Valid valid ? valid.config() : null;
        assertTrue(config != null, outcome::toString);
        start();
    }

    private void start() {
        book = RuleBook.forHome("KZ");
        feed = new RuleFeed(book, config.rules(), "KZ");
        watch = new BundleWatch(
                config, (RulesLocation.Bundles) config.rules(), feed, Duration.ofSeconds(2), Duration.ofSeconds(1));
        watch.start();
    }

    private void restart() {
        watch.close();
        start();
    }

    @AfterEach
    void close() {
        watch.close();
        centre.close();
    }

    @Test
    void aPublishedBundleComesIntoForceAndIsReported() throws Exception {
        centre.publish(1, centre.bundle(1));
        JsonNode report = centre.awaitReport("enforced", 1);
        assertEquals("gw-1", report.path("node").asText());
        assertEquals(book.hash(), report.path("hash").asText());
        assertEquals("", report.path("reason").asText());
        centre.publish(2, centre.bundle(2));
        centre.awaitReport("enforced", 2);
        assertEquals(2, book.revision());
    }

    @Test
    void keysChangeWhileTheGatewayRuns() throws Exception {
        KeyPair next = SigningKeys.generate();
        centre.publish(1, centre.bundle(1));
        centre.awaitReport("enforced", 1);
        centre.publish(2, BundleCentre.bundle(2, "KZ", next, tomorrow));
        centre.awaitReport("refused", 2);

        feed.reload(pinning(centre.keys.getPublic(), next.getPublic()));
        centre.awaitReport("enforced", 2);

        feed.reload(pinning(next.getPublic()));
        centre.publish(3, centre.bundle(3));
        centre.awaitReport("refused", 3);
        assertEquals(2, book.revision());
    }

    private RulesLocation pinning(PublicKey... keys) {
        RulesLocation.Bundles before = (RulesLocation.Bundles) config.rules();
        return new RulesLocation.Bundles(before.address(), List.of(keys), before.tokenFile(), before.trust());
    }

    @Test
    void aRollbackIsAHigherRevision() throws Exception {
        centre.publish(1, centre.bundle(1));
        centre.publish(2, centre.bundle(2));
        centre.awaitReport("enforced", 2);
        centre.publish(3, centre.bundle(3));
        centre.awaitReport("enforced", 3);
    }

    @Test
    void aLowerRevisionIsRefused() throws Exception {
        centre.publish(5, centre.bundle(5));
        centre.awaitReport("enforced", 5);
        refused(4, centre.bundle(4), "lower-revision");
        assertEquals(5, book.revision());
    }

    @Test
    void whatNoPinnedKeySignedOrIsForAnotherCountryOrIsOverIsRefused() throws Exception {
        centre.publish(1, centre.bundle(1));
        centre.awaitReport("enforced", 1);
        refused(2, BundleCentre.bundle(2, "KZ", SigningKeys.generate(), tomorrow), "unknown-key");
        refused(3, BundleCentre.bundle(3, "BY", centre.keys, tomorrow), "wrong-home");
        refused(4, BundleCentre.bundle(4, "KZ", centre.keys, Instant.now().minusSeconds(1)), "expired");
        byte[] forged = centre.bundle(5);
        forged[forged.length / 2] ^= 1;
        refused(5, forged, "damaged");
        refused(6, "<html>not a bundle</html>".getBytes(StandardCharsets.UTF_8), "damaged");
        refused(7, new byte[0], "damaged");
        assertEquals(1, book.revision());
        assertEquals(6, watch.refusals());
        centre.publish(8, centre.bundle(8));
        centre.awaitReport("enforced", 8);
        assertEquals("", watch.standing().refused());
    }

    @Test
    void rulesThatDoNotCompileAreRefusedAsAWhole() throws Exception {
        centre.publish(1, centre.bundle(1));
        centre.awaitReport("enforced", 1);
        refused(2, BundleCentre.bundle(2, "KZ", centre.keys, tomorrow, "obliterate"), "the rules cannot be used");
        assertEquals(1, book.revision());
    }

    @Test
    void withoutTheCentreTheLastGoodBundleOutlivesARestart() throws Exception {
        centre.publish(1, centre.bundle(1));
        centre.awaitReport("enforced", 1);
        until("it is on disk", () -> Files.exists(directory.resolve("state/rules/revision")));
        centre.die();
        restart();
        assertEquals(1, book.revision());
        until("the silence is told", () -> !watch.standing().trouble().isEmpty());
        centre.comeBack();
        centre.publish(2, centre.bundle(2));
        centre.awaitReport("enforced", 2);
        assertEquals("", watch.standing().trouble());
    }

    @Test
    void aTamperedBundleOnDiskIsRefusedAndNoOldOneTakesItsPlace() throws Exception {
        centre.publish(7, centre.bundle(7));
        centre.awaitReport("enforced", 7);
        Path kept = directory.resolve("state/rules/good.bundle");
        until("it is on disk", () -> Files.exists(directory.resolve("state/rules/revision")));
        watch.close();
        byte[] bytes = Files.readAllBytes(kept);
        bytes[bytes.length / 2] ^= 1;
        Files.write(kept, bytes);
        centre.publish(6, centre.bundle(6));
        start();
        assertEquals(0, book.revision());
        assertTrue(
                watch.standing().refused().startsWith("damaged"),
                watch.standing().refused());
        centre.awaitReport("refused", 6);
        assertEquals(0, book.revision());
        centre.publish(7, centre.bundle(7));
        centre.awaitReport("enforced", 7);
    }

    @Test
    void oneNumberMoreInALongListTravelsAloneAndTheWholeIsKept() throws Exception {
        byte[] first = withList(1, 20_000);
        byte[] second = withList(2, 20_001);
        centre.publish(1, first);
        centre.awaitReport("enforced", 1);
        centre.publish(2, second, 1, change(first, second));
        JsonNode report = centre.awaitReport("enforced", 2);

        assertEquals(book.hash(), report.path("hash").asText());
        assertEquals(first.length, centre.handedOut.take());
        assertTrue(centre.handedOut.take() < first.length / 50, () -> "of " + first.length);
        until("it is on disk", () -> onDisk("2"));
        centre.die();
        restart();
        assertEquals(2, book.revision());
        assertEquals(report.path("hash").asText(), book.hash());
    }

    @Test
    void aChangeThatDoesNotFitIsFollowedByTheWhole() throws Exception {
        byte[] first = withList(1, 500);
        byte[] other = withList(1, 400);
        byte[] second = withList(2, 501);
        centre.publish(1, first);
        centre.awaitReport("enforced", 1);
        centre.publish(2, second, 1, change(other, second));
        centre.awaitReport("enforced", 2);
        byte[] third = withList(3, 502);
        byte[] bent = change(second, third);
        bent[bent.length - 40] ^= 1;
        centre.publish(3, third, 2, bent);
        JsonNode refused = centre.awaitReport("refused", 3);

        assertTrue(refused.path("reason").asText().startsWith("damaged"), refused::toString);
        assertEquals(2, book.revision());
        centre.publish(4, withList(4, 503));
        centre.awaitReport("enforced", 4);
        assertEquals(4, book.revision());
    }

    @Test
    void aListThatDidNotChangeIsNeitherSentNorReadNorWrittenAgain() throws Exception {
        byte[] first = withList(1, 20_000, "one");
        byte[] second = withList(2, 20_000, "two");
        centre.publish(1, first);
        centre.awaitReport("enforced", 1);
        until("it is on disk", () -> onDisk("1"));
        Object file =
                Files.readAttributes(listOnDisk(), BasicFileAttributes.class).fileKey();
        centre.publish(2, second, 1, change(first, second));
        centre.awaitReport("enforced", 2);
        until("it is on disk", () -> onDisk("2"));

        assertEquals(first.length, centre.handedOut.take());
        assertTrue(centre.handedOut.take() < 2_000);
        assertEquals(1, book.lists().read());
        assertEquals(1, book.lists().taken());
        assertEquals(
                file,
                Files.readAttributes(listOnDisk(), BasicFileAttributes.class).fileKey());
        assertTrue(Files.size(directory.resolve("state/rules/good.bundle")) < 2_000);
        String hash = book.hash();
        centre.die();
        restart();
        assertEquals(2, book.revision());
        assertEquals(hash, book.hash());
    }

    @Test
    void aTamperedListOnDiskIsRefusedAndFetchedAnew() throws Exception {
        byte[] first = withList(1, 20_000, "one");
        centre.publish(1, first);
        centre.awaitReport("enforced", 1);
        until("it is on disk", () -> onDisk("1"));
        watch.close();
        Path kept = listOnDisk();
        byte[] good = Files.readAllBytes(kept);
        byte[] bent = good.clone();
        bent[bent.length / 2] ^= 1;
        Files.write(kept, bent);
        centre.die();
        start();

        assertEquals(0, book.revision());
        assertTrue(
                watch.standing().refused().startsWith("missing-base"),
                watch.standing().refused());
        centre.comeBack();
        until("it came again", () -> book.revision() == 1);
        until("it is mended", () -> Arrays.equals(good, bytes(kept)));
        assertEquals(first.length, centre.handedOut.take());
        assertEquals(first.length, centre.handedOut.take());
    }

    @Test
    void ofListsOnDiskOnlyThoseOfTheBundleInForceStay() throws Exception {
        centre.publish(1, withList(1, 20_000, "one"));
        centre.awaitReport("enforced", 1);
        Path before = listOnDisk();
        centre.publish(2, withList(2, 20_001, "two"));
        centre.awaitReport("enforced", 2);
        until("it is on disk", () -> onDisk("2"));

        until("the list before is gone", () -> Files.notExists(before));
        assertTrue(Files.exists(listOnDisk()));
    }

    /** The only list file there is. */
    private Path listOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("state/rules/parts"))) {
            return files.reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException notYet) {
            return new byte[0];
        }
    }

    private boolean onDisk(String revision) {
        try {
            return Files.readString(directory.resolve("state/rules/revision")).equals(revision);
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A signed bundle with a list of {@code count} numbers. */
    private byte[] withList(int revision, int count) {
        return withList(revision, count, "x");
    }

    /** The same with another rule. */
    private byte[] withList(int revision, int count, String label) {
        String rules =
                """
                home: KZ
                revision: %d
                lists: {black: {file: black.csv}}
                rules:
                  - {id: B, title: Listed, priority: 1, when: {caller: {list: black}}, then: {label: %s}}
                """
                        .formatted(revision, label);
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put("rules.yaml", rules.getBytes(StandardCharsets.UTF_8));
        parts.put(
                "black.csv",
                LongStream.range(0, count)
                        .mapToObj(i -> "+" + (447_700_000_000L + 100 * i + i * i * 31 % 97) + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
        Instant created = Instant.now().minus(2, ChronoUnit.DAYS);
        return new BundleSigner(centre.keys)
                .sign(BundleContents.of("KZ", revision, revision - 1, created, tomorrow, parts));
    }

    private byte[] change(byte[] from, byte[] to) {
        return genuine(to).bytesSince(genuine(from));
    }

    private VerifiedBundle genuine(byte[] bundle) {
        BundleVerifier verifier =
                new BundleVerifier(PinnedKeys.of(List.of(centre.keys.getPublic())), "KZ", BundleLimits.DEFAULT);
        return ((Verification.Genuine) verifier.verify(bundle, 0, Instant.now())).bundle();
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        centre.stall();
        until("the stalled answer is given up", () -> watch.failures() > 0);
        assertTrue(
                watch.standing().trouble().contains("no complete answer"),
                watch.standing().trouble());
        centre.publish(1, centre.bundle(1));
        centre.awaitReport("enforced", 1);
    }

    @Test
    void aWrongTokenIsNamed() throws Exception {
        Files.writeString(directory.resolve("token"), "another");
        restart();
        until("the refusal is told", () -> watch.standing().trouble().contains("401"));
        assertTrue(watch.standing().trouble().contains("the token is not the one the centre has"));
        assertFalse(watch.standing().trouble().contains("another"));
    }

    private void refused(int revision, byte[] bundle, String reason) throws InterruptedException {
        centre.publish(revision, bundle);
        JsonNode report = centre.awaitReport("refused", revision);
        assertTrue(report.path("reason").asText().startsWith(reason), report::toString);
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s: " + what);
            Thread.onSpinWait();
        }
    }
}
