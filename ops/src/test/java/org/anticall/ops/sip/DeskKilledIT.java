package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.anticall.ops.acceptance.Http;
import org.anticall.ops.acceptance.Launched;
import org.anticall.ops.acceptance.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The centre is killed in the middle of a call, as a power cut would, and started again. */
class DeskKilledIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void aCallOutlivesTheKilledCentreAndItsEndReachesTheOperator() throws Exception {
        int http = Ports.free();
        int port = Ports.free();
        configure(http, port);
        Launched centre = start(http);
        try (AutoCloseable first = centre::kill;
                Peers peers = new Peers(port)) {
            Dialog call = peers.talk();
            Path kept = directory.resolve("state/desk/rec-1.call");
            Await.until("the call is kept", PATIENCE, () -> Files.exists(kept));

            centre.kill();
            try (Launched again = start(http)) {
                peers.bothAreStillThere();
                peers.gateway.within(call, Request.BYE, "");
                peers.gateway.expectResponse(200, Request.BYE);
                RequestEvent bye = peers.phone.expectRequest(Request.BYE);
                peers.phone.answer(bye.getServerTransaction(), 200, "");
                Await.until("nothing is kept of it", PATIENCE, () -> !Files.exists(kept));
            }
        }
    }

    private Launched start(int http) throws Exception {
        Path log = Files.createTempFile(directory, "ops", ".log");
        Launched ops = Launched.anticall(
                log, "ops", "--config", directory.resolve("ops.yaml").toString());
        Await.until("the centre answers", PATIENCE, () -> {
            if (!ops.process().isAlive()) {
                throw new AssertionError("ops ended:\n" + ops.output());
            }
            return Http.status("http://127.0.0.1:" + http + "/healthz") == 200;
        });
        return ops;
    }

    private void configure(int http, int port) throws Exception {
        Files.writeString(directory.resolve("token"), "records-token\n");
        Files.writeString(
                directory.resolve("ops.yaml"),
                """
                http: 127.0.0.1:%d
                state: state
                records: {token-file: token}
                desk:
                  listen: sip:127.0.0.1:%d;transport=udp
                  gateways: [127.0.0.0/8]
                  phones:
                    - {user: "101", password: "secret-101"}
                """
                        .formatted(http, port));
    }

    /** A gateway and a phone. */
    private static final class Peers implements AutoCloseable {

        final SipPeer gateway;
        final SipPeer phone;

        Peers(int desk) throws Exception {
            gateway = new SipPeer("127.0.0.1", desk);
            phone = new SipPeer("127.0.0.1", desk);
        }

        Dialog talk() throws Exception {
            assertEquals(200, phone.register("101", "secret-101", 600));
            gateway.invite("rec-1", SipPeer.session("offer"));
            RequestEvent ring = phone.expectRequest(Request.INVITE);
            phone.answer(ring.getServerTransaction(), 200, SipPeer.session("answer"));
            phone.expectRequest(Request.ACK);
            ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
            return gateway.acknowledge(ok, "");
        }

        void bothAreStillThere() throws Exception {
            gateway.answer(gateway.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
            phone.answer(phone.expectRequest(Request.OPTIONS).getServerTransaction(), 200, "");
        }

        @Override
        public void close() {
            gateway.close();
            phone.close();
        }
    }
}
