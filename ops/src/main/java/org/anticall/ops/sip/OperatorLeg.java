package org.anticall.ops.sip;

import java.text.ParseException;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's side: the INVITE to a phone and the dialog it makes.
 *
 * <pre>
 *  PREPARING ── INVITE ──► CALLING
 *
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
final class OperatorLeg extends Leg implements SeatLeg {

    private enum State {
        PREPARING,
        CALLING,
        PROCEEDING,
        SILENCED,
        ANSWERED,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(OperatorLeg.class);

    private final String seat;
    private final DeskLoop loop;
    private Sound sound;
    private final boolean lateOffer;
    private @Nullable ClientTransaction invite;
    private State state = State.PREPARING;
    private boolean provisional;
    private boolean cancelSent;
    private long unacknowledged = -1;

    OperatorLeg(
            SipEndpoint endpoint,
            DivertedCallSignals call,
            Farewells farewells,
            String seat,
            DeskLoop loop,
            CallTerms terms,
            Sound sound,
            boolean lateOffer) {
        super(endpoint, call, farewells, Party.OPERATOR, loop, terms);
        this.seat = seat;
        this.loop = loop;
        this.sound = sound;
        this.lateOffer = lateOffer;
    }

    @Override
    public String seat() {
        return seat;
    }

    @Override
    public Sound sound() {
        return sound;
    }

    /** The dialog of an earlier run goes on. */
    void takeUp(Dialog revived) {
        state = State.ANSWERED;
        joined(revived);
    }

    /** Lets the phone ring, unless the seat was silenced while the sound was prepared. */
    void ring(Request request) throws SipException, ParseException {
        if (state == State.PREPARING) {
            state = State.CALLING;
            remember(Body.of(request));
            if (!seat.isEmpty()) {
                timer().ask(request); // a callee's network would judge a second INVITE after a 422 anew
            }
            send(request);
        }
    }

    private void send(Request request) throws SipException {
        invite = endpoint.provider().getNewClientTransaction(request);
        invite.setApplicationData(this);
        invite.sendRequest();
    }

    /** Asks once more, for a longer interval; a call of its own for the phone. */
    private void ringAgain() throws SipException, ParseException {
        Request refused =
                Objects.requireNonNull(invite, "what is refused was sent").getRequest();
        Request again = (Request) refused.clone();
        again.setHeader(endpoint.headers().createCallIdHeader(SipEndpoint.unique()));
        again.setHeader(endpoint.via());
        timer().ask(again);
        send(again);
    }

    @Override
    public void failed(int status) {
        boolean wanted = state != State.SILENCED && state != State.OVER;
        silence();
        if (wanted) {
            call.seatRefused(this, status);
        }
    }

    /** An answer to the INVITE. */
    void answered(ResponseEvent event) throws SipException, ParseException {
        Response response = event.getResponse();
        int status = response.getStatusCode();
        if (status < 200) {
            progress(status);
        } else if (status < 300) {
            accepted(event.getDialog(), response);
        } else {
            boolean wanted = state == State.CALLING || state == State.PROCEEDING;
            if (wanted && status == SessionTimer.INTERVAL_TOO_SMALL && timer().concede(response)) {
                ringAgain();
                return;
            }
            over();
            if (wanted) {
                call.seatRefused(this, status);
            }
        }
    }

    /** No answer to the INVITE came at all. */
    void timedOut() {
        boolean wanted = state == State.CALLING || state == State.PROCEEDING;
        over();
        if (wanted) {
            call.seatRefused(this, Response.REQUEST_TIMEOUT);
        }
    }

    @Override
    public void resound(Sound fresh, @Nullable Body offer, Consumer<@Nullable Body> answered, Runnable otherwise) {
        if (state != State.ANSWERED) {
            otherwise.run();
            return;
        }
        sound = fresh;
        OwnInvite.send(endpoint, loop, this, offer, answered, otherwise);
    }

    @Override
    public void silence() {
        switch (state) {
            case PREPARING -> over();
            case CALLING, PROCEEDING -> {
                state = State.SILENCED;
                farewells.sent();
                sound.end();
                cancelIfPossible();
            }
            case ANSWERED -> {
                over();
                Dialog dialog = Objects.requireNonNull(dialog(), "an answered leg has a dialog");
                acknowledge(null);
                bye(dialog);
            }
            case SILENCED, OVER -> {}
        }
    }

    /** Acknowledges the answer, with the caller's session description after a late offer. Once is enough. */
    @Override
    public void acknowledge(@Nullable Body body) {
        Dialog dialog = dialog();
        if (dialog != null && unacknowledged >= 0) {
            acknowledge(dialog, unacknowledged, body);
            unacknowledged = -1;
        }
    }

    @Override
    void goneByItself() {
        over();
        call.seatGone(this);
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
            acknowledge(null);
            bye(accepted);
            over();
            return;
        }
        state = State.ANSWERED;
        timer().agreed(response);
        if (!lateOffer) {
            acknowledge(null);
        }
        Body body = Body.of(response);
        Runnable unheard = () -> failed(Response.BUSY_HERE);
        if (lateOffer) {
            sound.offered(Party.OPERATOR, body, this::heard, unheard);
        } else {
            sound.answered(Party.OPERATOR, body, this::heard, unheard);
        }
    }

    /** The sound of the answer is arranged; the caller may have it as {@code description}. */
    private void heard(@Nullable Body description) {
        if (state == State.ANSWERED) {
            call.seatAnswered(this, description);
        }
    }

    private void over() {
        if (state == State.SILENCED) {
            farewells.answered();
        }
        state = State.OVER;
        timer().end();
        sound.end();
    }

    private void acknowledge(Dialog dialog, long sequence, @Nullable Body body) {
        try {
            Request ack = dialog.createAck(sequence);
            put(body, ack);
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
            ClientTransaction sent = Objects.requireNonNull(invite, "what rings was invited");
            endpoint.provider().getNewClientTransaction(sent.createCancel()).sendRequest();
        } catch (SipException e) {
            LOG.atDebug().addKeyValue("call", call.recordId()).setCause(e).log("CANCEL could not be sent");
        }
    }
}
