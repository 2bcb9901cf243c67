package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.transport.LoopClock;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers and callees that SIPp plays, with the gateway between them; the scenarios are under {@code resources/sipp}. */
@Timeout(60)
class SippIT {

    private static final int CALLS = 30;
    private static final int RATE = 100;

    @TempDir
    Path directory;

    @BeforeAll
    static void needsSipp() throws IOException, InterruptedException {
        boolean found;
        try {
            Process version =
                    new ProcessBuilder("sipp", "-v").redirectErrorStream(true).start();
            version.getInputStream().readAllBytes();
            version.waitFor();
            found = true;
        } catch (IOException missing) {
            found = false;
        }
        assertTrue(
                found || System.getenv("ANTICALL_REQUIRE_ALL") == null, "sipp is not installed (package sip-tester)");
        assumeTrue(found, "sipp is not installed (package sip-tester)");
    }

    @ParameterizedTest
    @CsvSource({
        "caller, callee, pass",
        "caller-long, callee, pass",
        "caller-late-offer, callee, pass",
        "caller-hold, callee, pass",
        "caller-prack, callee-prack, pass",
        "caller-cancel, callee-cancel, pass",
        "caller-busy, callee-busy, pass",
        "caller-moved, callee-moved, pass",
        "caller-held, callee-holds, pass",
        "caller-held, callee-holds, label",
        "caller-declined, , reject",
        "caller, callee, label",
    })
    void everyCallOfTheScenarioSucceeds(String caller, String callee, String verdict) throws Exception {
        int port = freePort();
        try (PathFixture net = new PathFixture()) {
            net.time = LoopClock.system();
            net.judge = facts -> PathFixture.decision(
                    switch (verdict) {
                        case "reject" -> new Verdict.Reject(603);
                        case "label" -> new Verdict.Label("Spam?");
                        default -> new Verdict.Pass();
                    });
            net.coreHops =
                    List.of(new Hop(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Transport.UDP));
            Process answering = callee == null ? null : sipp(callee, port, null);
            try {
                // Not before: the gateway could get the callee's port, and call itself.
                PathFixture.until(
                        "the callee listens",
                        () -> answering == null || SippStreamIT.isTaken(port) || !answering.isAlive());
                net.start();
                Process calling = sipp(caller, 0, net.gateway());
                assertTrue(calling.waitFor(40, TimeUnit.SECONDS), "sipp does not end");
                assertEquals(0, calling.exitValue(), () -> errors(caller) + errors(String.valueOf(callee)));
            } finally {
                if (answering != null) {
                    answering.destroyForcibly().waitFor();
                }
            }
            assertEquals(CALLS, net.judged.size());
            assertEquals(0, net.path.counters().path().failures.sum());
            PathFixture.until("nothing is left in set-up", () -> net.path.callsInSetup() == 0);
        }
    }

    private Process sipp(String scenario, int port, InetSocketAddress remote) throws IOException {
        Path file = directory.resolve(scenario + ".xml");
        try (var text = SippIT.class.getResourceAsStream("/sipp/" + scenario + ".xml")) {
            Files.write(file, text.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "-sf",
                file.toString(),
                "-i",
                "127.0.0.1",
                "-nostdin",
                "-trace_err",
                "-error_file",
                directory.resolve(scenario + ".err").toString(),
                "-timeout",
                "40",
                "-timeout_error"));
        if (remote == null) {
            command.addAll(List.of("-p", Integer.toString(port)));
        } else {
            command.addAll(List.of("-m", Integer.toString(CALLS), "-r", Integer.toString(RATE), SipPeer.text(remote)));
        }
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(scenario + ".out").toFile())
                .start();
    }

    private String errors(String scenario) {
        try {
            Path file = directory.resolve(scenario + ".err");
            return Files.exists(file) ? scenario + ":\n" + Files.readString(file) : "";
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
