package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Orders;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of publishing leaves the old revision in force and the new one whole or absent. */
class PublishKilledTest {

    @TempDir
    Path state;

    @Test
    void aCentreKilledWhileItPublishesHasEveryRevisionWholeAndNoOrderAhead() throws Exception {
        long before = 0;
        for (int kill = 1; kill <= 3; kill++) {
            long told = killed(3, kill * 7L);
            try (Database database = open()) {
                long newest = database.revisions().newest().orElseThrow().revision();
                assertTrue(newest >= told && newest > before, "told " + told + ", kept " + newest);
                examine(database, newest);
                before = newest;
            }
        }
        try (Database database = open()) {
            Publisher publisher = PublishingLoop.publisher(state, database);
            publisher.begin();
            assertEquals(
                    before + 1,
                    publisher
                            .publish(Actor.CENTRE, "after the kills", each -> true)
                            .revision());
        }
    }

    /** Lets go of the files when it is closed, so that the next process can have them. */
    private Database open() {
        return Database.open(
                state, "jdbc:h2:file:" + state.toAbsolutePath().resolve("centre") + ";DB_CLOSE_DELAY=0;WRITE_DELAY=0");
    }

    private void examine(Database database, long newest) throws IOException {
        KeyPair keys = KeyFile.openOrMake(state.resolve("bundle.key"));
        BundleVerifier verifier =
                new BundleVerifier(PinnedKeys.of(List.of(keys.getPublic())), "KZ", BundleLimits.DEFAULT);
        for (long each = 1; each <= newest; each++) {
            Revision revision = database.revisions().find(each).orElseThrow();
            byte[] bundle = database.revisions().bundle(each).orElseThrow();
            assertInstanceOf(Verification.Genuine.class, verifier.verify(bundle, 0, revision.at()));
        }
        Revision inForce = database.revisions().find(newest).orElseThrow();
        for (Order each : database.orders().search(new Orders.Search("", "", Long.MAX_VALUE, 10_000))) {
            if (each.state() instanceof OrderState.Live live) {
                assertTrue(live.revision() <= newest, "order " + each.id() + " is ahead of its revision");
                assertTrue(inForce.orders().contains("O" + each.id()), "order " + each.id() + " is in no revision");
            }
        }
    }

    /** Lets a process publish {@code revisions} times and kills it a moment into the next; the last revision it told. */
    private long killed(int revisions, long momentMillis) throws IOException, InterruptedException {
        Path complaints = state.resolve("complaints");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingLoop.class.getName(),
                        state.toString())
                .redirectError(complaints.toFile())
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            long told = 0;
            int count = 0;
            for (String line = lines.readLine(); line != null && count < revisions; line = lines.readLine()) {
                if (line.matches("[0-9]+")) {
                    told = Long.parseLong(line);
                    count++;
                }
                if (count == revisions) {
                    break;
                }
            }
            assertEquals(revisions, count, () -> "the process ended by itself: " + text(complaints));
            // Where in the next publishing the kill falls is what this test tries; nothing waits for it.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(momentMillis));
            return told;
        } finally {
            process.destroyForcibly();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
