package org.anticall.ops.acceptance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.anticall.ops.sip.Baresip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp as foreign carrier and as callee, baresip as the operator's phone, through gateway and desk. */
class CallsIT {

    private static final String CITIZEN = "+77172555555";
    private static final int CALLS = 20;
    private static final String LABELLED = "Мошенник.*Caller. .sip:.442079460018";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

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
        if (gateway != null) {
            gateway.close();
        }
        if (ops != null) {
            ops.close();
        }
    }

    @Test
    void goodForeignCallsReachTheCalleeUnchanged() throws Exception {
        try (Sipp callee = callee("^.?.Caller. .sip:.74951234", "74951234");
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
                        directory, installation.core, 1, Map.of("from", LABELLED, "identity", "442079460018"));
                Sipp carrier = carrier("carrier.xml", 442079460018L, 1)) {
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    @Test
    void aSuspectCallIsAnsweredOnTheOperatorsPhone() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.AUTO);
                Sipp carrier = carrier("carrier.xml", 442079460018L, 1)) {
            carrier.mustSucceed();
            phone.awaitOutput("Call established", PATIENCE);
            phone.awaitOutput("session closed", PATIENCE);
        }
    }

    @Test
    void theOperatorsPhoneStopsRingingWhenTheCallerHangsUp() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.MANUAL);
                Sipp carrier = carrier("carrier-cancels.xml", 442079460018L, 1)) {
            phone.awaitOutput("Incoming call", PATIENCE);
            carrier.mustSucceed();
            phone.awaitOutput("session closed", PATIENCE);
        }
    }

    @Test
    void aCallThatTheOnlyOperatorRefusesReachesTheCalleeWithALabel() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.MANUAL);
                Sipp callee = Sipp.callee(
                        directory, installation.core, 1, Map.of("from", LABELLED, "identity", "442079460018"));
                Sipp carrier = carrier("carrier.xml", 442079460018L, 1)) {
            phone.awaitOutput("Incoming call", PATIENCE);
            phone.hangUp();
            carrier.mustSucceed();
            callee.mustSucceed();
        }
    }

    private Baresip phone(Baresip.Answering answering) throws Exception {
        Baresip phone = Baresip.start(
                Files.createTempDirectory(directory, "phone"),
                Installation.PHONE,
                Installation.PHONE_PASSWORD,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), installation.desk),
                answering);
        phone.awaitOutput("200 OK", PATIENCE);
        return phone;
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
