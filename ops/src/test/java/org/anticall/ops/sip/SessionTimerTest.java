package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Session timers on both legs, over SIP; seconds here are minutes elsewhere. */
class SessionTimerTest {

    private static final String OFFER = SipPeer.session("offer");
    private static final String ANSWER = SipPeer.session("answer");
    private static final int LEAST = 4;

    private DeskServer desk;
    private SipPeer gateway;
    private SipPeer phone;
    private Dialog caller;
    private Dialog operator;

    @BeforeEach
    void start() throws Exception {
        desk = DeskServer.start(
                TrialDesk.settings(Duration.ofSeconds(30), Duration.ofSeconds(30)),
                InstantSource.system(),
                new CallTerms(Duration.ofSeconds(31), Duration.ofSeconds(LEAST), Duration.ofSeconds(3_600)),
                Duration.ofMillis(500));
        gateway = new SipPeer("127.0.0.1", desk.port());
        phone = new SipPeer("127.0.0.1", desk.port());
        assertEquals(200, phone.register("101", TrialDesk.PASSWORD, 60));
    }

    @AfterEach
    void stop() {
        phone.close();
        gateway.close();
        desk.close();
    }

    // ---- towards the gateway

    @Test
    void withoutAWordOfItNothingIsAgreedWithTheCaller() throws Exception {
        Response ok = answered("", "");

        assertNull(ok.getHeader("Session-Expires"));
        assertNull(ok.getHeader("Require"));
    }

    @Test
    void whoAsksAndCanRefreshes() throws Exception {
        Response ok = answered("3600", "timer");

        assertEquals("3600;refresher=uac", value(ok, "Session-Expires"));
        assertEquals("timer", value(ok, "Require"));
    }

    @Test
    void whoAsksAndCannotIsRefreshedByTheDesk() throws Exception {
        assertEquals("3600;refresher=uas", value(answered("3600", ""), "Session-Expires"));
    }

    @Test
    void anIntervalThatIsTooShortIsRefused() throws Exception {
        Request invite = gateway.diverted("rec-short", OFFER);
        put(invite, "Session-Expires", Integer.toString(LEAST - 1));
        gateway.send(invite);

        ResponseEvent refused = gateway.expectResponse(422, Request.INVITE);

        assertEquals(Integer.toString(LEAST), value(refused.getResponse(), "Min-SE"));
        assertEquals(
                LEAST + ";refresher=uas",
                value(answered(Integer.toString(LEAST), ""), "Session-Expires"),
                "the shortest one is agreed to");
    }

    @Test
    void theDeskRefreshesByUpdateWhatThePartyTakes() throws Exception {
        Request invite = gateway.diverted("rec-1", OFFER);
        put(invite, "Session-Expires", LEAST + ";refresher=uas");
        put(invite, "Supported", "timer");
        put(invite, "Allow", "INVITE");
        put(invite, "Allow", "UPDATE");
        answered(invite, "");

        for (int round = 0; round < 2; round++) {
            RequestEvent update = gateway.expectRequest(Request.UPDATE);
            assertEquals(LEAST + ";refresher=uac", value(update.getRequest(), "Session-Expires"));
            assertEquals("", SipPeer.bodyOf(update.getRequest()));
            accept(gateway, update.getServerTransaction(), LEAST + ";refresher=uac", "");
        }
    }

    @Test
    void theDeskRefreshesByInviteWithTheSameSessionWhoTakesNoUpdate() throws Exception {
        String first = SipPeer.bodyOf(answered(Integer.toString(LEAST), ""));

        RequestEvent again = gateway.expectRequest(Request.INVITE);

        assertEquals(first, SipPeer.bodyOf(again.getRequest()), "nothing has changed, the version neither");
        accept(gateway, again.getServerTransaction(), LEAST + ";refresher=uac", OFFER);
        gateway.expectRequest(Request.ACK);
        gateway.expectRequest(Request.INVITE);
    }

    @Test
    void aCallThatTheCallerDoesNotRefreshEndsOnBothSides() throws Exception {
        answered(LEAST + ";refresher=uac", "timer");

        gateway.expectRequest(Request.BYE);
        phone.expectRequest(Request.BYE);
    }

    @Test
    void aCallThatTheCallerRefreshesGoesOn() throws Exception {
        String sixSeconds = "6;refresher=uac"; // after four without a refresh the call would end
        answered(sixSeconds, "timer");
        for (int second = 0; second < 5; second++) {
            TimeUnit.SECONDS.sleep(1); // the interval itself is what is tested
            assertEquals(sixSeconds, value(refresh(sixSeconds).getResponse(), "Session-Expires"));
        }

        phone.within(operator, Request.BYE, "");
        gateway.expectRequest(Request.BYE);
    }

