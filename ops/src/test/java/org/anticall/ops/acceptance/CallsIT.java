package org.anticall.ops.acceptance;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp as foreign carrier and as callee, baresip as the operator's phone, through gateway and desk. */
class CallsIT {

    private static final String CITIZEN = "+77172555555";
    private static final int CALLS = 20;

    @TempDir
    Path directory;

    private Installation installation;
    private Launched ops;
    private Launched gateway;

    @BeforeEach
    void start() throws Exception {
        installation = Installation.in(directory);
        ops = installation.startOps();
        gateway = installation.startGateway();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        ops.close();
    }

    @Test
    void goodForeignCallsReachTheCalleeUnchanged() throws Exception {
        try (Sipp callee = callee("\"Caller\" <sip:.74951234", "74951234");
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
        gateway.close();
        installation.writeGateway("http://127.0.0.1:" + installation.http + "/records", false);
        gateway = installation.startGateway();

        try (Sipp callee = callee("[Aa]nonymous.*anonymous.invalid", "77015550");
                Sipp carrier = carrier("carrier.xml", 77015550002L, CALLS)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    @Test
    void aDivertedCallThatNobodyAnswersReachesTheCalleeWithALabel() throws Exception {
        try (Sipp callee = Sipp.callee(
                        directory,
                        installation.core,
                        1,
                        Map.of("from", "\"[^\"]+Caller\" <sip:.442079460018", "identity", "442079460018"));
                Sipp carrier = carrier("carrier.xml", 442079460018L, 1)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    private Sipp carrier(String scenario, long firstCaller, int calls) throws Exception {
        return Sipp.carrier(
                directory,
                scenario,
                Ports.free(),
                installation.gatewayAddress(),
                10,
                Installation.calls(firstCaller, CITIZEN, calls));
    }

    private Sipp callee(String from, String identity) throws Exception {
        return Sipp.callee(directory, installation.core, CALLS, Map.of("from", from, "identity", identity));
    }
}
