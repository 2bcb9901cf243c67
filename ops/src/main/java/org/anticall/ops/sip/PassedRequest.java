package org.anticall.ops.sip;

import java.text.ParseException;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * A request within an answered call (re-INVITE, UPDATE, INFO) on its way from one leg to the other, with what it is about
 * (its body) and without what belongs to the hop. Both legs are busy with it until the final answer is back, for a
 * re-INVITE with a late offer until the ACK. Owned by the desk's thread.
 */
final class PassedRequest {

    private final SipEndpoint endpoint;
    private final Leg from;
    private final Leg to;
    private final ServerTransaction asked;
    private final ClientTransaction passed;
    private final boolean invite;
    private final boolean lateOffer;
    private boolean awaitsAck;
    private boolean answered;

    private PassedRequest(SipEndpoint endpoint, Leg from, Leg to, ServerTransaction asked, ClientTransaction passed) {
        this.endpoint = endpoint;
        this.from = from;
        this.to = to;
        this.asked = asked;
        this.passed = passed;
        this.invite = asked.getRequest().getMethod().equals(Request.INVITE);
        this.lateOffer = invite && Body.of(asked.getRequest()) == null;
    }

    /** Sends what {@code asked} asks on to {@code to}. */
    static void pass(SipEndpoint endpoint, Leg from, Leg to, ServerTransaction asked)
            throws SipException, ParseException {
        Dialog dialog = Objects.requireNonNull(to.dialog(), "the other leg is confirmed");
        Request request = dialog.createRequest(asked.getRequest().getMethod());
        Body.put(Body.of(asked.getRequest()), request);
        ClientTransaction transaction = endpoint.provider().getNewClientTransaction(request);
        PassedRequest underWay = new PassedRequest(endpoint, from, to, asked, transaction);
        transaction.setApplicationData(underWay);
        asked.setApplicationData(underWay);
        from.underWay(underWay);
        to.underWay(underWay);
        try {
            dialog.sendRequest(transaction);
        } catch (SipException e) {
            underWay.finish();
            throw e;
        }
    }

    /** An answer of the other party. */
    void answered(Response response) throws SipException, ParseException {
        int status = response.getStatusCode();
        if (status < 200 || answered) {
            return;
        }
        answered = true;
        Body body = Body.of(response);
        Response back = endpoint.response(status, asked.getRequest());
        if (status < 300) {
            back.addHeader(endpoint.contact(""));
            Body.put(body, back);
        }
        try {
            asked.sendResponse(back);
        } catch (InvalidArgumentException e) {
            throw new SipException("cannot pass " + status + " back", e);
        } finally {
            if (invite && status < 300 && lateOffer) {
                awaitsAck = true;
            } else {
                if (invite && status < 300) {
                    acknowledge(null);
                }
                finish();
            }
        }
        if (status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST || status == Response.REQUEST_TIMEOUT) {
            to.lost(); // RFC 3261 §12.2.1.2
        }
    }

    /** The other party does not answer. */
    void timedOut() throws SipException {
        if (!answered) {
            answered = true;
            finish();
            endpoint.respond(asked, Response.REQUEST_TIMEOUT);
            to.lost();
        }
    }

    /** Whether an ACK of {@code leg} is the one that is still missing. */
    boolean awaitsAckOf(Leg leg) {
        return awaitsAck && leg == from;
    }

    /** The ACK of the party that asked. */
    void acknowledged(@Nullable Body body) {
        if (awaitsAck) {
            awaitsAck = false;
            acknowledge(body);
            finish();
        }
    }

    /** The party that asked cancelled its re-INVITE. */
    void cancelled() throws SipException {
        if (!answered) {
            endpoint.provider().getNewClientTransaction(passed.createCancel()).sendRequest();
        }
    }

    private void acknowledge(@Nullable Body body) {
        Dialog dialog = Objects.requireNonNull(to.dialog(), "the other leg has a dialog");
        long sequence = ((CSeqHeader) passed.getRequest().getHeader(CSeqHeader.NAME)).getSeqNumber();
        try {
            Request ack = dialog.createAck(sequence);
            Body.put(body, ack);
            dialog.sendAck(ack);
        } catch (SipException | InvalidArgumentException | ParseException e) {
            to.lost();
        }
    }

    private void finish() {
        from.underWay(null);
        to.underWay(null);
    }
}
