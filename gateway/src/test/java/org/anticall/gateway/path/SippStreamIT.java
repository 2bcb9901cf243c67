package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIPp calls SIPp through the gateway over TCP: one connection for all calls, one for each, over to UDP, and over IPv6. */
class SippStreamIT {

    private static final int CALLS = 200;
    private static final Path SCENARIOS = Path.of("src/test/resources/sipp");

    @TempDir
    Path work;

    @BeforeAll
    static void isInstalled() {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "sipp")));
        if (!there) {
            System.err.println("SKIPPED: sipp is not installed (Debian package sip-tester)");
        }
        assumeTrue(there || System.getenv("ANTICALL_REQUIRE_ALL") != null);
    }

    @ParameterizedTest(name = "{0} to {1}, {2} loops, {3}")
    @CsvSource({
        "t1, TCP, 1, 127.0.0.1",
        "t1, UDP, 2, 127.0.0.1",
        "tn, TCP, 2, 127.0.0.1",
        "u1, TCP, 1, 127.0.0.1",
        "u1, UDP, 1, ::1",
        "t1, TCP, 1, ::1"
    })
    void everyCallIsSetUpAndEnded(String transport, Transport coreTransport, int loops, InetAddress host)
            throws Exception {
        assumeTrue(isHere(host) || System.getenv("ANTICALL_REQUIRE_ALL") != null, () -> "this machine has no " + host);
        int corePort = freePort();
        try (PathFixture net = new PathFixture()) {
            net.time = LoopClock.system();
            net.local = host;
            net.peers = host.getHostAddress();
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
            net.judge = facts -> PathFixture.decision(new Verdict.Pass());
            net.coreHops = List.of(new Hop(new InetSocketAddress(host, corePort), coreTransport));
            String local = bracketed(host);
            Process callee = sipp(host, "stream-callee", corePort, coreTransport == Transport.TCP ? "t1" : "u1", local);
            PathFixture.until("the callee listens", () -> !callee.isAlive() || isTaken(corePort));
            // Not before: the gateway could get the callee's port, and call itself.
            net.start();
            Transport side = transport.startsWith("t") ? Transport.TCP : Transport.UDP;
            String gateway = local + ":" + net.gateway(side).getPort();
            Process caller = sipp(host, "stream-caller", freePort(), transport, gateway, "-r", "100", "-l", "20");
            succeeds(caller, "stream-caller");
            succeeds(callee, "stream-callee");
            assertEquals(CALLS, net.judged.size());
            assertEquals(0, net.path.counters().path().failures.sum());
        }
    }

    private static boolean isHere(InetAddress host) {
        try (ServerSocket probe = new ServerSocket(0, 1, host)) {
            return probe.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    /** Whether anybody on this machine listens at that port, as the kernel tells. */
    static boolean isTaken(int port) {
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

    private static String bracketed(InetAddress host) {
        return host instanceof Inet6Address ? "[::1]" : host.getHostAddress();
    }

    private Process sipp(InetAddress host, String scenario, int port, String transport, String... more)
            throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                "sipp",
                "-sf",
                SCENARIOS.resolve(scenario + ".xml").toString(),
                "-i",
                bracketed(host),
                "-p",
                "" + port,
                "-t",
                transport,
                "-m",
                "" + CALLS,
                "-max_socket",
                "1000",
                // Nobody repeats what a full buffer loses of a dialog that came by TCP.
                "-buff_size",
                "200000",
                "-nostdin",
                "-timeout",
                "40",
                "-timeout_error",
                "-trace_err",
                "-error_file",
                work.resolve(scenario + ".errors").toString()));
        command.addAll(List.of(more));
        Path log = work.resolve(scenario + ".log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void succeeds(Process sipp, String scenario) throws Exception {
        boolean ended = sipp.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            sipp.destroyForcibly();
        }
        Path errors = work.resolve(scenario + ".errors");
        String said = Files.exists(errors) ? Files.readString(errors) : "";
        String log = Files.readString(work.resolve(scenario + ".log"));
        assertTrue(ended, () -> scenario + " does not end: " + said);
        assertNotNull(log);
        assertEquals(
                0, sipp.exitValue(), () -> scenario + ": " + said + log.substring(Math.max(0, log.length() - 3000)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