    @Test
    void aRefreshThatIsTooShortIsRefusedToo() throws Exception {
        answered("3600;refresher=uac", "timer");
        Request update = caller.createRequest(Request.UPDATE);
        put(update, "Session-Expires", Integer.toString(LEAST - 1));
        caller.sendRequest(gateway.endpoint().provider().getNewClientTransaction(update));

        assertEquals(
                Integer.toString(LEAST),
                value(gateway.expectResponse(422, Request.UPDATE).getResponse(), "Min-SE"));
    }

    // ---- towards the phone

    @Test
    void aPhoneIsAskedAndMayHaveItsOwnWay() throws Exception {
        gateway.invite("rec-1", OFFER);
        RequestEvent first = phone.expectRequest(Request.INVITE);
        assertEquals("3600", value(first.getRequest(), "Session-Expires"));
        assertEquals(Integer.toString(LEAST), value(first.getRequest(), "Min-SE"));
        Response tooSmall = phone.endpoint().response(422, first.getRequest());
        ((ToHeader) tooSmall.getHeader(ToHeader.NAME)).setTag("first");
        tooSmall.addHeader(phone.endpoint().headers().createHeader("Min-SE", "7200"));
        first.getServerTransaction().sendResponse(tooSmall);

        RequestEvent second = phone.nextRequest();
        while (!second.getRequest().getMethod().equals(Request.INVITE)) {
            second = phone.nextRequest(); // the ACK of the refusal is the stack's own
        }

        assertEquals("7200", value(second.getRequest(), "Session-Expires"));
        accept(phone, second.getServerTransaction(), "7200;refresher=uas", ANSWER);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");
    }

    @Test
    void thePhoneIsRefreshedByTheDesk() throws Exception {
        gateway.invite("rec-1", OFFER);
        accept(phone, phone.expectRequest(Request.INVITE).getServerTransaction(), LEAST + ";refresher=uac", ANSWER);
        phone.expectRequest(Request.ACK);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");

        RequestEvent again = phone.expectRequest(Request.INVITE);

        assertTrue(SipPeer.bodyOf(again.getRequest()).endsWith("a=fmtp:8 offer\r\n"));
        assertEquals(LEAST + ";refresher=uac", value(again.getRequest(), "Session-Expires"));
    }

    @Test
    void aPhoneThatStopsToRefreshIsLost() throws Exception {
        gateway.invite("rec-1", OFFER);
        accept(phone, phone.expectRequest(Request.INVITE).getServerTransaction(), LEAST + ";refresher=uas", ANSWER);
        phone.expectRequest(Request.ACK);
        gateway.acknowledge(gateway.expectResponse(200, Request.INVITE), "");

        phone.expectRequest(Request.BYE);
        gateway.expectRequest(Request.BYE);
    }

    // ---- bench

    private ResponseEvent refresh(String expires) throws Exception {
        Request update = caller.createRequest(Request.UPDATE);
        put(update, "Session-Expires", expires);
        put(update, "Supported", "timer");
        caller.sendRequest(gateway.endpoint().provider().getNewClientTransaction(update));
        return gateway.expectResponse(200, Request.UPDATE);
    }

    private Response answered(String expires, String supported) throws Exception {
        Request invite = gateway.diverted("rec-" + SipEndpoint.unique(), OFFER);
        put(invite, "Session-Expires", expires);
        put(invite, "Supported", supported);
        return answered(invite, "");
    }

    /** The desk's 200 for {@code invite} when the phone has answered. */
    private Response answered(Request invite, String expires) throws Exception {
        gateway.send(invite);
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        accept(phone, ring.getServerTransaction(), expires, ANSWER);
        phone.expectRequest(Request.ACK);
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        operator = ring.getServerTransaction().getDialog();
        caller = gateway.acknowledge(ok, "");
        assertEquals(Request.INVITE, ((CSeqHeader) ok.getResponse().getHeader(CSeqHeader.NAME)).getMethod());
        return ok.getResponse();
    }

    private static void accept(SipPeer peer, ServerTransaction asked, String expires, String body) throws Exception {
        Response ok = peer.endpoint().response(200, asked.getRequest());
        ToHeader to = (ToHeader) ok.getHeader(ToHeader.NAME);
        if (to.getTag() == null) {
            to.setTag("peer");
        }
        ok.addHeader(peer.contact());
        if (!expires.isEmpty()) {
            ok.addHeader(peer.endpoint().headers().createHeader("Session-Expires", expires));
        }
        peer.put("sdp", body, ok);
        asked.sendResponse(ok);
    }

    private void put(Request request, String name, String value) throws Exception {
        if (!value.isEmpty()) {
            request.addHeader(gateway.endpoint().headers().createHeader(name, value));
        }
    }

    private static String value(Message message, String name) {
        var header = message.getHeader(name);
        return header == null
                ? ""
                : header.toString().replaceFirst("[^:]+:\\s*", "").strip();
    }
}
