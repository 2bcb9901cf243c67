package org.anticall.ops.sip;

import java.text.ParseException;
import java.util.Objects;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's side: the INVITE to a phone and the dialog it makes.
 *
 * <pre>
 *  CALLING ── 1xx ──► PROCEEDING ── 2xx ──► ANSWERED ── BYE ──► OVER
 *     │                   │
 *     │ silence           │ silence: CANCEL
 *     ▼                   ▼
 *  SILENCED ── 1xx ──► SILENCED ── 2xx: ACK, BYE ──► OVER
 * </pre>
 *
 * A CANCEL waits for the first provisional answer (RFC 3261 §9.1). A 2xx is acknowledged whatever has happened since; one
 * of another fork is acknowledged and ended. Owned by the desk's thread.
 */
final class OperatorLeg extends Leg {

    private enum State {
        CALLING,
        PROCEEDING,
        SILENCED,
        ANSWERED,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(OperatorLeg.class);

    private final String seat;
    private final ClientTransaction invite;
    private final boolean lateOffer;
    private State state = State.CALLING;
    private boolean provisional;
    private boolean cancelSent;
    private long unacknowledged = -1;

    OperatorLeg(
            SipEndpoint endpoint,
            DivertedCallSignals call,
            Farewells farewells,
            String seat,
            ClientTransaction invite,
            boolean lateOffer) {
        super(endpoint, call, farewells);
        this.seat = seat;
        this.invite = invite;
        this.lateOffer = lateOffer;
        invite.setApplicationData(this);
    }

    String seat() {
        return seat;
    }

    void ring() throws SipException {
        invite.sendRequest();
    }

    /** An answer to the INVITE. */
    void answered(ResponseEvent event) throws SipException, ParseException {
        Response response = event.getResponse();
        int status = response.getStatusCode();
        if (status < 200) {
            progress(status);
        } else if (status < 300) {
            accepted(event.getDialog(), response);
        } else if (state == State.CALLING || state == State.PROCEEDING) {
            state = State.OVER;
            call.operatorRefused(this, status);
        } else {
            state = State.OVER;
        }
    }

    /** No answer to the INVITE came at all. */
    void timedOut() {
        if (state == State.CALLING || state == State.PROCEEDING) {
            state = State.OVER;
            call.operatorRefused(this, Response.REQUEST_TIMEOUT);
        }
    }

    /** Ends this side, whatever it is at. */
    void silence() {
        switch (state) {
            case CALLING, PROCEEDING -> {
                state = State.SILENCED;
                cancelIfPossible();
            }
            case ANSWERED -> {
                state = State.OVER;
                Dialog dialog = Objects.requireNonNull(dialog(), "an answered leg has a dialog");
                acknowledge(null);
                bye(dialog);
            }
            case SILENCED, OVER -> {}
        }
    }

    /** Acknowledges the answer, with the caller's session description after a late offer. Once is enough. */
    void acknowledge(@Nullable Body body) {
        Dialog dialog = dialog();
        if (dialog != null && unacknowledged >= 0) {
            acknowledge(dialog, unacknowledged, body);
            unacknowledged = -1;
        }
    }

    @Override
    void goneByItself() {
        state = State.OVER;
        call.operatorGone();
    }

    @Override
    void lost() {
        call.lost();
    }

    private void progress(int status) {
        provisional = true;
        if (state == State.SILENCED) {
            cancelIfPossible();
        } else if (state == State.CALLING) {
            state = State.PROCEEDING;
        }
        if (state == State.PROCEEDING && status >= Response.RINGING) {
            call.operatorRings();
        }
    }

    private void accepted(@Nullable Dialog accepted, Response response) throws SipException, ParseException {
        if (accepted == null) {
            throw new SipException("an answer without a dialog");
        }
        long sequence = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getSeqNumber();
        if (dialog() != null && dialog() != accepted) {
            acknowledge(accepted, sequence, null);
            bye(accepted);
            return;
        }
        if (dialog() != null) {
            return; // a retransmission; the stack repeats the ACK
        }
        joined(accepted);
        unacknowledged = sequence;
        if (state == State.SILENCED || state == State.OVER) {
            state = State.OVER;
            acknowledge(null);
            bye(accepted);
            return;
        }
        state = State.ANSWERED;
        if (!lateOffer) {
            acknowledge(null);
        }
        call.operatorAnswered(this, Body.of(response));
    }

    private void acknowledge(Dialog dialog, long sequence, @Nullable Body body) {
        try {
            Request ack = dialog.createAck(sequence);
            Body.put(body, ack);
            dialog.sendAck(ack);
        } catch (SipException | InvalidArgumentException | ParseException e) {
            LOG.atWarn().addKeyValue("call", call.recordId()).setCause(e).log("ACK could not be sent");
        }
    }

    private void cancelIfPossible() {
        if (!provisional || cancelSent) {
            return;
        }
        cancelSent = true;
        try {
            endpoint.provider().getNewClientTransaction(invite.createCancel()).sendRequest();
        } catch (SipException e) {
            LOG.atDebug().addKeyValue("call", call.recordId()).setCause(e).log("CANCEL could not be sent");
        }
    }
}
