package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.StreamSettings;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.config.WireSettings;
import org.anticall.gateway.transport.TransportCounters;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIPp calls SIPp through the gateway over TCP: one connection for all calls, one for each, over to UDP, and over IPv6. */
class SippStreamIT {

    private static final int CALLS = 200;

    @TempDir
    Path work;

    @BeforeAll
    static void needsSipp() {
        Sipp.isInstalled();
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
        int corePort = Sipp.freePort();
        Sipp sipp = new Sipp(work);
        try (PathFixture net = new PathFixture().withOtherPrograms()) {
            net.local = host;
            net.peers = host.getHostAddress();
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.wire = new WireSettings(loops, StreamSettings.DEFAULT, null);
            net.judge = facts -> PathFixture.decision(new Verdict.Pass());
            net.coreHops = List.of(new Hop(new InetSocketAddress(host, corePort), coreTransport));
            String local = bracketed(host);
            Process callee = sipp.start(
                    "stream-callee",
                    arguments("stream-callee", local, corePort, coreTransport == Transport.TCP ? "t1" : "u1"));
            Sipp.awaitPort(corePort, callee);
            net.start();
            Transport side = transport.startsWith("t") ? Transport.TCP : Transport.UDP;
            String gateway = local + ":" + net.gateway(side).getPort();
            Process caller = sipp.start(
                    "stream-caller",
                    arguments("stream-caller", local, Sipp.freePort(), transport, gateway, "-r", "100", "-l", "20"));
            succeeds(caller, sipp, net);
            succeeds(callee, sipp, net);
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

    private static String bracketed(InetAddress host) {
        return host instanceof Inet6Address ? "[::1]" : host.getHostAddress();
    }

    private static List<String> arguments(String scenario, String local, int port, String transport, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "-sf",
                Sipp.SCENARIOS.resolve(scenario + ".xml").toString(),
                "-i",
                local,
                "-p",
                "" + port,
                "-t",
                transport,
                "-m",
                "" + CALLS,
                "-max_socket",
                "1000",
                "-buff_size",
                "200000"));
        all.addAll(List.of(more));
        return all;
    }

    /** Ends well; else both programs tell what they saw, and the gateway what it did. */
    private static void succeeds(Process program, Sipp sipp, PathFixture net) throws Exception {
        boolean ended = program.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            program.destroyForcibly();
        }
        Supplier<String> story = () -> sipp.said("stream-caller") + sipp.said("stream-callee") + saw(net);
        assertTrue(ended, story);
        assertEquals(0, program.exitValue(), story);
    }

    private static String saw(PathFixture net) {
        PathCounters path = net.path.counters().path();
        TransportCounters wire = net.path.counters().transport();
        return "gateway: received %s, sent %s, forwarded in dialogs %s, stray %s, dropped between loops %s, unsent %s"
                .formatted(
                        wire.received,
                        wire.sent,
                        path.stateless,
                        path.strayResponses,
                        path.handOversDropped,
                        wire.unsent);
    }
}
