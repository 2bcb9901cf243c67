package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the desk does with messages that a well-behaved stack does not send, and where it sends its own. */
class DeskWireTest {

    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer registering;
    private RawPeer raw;

    @BeforeEach
    void openDesk() throws Exception {
        desk = DeskServer.start(TrialDesk.settings(Duration.ofSeconds(10), Duration.ofSeconds(5)), Sounds.direct());
        gateway = new SipPeer("127.0.0.1", desk.port());
        registering = new SipPeer("127.0.0.1", desk.port());
        raw = new RawPeer();
    }

    @AfterEach
    void closeDesk() {
        raw.close();
        registering.close();
        gateway.close();
        desk.close();
    }

    @Test
    void everyForkThatAnswersIsAcknowledgedAndAllButTheFirstAreEnded() throws Exception {
        registering.registersFor(raw.port());
        assertEquals(200, registering.register("101", TrialDesk.PASSWORD, 60));
        gateway.invite("rec-1", SipPeer.session("offer"));
        String invite = raw.expect("INVITE ");

        raw.answer(invite, "200 OK", "first");
        assertTrue(RawPeer.header(raw.expect("ACK "), "To").endsWith("tag=first"));

        // The stack swallows the answers of other forks until it has forgotten the transaction; they are repeated.
        raw.answerUntil("ACK ", invite, "200 OK", "second");

        String bye = raw.expect("BYE ");
        assertTrue(RawPeer.header(bye, "To").endsWith("tag=second"));
        raw.answer(bye, "200 OK", "");
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        assertEquals(1, desk.calls().size(), "the call with the first fork goes on");
    }

    @Test
    void aRepeatedAnswerIsAcknowledgedAgain() throws Exception {
        registering.registersFor(raw.port());
        assertEquals(200, registering.register("101", TrialDesk.PASSWORD, 60));
        gateway.invite("rec-1", SipPeer.session("offer"));
        String invite = raw.expect("INVITE ");
        raw.answer(invite, "200 OK", "only");
        String ack = raw.expect("ACK ");

        raw.answer(invite, "200 OK", "only");

        assertEquals(RawPeer.header(ack, "CSeq"), RawPeer.header(raw.expect("ACK "), "CSeq"));
    }

    @Test
    void requestsInTheDialogGoByTheGatewaysRecordRoute() throws Exception {
        assertEquals(200, registering.register("101", TrialDesk.PASSWORD, 60));
        Request invite = gateway.diverted("rec-1", SipPeer.session("offer"));
        String route = "<sip:127.0.0.1:" + raw.port() + ";lr>";
        invite.addHeader(gateway.endpoint().headers().createHeader("Record-Route", route));
        gateway.send(invite);
        RequestEvent ring = registering.expectRequest(Request.INVITE);
        registering.answer(ring.getServerTransaction(), 200, "v=0 answer");
        registering.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        assertTrue(ok.getResponse().toString().contains("Record-Route: " + route));
        gateway.acknowledgeDirectly(ok);

        registering.within(ring.getServerTransaction().getDialog(), Request.BYE, "");

        String bye = raw.expect(
                "BYE sip:+447700900123@127.0.0.1:" + gateway.endpoint().port());
        assertEquals(route, RawPeer.header(bye, "Route"));
        raw.answer(bye, "200 OK", "");
    }
}
