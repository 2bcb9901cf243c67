package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scenarios SIPp has built in, which keep no route set, and one like them whose callee hangs up. */
@Timeout(90)
class SippOwnScenariosIT {

    private static final int CALLS = 30;
    private static final int MESSAGES_IN_DIALOG = 3;

    @TempDir
    Path directory;

    @BeforeAll
    static void needsSipp() {
        Sipp.isInstalled();
    }

    @ParameterizedTest(name = "{0} to {1}, {2} to {3}, {4}")
    @CsvSource({
        "uac, uas, u1, UDP, pass",
        "uac, uas, un, UDP, pass",
        "uac, uas, t1, TCP, pass",
        "uac, uas, tn, UDP, pass",
        "uac, uas, u1, TCP, pass",
        "uac, uas, u1, UDP, label",
        "uac, uas, t1, UDP, withhold",
        "uac, uas, u1, UDP, divert",
        "uac, uas, tn, TCP, divert",
        "regexp, uas, u1, UDP, pass",
        "caller-left, callee-leaves, u1, UDP, pass",
        "caller-left, callee-leaves, tn, TCP, label",
        "caller-left, callee-leaves, t1, UDP, divert",
    })
    void everyCallSucceeds(String caller, String callee, String transport, Transport coreTransport, String verdict)
            throws Exception {
        InetAddress host = InetAddress.getLoopbackAddress();
        int port = Sipp.freePort();
        Sipp sipp = new Sipp(directory);
        try (PathFixture net = new PathFixture().withOtherPrograms()) {
            net.transports = List.of(Transport.UDP, Transport.TCP);
            net.judge = facts -> PathFixture.decision(verdict(verdict));
            Hop hop = new Hop(new InetSocketAddress(host, port), coreTransport);
            net.coreHops = List.of(hop);
            net.deskHop = verdict.equals("divert") ? hop : null;
            Process answering = sipp.start(
                    callee, arguments(callee, "-p", "" + port, "-t", coreTransport == Transport.UDP ? "u1" : "t1"));
            try {
                Sipp.awaitPort(port, answering);
                net.start();
                Transport side = transport.startsWith("t") ? Transport.TCP : Transport.UDP;
                Process calling = sipp.start(
                        caller,
                        arguments(
                                caller,
                                "-t",
                                transport,
                                "-max_socket",
                                "100",
                                "-r",
                                "50",
                                "-m",
                                "" + CALLS,
                                SipPeer.text(net.gateway(side))));
                assertTrue(calling.waitFor(60, TimeUnit.SECONDS), "sipp does not end");
                assertEquals(0, calling.exitValue(), () -> sipp.said(caller) + sipp.said(callee));
            } finally {
                answering.destroyForcibly().waitFor();
            }
            assertEquals(CALLS, net.judged.size());
            assertEquals(0, net.path.answeredCalls());
            assertEquals(0, net.path.counters().path().failures.sum());
            long inDialogs = net.path.counters().path().stateless.sum();
            assertTrue(inDialogs >= CALLS * MESSAGES_IN_DIALOG, () -> inDialogs + " of ACK, BYE and its answer");
        }
    }

    private static Verdict verdict(String name) {
        return switch (name) {
            case "label" -> new Verdict.Label("Spam?");
            case "withhold" -> new Verdict.Withhold("");
            case "divert" -> PathFixture.divert(LadderStep.REJECT);
            default -> new Verdict.Pass();
        };
    }

    private static List<String> arguments(String scenario, String... more) {
        boolean own = scenario.equals("uac") || scenario.equals("uas") || scenario.equals("regexp");
        List<String> all = new ArrayList<>(List.of(
                own ? "-sn" : "-sf",
                own ? scenario : Sipp.SCENARIOS.resolve(scenario + ".xml").toString(),
                "-i",
                "127.0.0.1"));
        all.addAll(List.of(more));
        return all;
    }
}
