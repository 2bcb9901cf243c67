package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.acceptance.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager with a real datagram socket is told of the centre. */
@Timeout(180)
class ServiceNotifierTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Prints what comes to the socket; each message ends with a line of dashes. */
    private static final String LISTEN =
            """
            use IO::Socket::UNIX; use Socket;
            my $s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die;
            $| = 1; print "listening\\n";
            while (defined $s->recv(my $said, 4096)) { print "$said\\n--\\n"; }
            """;

    @TempDir
    Path directory;

    private Path told;
    private Process manager;

    @BeforeEach
    void listen() throws Exception {
        boolean isThere = Files.isExecutable(Path.of("/usr/bin/systemd-notify"));
        Assumptions.assumeTrue(isThere, "SKIPPED: systemd-notify is not installed (Debian package systemd)");
        told = directory.resolve("told");
        manager = new ProcessBuilder(
                        "perl", "-e", LISTEN, directory.resolve("notify").toString())
                .redirectError(directory.resolve("manager").toFile())
                .redirectOutput(told.toFile())
                .start();
        awaitTold("listening", 1);
    }

    @AfterEach
    void end() throws Exception {
        if (manager != null) {
            manager.destroyForcibly().waitFor();
        }
    }

    @Test
    void aCentreTellsWhenItIsReadyThatItLivesAndThatItStops() throws Exception {
        Path config = Files.writeString(
                directory.resolve("ops.yaml"),
                """
                http: 127.0.0.1:%d
                state: state
                records: {token-file: token}
                desk: {listen: "sip:127.0.0.1:%d;transport=udp", gateways: [127.0.0.0/8]}
                """
                        .formatted(Ports.free(), Ports.free()));
        Files.writeString(directory.resolve("token"), "records-token\n");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Anticall.class.getName(),
                "ops",
                "--config",
                config.toString()));
        builder.environment().put("NOTIFY_SOCKET", directory.resolve("notify").toString());
        builder.environment().put("WATCHDOG_USEC", "1000000");
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        Process centre = builder.start();
        try {
            awaitTold("READY=1\nSTATUS=ops ready on http://127.0.0.1:", 1);
            awaitTold("WATCHDOG=1", 2);
            centre.destroy();
            awaitTold("STOPPING=1", 1);
            assertTrue(centre.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(0, centre.exitValue(), () -> read("log"));
        } finally {
            centre.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDeskThatHangsIsNotSaidToBeAlive() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean turns = new AtomicBoolean();
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", directory.resolve("notify").toString(), "WATCHDOG_USEC", "100000");
        try (ServiceNotifier notifier = ServiceNotifier.of(environment)) {
            notifier.watch(() -> {
                asked.incrementAndGet();
                return turns.get();
            });
            Await.until("it is asked again and again", PATIENCE, () -> asked.get() > 3);
            assertEquals("listening\n", read("told"));
            turns.set(true);
            awaitTold("WATCHDOG=1", 1);
        }
    }

    private void awaitTold(String words, int times) throws Exception {
        Await.until("'" + words + "' is told", PATIENCE, () -> read("told").split(words, -1).length > times);
    }

    private String read(String name) {
        try {
            return Files.exists(directory.resolve(name)) ? Files.readString(directory.resolve(name)) : "";
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
