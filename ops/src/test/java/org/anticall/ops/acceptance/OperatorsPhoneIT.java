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

/** SIPp as foreign carrier, baresip as the operator's phone, through gateway and desk. */
class OperatorsPhoneIT {

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
    void aSuspectCallIsAnsweredOnTheOperatorsPhone() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.AUTO);
                Sipp carrier = carrier("carrier.xml")) {
            carrier.mustSucceed();
            phone.awaitOutput("Call established", PATIENCE);
            phone.awaitOutput("session closed", PATIENCE);
        }
    }

    @Test
    void theOperatorsPhoneStopsRingingWhenTheCallerHangsUp() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.MANUAL);
                Sipp carrier = carrier("carrier-cancels.xml")) {
            phone.awaitOutput("Incoming call", PATIENCE);
            carrier.mustSucceed();
            phone.awaitOutput("session closed", PATIENCE);
        }
    }

    @Test
    void aCallThatTheOnlyOperatorRefusesReachesTheCalleeWithALabel() throws Exception {
        try (Baresip phone = phone(Baresip.Answering.MANUAL);
                Sipp callee = Sipp.callee(
                        directory, installation.core, 1, Map.of("from", CallsIT.LABELLED, "identity", "442079460018"));
                Sipp carrier = carrier("carrier.xml")) {
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

    /** One suspect call. */
    private Sipp carrier(String scenario) throws Exception {
        return Sipp.carrier(
                directory,
                scenario,
                Ports.free(),
                installation.gatewayAddress(),
                10,
                Installation.calls(442079460018L, "+77172555555", 1));
    }
}
