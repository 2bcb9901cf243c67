package org.anticall.ops.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp as foreign carrier and as callee, through one gateway and desk; nobody is at the desk. */
class CallsIT {

    private static final String CITIZEN = "+77172555555";
    private static final int CALLS = 20;

    /** From of a suspect call that goes on to the callee. */
    static final String LABELLED = "Мошенник.*Caller. .sip:.442079460018";

    @TempDir
    static Path directory;

    private static Installation installation;
    private static Launched ops;
    private static Launched gateway;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.in(directory);
        ops = installation.startOps();
        gateway = installation.startGateway();
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        if (ops != null) {
            ops.close();
        }
    }

    @Test
    void goodForeignCallsReachTheCalleeUnchanged() throws Exception {
        try (Sipp callee = callee(installation, "^.?.Caller. .sip:.74951234", "74951234");
                Sipp carrier = carrier("carrier.xml", 74951234000L, CALLS)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    @Test
    void aSubscriberWhoRoamsCallsHome() throws Exception {
        try (Sipp callee = Sipp.callee(
                        directory, installation.core, 1, Map.of("from", "77015550001", "identity", "77015550001"));
                Sipp carrier = carrier("carrier.xml", 77015550001L, 1)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    @Test
    void spoofedLandlinesAreDeclined() throws Exception {
        try (Sipp carrier = carrier("carrier-declined.xml", 77172700000L, CALLS)) {
            carrier.mustSucceed();
        }
    }

    @Test
    void mobilesAtHomeCallingFromAbroadAreDeclined() throws Exception {
        try (Sipp carrier = carrier("carrier-declined.xml", 77015550002L, CALLS)) {
            carrier.mustSucceed();
        }
    }

    @Test
    void whereNobodyKnowsWhoRoamsTheNumberIsWithheldAndTheCallRings() throws Exception {
        Installation alone = Installation.in(Files.createDirectory(directory.resolve("alone")));
        alone.writeGateway("http://127.0.0.1:" + alone.http + "/records", false);
        try (Launched other = alone.startGateway();
                Sipp callee = callee(alone, "[Aa]nonymous.*anonymous.invalid", "77015550");
                Sipp carrier = carrier(alone, "carrier.xml", 77015550002L, CALLS)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    @Test
    void aDivertedCallThatNobodyAnswersReachesTheCalleeWithALabel() throws Exception {
        try (Sipp callee = Sipp.callee(
                        directory, installation.core, 1, Map.of("from", LABELLED, "identity", "442079460018"));
                Sipp carrier = carrier("carrier.xml", 442079460018L, 1)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    private static Sipp carrier(String scenario, long firstCaller, int calls) throws Exception {
        return carrier(installation, scenario, firstCaller, calls);
    }

    private static Sipp carrier(Installation to, String scenario, long firstCaller, int calls) throws Exception {
        return Sipp.carrier(
                directory,
                scenario,
                Ports.free(),
                to.gatewayAddress(),
                10,
                Installation.calls(firstCaller, CITIZEN, calls));
    }

    private static Sipp callee(Installation of, String from, String identity) throws Exception {
        return Sipp.callee(directory, of.core, CALLS, Map.of("from", from, "identity", identity));
    }
}
