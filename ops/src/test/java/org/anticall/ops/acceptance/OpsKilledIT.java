package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 1 for the centre: when ops dies, calls ring; what it missed arrives when it is back. */
class OpsKilledIT {

    private static final int CALLS = 200;

    @Test
    void everyCallCompletesAndTheRecordsArriveWhenOpsIsBack(@TempDir Path directory) throws Exception {
        Installation installation = Installation.in(directory);
        String metrics = "http://127.0.0.1:" + installation.admin + "/metrics";
        Launched ops = installation.startOps();
        try (Launched gateway = installation.startGateway();
                Sipp callee = Sipp.callee(directory, installation.core, CALLS, Map.of("from", ".", "identity", "."));
                Sipp carrier = Sipp.carrier(
                        directory, "carrier.xml", Ports.free(), installation.gatewayAddress(), 20, mixedCalls())) {
            Await.until(
                    "calls under way",
                    Duration.ofSeconds(30),
                    () -> Http.metric(metrics, "anticall_verdicts_total") > 50);
            ops.kill();
            carrier.mustSucceed();
            callee.mustSucceed();
            double waiting = Http.metric(metrics, "anticall_journal_backlog_bytes");
            assertTrue(waiting > 0, "records wait for ops, but the backlog has bytes:  " + waiting);

            try (Launched again = installation.startOps()) {
                Await.until(
                        "all records shipped",
                        Duration.ofSeconds(60),
                        () -> Http.metric(metrics, "anticall_journal_backlog_bytes") == 0);
            }
        }
    }

    /** Every fifth call is diverted; nobody is at the desk, so each of them ends at the callee. */
    private static List<String> mixedCalls() {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add((i % 5 == 0 ? "+442079460018" : "+7495" + (1_234_000 + i)) + ";+77172555555");
        }
        return calls;
    }
}
