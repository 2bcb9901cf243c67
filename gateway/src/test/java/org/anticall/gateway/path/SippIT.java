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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers and callees that SIPp plays, with the gateway between them; the scenarios are under {@code resources/sipp}. */
@Timeout(90)
class SippIT {

    private static final int CALLS = 30;
    private static final int RATE = 100;

    @TempDir
    Path directory;

    @BeforeAll
    static void needsSipp() {
        Sipp.isInstalled();
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
        int port = Sipp.freePort();
        Sipp sipp = new Sipp(directory);
        try (PathFixture net = new PathFixture().withOtherPrograms()) {
            net.judge = facts -> PathFixture.decision(
                    switch (verdict) {
                        case "reject" -> new Verdict.Reject(603);
                        case "label" -> new Verdict.Label("Spam?");
                        default -> new Verdict.Pass();
                    });
            net.coreHops =
                    List.of(new Hop(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Transport.UDP));
            Process answering = callee == null ? null : sipp.start(callee, arguments(callee, "-p", "" + port));
            try {
                if (answering != null) {
                    Sipp.awaitPort(port, answering);
                }
                net.start();
                Process calling = sipp.start(
                        caller, arguments(caller, "-m", "" + CALLS, "-r", "" + RATE, SipPeer.text(net.gateway())));
                assertTrue(calling.waitFor(60, TimeUnit.SECONDS), "sipp does not end");
                assertEquals(0, calling.exitValue(), () -> sipp.said(caller) + sipp.said(String.valueOf(callee)));
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

    private static List<String> arguments(String scenario, String... more) {
        List<String> all = new ArrayList<>(
                List.of("-sf", Sipp.SCENARIOS.resolve(scenario + ".xml").toString(), "-i", "127.0.0.1"));
        all.addAll(List.of(more));
        return all;
    }
}
