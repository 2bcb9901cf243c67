package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 2: no record, no interception, not even when the gateway dies in the middle of it. */
class GatewayKilledIT {

    private static final int CALLS_BEFORE_THE_KILL = 300;

    private final Set<String> recordIdsSeenByTheDesk = ConcurrentHashMap.newKeySet();
    private final Set<String> callIdsDeclined = ConcurrentHashMap.newKeySet();

    @Test
    void everyInterceptedCallOfWhichAMessageLeftHasItsRecord(@TempDir Path directory) throws Exception {
        Installation installation = Installation.in(directory);
        try (SipSocket desk = new SipSocket(installation.desk, this::deskHears);
                SipSocket carrier = new SipSocket(Ports.free(), this::carrierHears)) {
            Launched gateway = installation.startGateway();
            int sent = 0;
            while (recordIdsSeenByTheDesk.size() + callIdsDeclined.size() < CALLS_BEFORE_THE_KILL) {
                carrier.send(invite(sent, sent % 2 == 0 ? "+442079460018" : "+77172700000"), installation.sip);
                sent++;
                Thread.onSpinWait();
                if (sent % 20 == 0) {
                    int expected = sent / 2;
                    Await.until("gateway keeps up", Duration.ofSeconds(10), () -> heard() >= expected);
                }
            }
            gateway.kill();
        }
        assertFalse(recordIdsSeenByTheDesk.isEmpty());
        assertFalse(callIdsDeclined.isEmpty());

        try (RecordSink sink = new RecordSink(installation.http);
                Launched restarted = installation.startGateway()) {
            Await.until("records of all intercepted calls arrive", Duration.ofSeconds(30), () -> {
                Set<String> callIds = sink.recordsById().values().stream()
                        .map(record -> record.get("callId").asText())
                        .collect(Collectors.toSet());
                return sink.recordsById().keySet().containsAll(recordIdsSeenByTheDesk)
                        && callIds.containsAll(callIdsDeclined);
            });
        }
    }

    private int heard() {
        return recordIdsSeenByTheDesk.size() + callIdsDeclined.size();
    }

    private void deskHears(String message) {
        String recordId = SipSocket.header(message, "X-Anticall-Verdict");
        if (message.startsWith("INVITE ") && !recordId.isEmpty()) {
            recordIdsSeenByTheDesk.add(recordId);
        }
    }

    private void carrierHears(String message) {
        if (message.startsWith("SIP/2.0 603")) {
            callIdsDeclined.add(SipSocket.header(message, "Call-ID"));
        }
    }

    private static String invite(int number, String caller) {
        return """
                INVITE sip:+77172555555@127.0.0.1;user=phone SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK-kill-%1$d;rport
                From: <sip:%2$s@carrier.example>;tag=k%1$d
                To: <sip:+77172555555@127.0.0.1>
                Call-ID: kill-%1$d@carrier.example
                CSeq: 1 INVITE
                Contact: <sip:%2$s@127.0.0.1>
                P-Asserted-Identity: <sip:%2$s@carrier.example>
                Max-Forwards: 70
                Content-Length: 0

                """
                .formatted(number, caller)
                .replace("\n", "\r\n");
    }
}
