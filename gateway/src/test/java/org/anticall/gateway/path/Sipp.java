package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs SIPp; what it says is kept by name in one directory. */
final class Sipp {

    static final Path SCENARIOS = Path.of("src/test/resources/sipp");

    private static final int LOG_TAIL = 3000;

    private static final AtomicInteger NEXT_PORT = new AtomicInteger(12_000
            + 5_000 * ((Integer.getInteger("anticall.fork", 1) - 1) % 4)
            + 2 * ThreadLocalRandom.current().nextInt(1_000));

    private final Path directory;

    Sipp(Path directory) {
        this.directory = directory;
    }

    /** Skips the test, and says so, where SIPp is not installed; fails it where everything must be. */
    static void isInstalled() {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, "sipp")));
        if (!there) {
            System.err.println("SKIPPED: sipp is not installed (Debian package sip-tester)");
        }
        assertTrue(
                there || System.getenv("ANTICALL_REQUIRE_ALL") == null, "sipp is not installed (package sip-tester)");
        assumeTrue(there);
    }

    /** Starts SIPp with these arguments and what every run needs; it gives up after 40 s. */
    Process start(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "-nostdin",
                "-timeout",
                "40",
                "-timeout_error",
                "-trace_err",
                "-error_file",
                directory.resolve(name + ".errors").toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(Path.of("").toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }

    /** What it complained of, and how its last screen looked. */
    String said(String name) {
        try {
            Path errors = directory.resolve(name + ".errors");
            Path log = directory.resolve(name + ".log");
            String screen = Files.exists(log) ? Files.readString(log) : "";
            return name + ":\n" + (Files.exists(errors) ? Files.readString(errors) : "")
                    + screen.substring(Math.max(0, screen.length() - LOG_TAIL));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Returns once {@code listening} has its port: before that, the gateway could get it, and call itself. */
    static void awaitPort(int port, Process listening) {
        PathFixture.until("the callee listens", () -> isTaken(port) || !listening.isAlive());
    }

    /** Whether anybody on this machine listens at that port, as the kernel tells. */
    private static boolean isTaken(int port) {
        String local = String.format(Locale.ROOT, ":%04X ", port);
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            try {
                if (Files.readString(Path.of("/proc/net", table)).contains(local)) {
                    return true;
                }
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
        return false;
    }

    /**
     * A port that is free for UDP and TCP, handed out once: below the range of outgoing connections, so nobody takes it by
     * chance before SIPp does. Tests that run at the same time have ranges of their own.
     */
    static int freePort() throws IOException {
        while (true) {
            int port = NEXT_PORT.getAndAdd(2);
            try (DatagramSocket udp = new DatagramSocket(port);
                    ServerSocket tcp = new ServerSocket(port)) {
                return port;
            } catch (BindException taken) {
                // the next one
            }
        }
    }
}
