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
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request within an answered call (re-INVITE, UPDATE, INFO) on its way from one leg to the other, with what it is about
 * (its body, as the {@link Sound} has it) and without what belongs to the hop. Both legs are busy with it until the final
 * answer is back, for a re-INVITE with a late offer until the ACK. Owned by the desk's thread.
 */
final class PassedRequest {

    private static final Logger LOG = LoggerFactory.getLogger(PassedRequest.class);

    private final SipEndpoint endpoint;
    private final Leg from;
    private final Leg to;
    private final Sound sound;
    private final ServerTransaction asked;
    private final boolean invite;
    private final boolean lateOffer;
    private @Nullable ClientTransaction passed;
    private boolean awaitsAck;
    private boolean answered;

    private PassedRequest(SipEndpoint endpoint, Leg from, Leg to, Sound sound, ServerTransaction asked) {
        this.endpoint = endpoint;
        this.from = from;
        this.to = to;
        this.sound = sound;
        this.asked = asked;
        this.invite = asked.getRequest().getMethod().equals(Request.INVITE);
        this.lateOffer = invite && Body.of(asked.getRequest()) == null;
    }

    /** Sends what {@code asked} asks on to {@code to}. */
    static void pass(SipEndpoint endpoint, Leg from, Leg to, Sound sound, ServerTransaction asked) {
        PassedRequest underWay = new PassedRequest(endpoint, from, to, sound, asked);
        asked.setApplicationData(underWay);
        from.underWay(underWay);
        to.underWay(underWay);
        if (from.party == Party.CALLER && !underWay.lateOffer) {
            from.call.callerMoved(Body.of(asked.getRequest()));
        }
        sound.offered(from.party, Body.of(asked.getRequest()), underWay::send, underWay::soundless);
    }

    private void send(@Nullable Body body) {
        if (answered) {
            return;
        }
        Dialog dialog = Objects.requireNonNull(to.dialog(), "the other leg was confirmed");
        try {
            Request request = dialog.createRequest(asked.getRequest().getMethod());
            to.put(body, request);
            if (isRefresh()) {
                to.timer().ask(request);
            }
            ClientTransaction transaction = endpoint.provider().getNewClientTransaction(request);
            transaction.setApplicationData(this);
            passed = transaction;
            dialog.sendRequest(transaction);
        } catch (SipException | ParseException e) {
            LOG.atWarn()
                    .addKeyValue("call", to.call.recordId())
                    .setCause(e)
                    .log("a request within a call is not passed");
            refuse(Response.SERVER_INTERNAL_ERROR);
        }
    }

    /** An answer of the other party. */
    void answered(Response response) {
        int status = response.getStatusCode();
        if (status < 200 || answered) {
            return;
        }
        answered = true;
        Body body = status < 300 ? Body.of(response) : null;
        if (status < 300 && isRefresh()) {
            to.timer().agreed(response);
        }
        if (invite && lateOffer) {
            sound.offered(to.party, body, description -> back(status, description), this::soundless);
        } else if (invite || asked.getRequest().getMethod().equals(Request.UPDATE)) {
            sound.answered(to.party, body, description -> back(status, description), this::soundless);
        } else {
            back(status, body);
        }
        if (status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST || status == Response.REQUEST_TIMEOUT) {
            to.lost(); // RFC 3261 §12.2.1.2
        }
    }

    /** Whether it begins session intervals anew (RFC 4028 §2). */
    private boolean isRefresh() {
        return !asked.getRequest().getMethod().equals(Request.INFO);
    }

    private void back(int status, @Nullable Body body) {
        boolean accepted = status < 300;
        try {
            Response back = endpoint.response(status, asked.getRequest());
            if (accepted) {
                back.addHeader(endpoint.contact(""));
                from.put(body, back);
                if (isRefresh()) {
                    from.timer().accept(asked.getRequest(), back);
                }
            }
            asked.sendResponse(back);
        } catch (SipException | InvalidArgumentException | ParseException e) {
            LOG.atWarn()
                    .addKeyValue("call", from.call.recordId())
                    .setCause(e)
                    .log("an answer within a call is not passed");
        }
        if (invite && accepted && lateOffer) {
            awaitsAck = true;
        } else {
            if (invite && accepted) {
                acknowledge(null);
            }
            finish();
        }
    }

    /** The other party does not answer. */
    void timedOut() {
        if (!answered) {
            refuse(Response.REQUEST_TIMEOUT);
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
            sound.answered(from.party, body, this::acknowledge, to::lost);
            finish();
        }
    }

    /** The party that asked cancelled its re-INVITE. */
    void cancelled() throws SipException {
        if (passed != null && !answered) {
            endpoint.provider().getNewClientTransaction(passed.createCancel()).sendRequest();
        } else if (!answered) {
            refuse(Response.REQUEST_TERMINATED);
        }
    }

    /** The relay does not carry what was asked for: the sound stays as it is. */
    private void soundless() {
        if (answered && invite) {
            acknowledge(null);
        }
        refuse(Response.NOT_ACCEPTABLE_HERE);
    }

    private void refuse(int status) {
        answered = true;
        finish();
        try {
            endpoint.respond(asked, status);
        } catch (SipException e) {
            LOG.atDebug().addKeyValue("status", status).setCause(e).log("not sent");
        }
    }

    private void acknowledge(@Nullable Body body) {
        Dialog dialog = Objects.requireNonNull(to.dialog(), "the other leg has a dialog");
        Request request =
                Objects.requireNonNull(passed, "what is answered was sent").getRequest();
        try {
            Request ack = dialog.createAck(((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber());
            to.put(body, ack);
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
