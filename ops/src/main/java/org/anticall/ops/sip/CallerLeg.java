package org.anticall.ops.sip;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CallIdHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Response;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side, towards the gateway: the server transaction of the diverted INVITE and the dialog it makes.
 *
 * <pre>
 *  PROCEEDING ── answer ──► ANSWERED ── ACK ──► ACKNOWLEDGED ──┐
 *      │                        │ no ACK in time               ├─► OVER
 *      └── refuse, CANCEL ──────┴──────────────────────────────┘
 * </pre>
 *
 * The call of an earlier run begins ACKNOWLEDGED. A BYE waits for the ACK (RFC 3261 §15). Owned by the desk's thread.
 */
final class CallerLeg extends Leg {

    private enum State {
        PROCEEDING,
        ANSWERED,
        ACKNOWLEDGED,
        OVER
    }

    private final @Nullable ServerTransaction invite;
    private final String contactUser;
    private final String tag = SipEndpoint.unique();
    private State state = State.PROCEEDING;
    private boolean ringing;
    private boolean byeDue;
    private @Nullable OwnOrigin origin;
    private @Nullable ScheduledFuture<?> ackTimeout;

    CallerLeg(
            SipEndpoint endpoint,
            DivertedCallSignals call,
            Farewells farewells,
            @Nullable ServerTransaction invite,
            String contactUser,
            DeskLoop loop,
            CallTerms terms) {
        super(endpoint, call, farewells, Party.CALLER, loop, terms);
        this.invite = invite;
        this.contactUser = contactUser;
        if (invite != null) {
            invite.setApplicationData(this);
        }
    }

    /** The dialog of an earlier run goes on. */
    void takeUp(Dialog revived) {
        state = State.ACKNOWLEDGED;
        joined(revived);
    }

    void trying() throws SipException {
        endpoint.respond(invite(), Response.TRYING);
    }

    /** Lets the caller hear ringing; once is enough. */
    void ringing() throws SipException, ParseException {
        if (state == State.PROCEEDING && !ringing) {
            ringing = true;
            send(Response.RINGING, null);
        }
    }

    /** Lets the caller hear something before the call is answered or declined: early media (RFC 3960 §3). */
    void early(@Nullable Body body) throws SipException, ParseException {
        if (state == State.PROCEEDING) {
            ringing = true;
            send(Response.SESSION_PROGRESS, body);
        }
    }

    /** Takes the call; {@code onNoAck} runs on {@code loop} if no ACK comes within {@code patience}. */
    void answer(@Nullable Body body, DeskLoop loop, Duration patience, Runnable onNoAck)
            throws SipException, ParseException {
        state = State.ANSWERED;
        send(Response.OK, body);
        joined(invite().getDialog());
        ackTimeout = loop.schedule(patience, onNoAck);
    }

    /** Declines the call with {@code status} unless it is answered or over. */
    void refuse(int status, Header... marks) throws SipException, ParseException {
        if (state == State.PROCEEDING) {
            state = State.OVER;
            Response response = withTag(status);
            for (Header mark : marks) {
                response.addHeader(mark);
            }
            respond(response);
        }
    }

    /** Whether the call was taken and is not over. */
    boolean isAnswered() {
        return state == State.ANSWERED || state == State.ACKNOWLEDGED;
    }

    /** The gateway cancelled. Returns false if the call is answered already: then the CANCEL came too late. */
    boolean cancelled() throws SipException, ParseException {
        boolean inTime = state == State.PROCEEDING;
        refuse(Response.REQUEST_TERMINATED);
        return inTime;
    }

    /** The ACK of the answer came. */
    void acknowledged() {
        if (state == State.ANSWERED) {
            state = State.ACKNOWLEDGED;
            stopAckTimeout();
            if (byeDue) {
                hangUp();
            }
        }
    }

    /** Ends an answered call; the BYE waits for the ACK of the answer. */
    void hangUp() {
        if (state == State.ANSWERED) {
            byeDue = true;
        } else if (state == State.ACKNOWLEDGED) {
            state = State.OVER;
            bye(Objects.requireNonNull(dialog(), "an answered leg has a dialog"));
        }
    }

    /** Ends an answered call whose ACK will not come any more. */
    void giveUpOnAck() {
        acknowledged();
        hangUp();
    }

    @Override
    void put(@Nullable Body body, Message message) throws ParseException {
        if (origin == null) {
            String callId = ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
            origin = new OwnOrigin(callId, Instant.now());
        }
        super.put(body == null ? null : origin.of(body), message);
    }

    @Override
    void goneByItself() {
        state = State.OVER;
        timer().end();
        stopAckTimeout();
        call.callerGone();
    }

    @Override
    void lost() {
        call.lost();
    }

    private ServerTransaction invite() {
        return Objects.requireNonNull(invite, "only the call of an earlier run has none, and that is answered");
    }

    private void stopAckTimeout() {
        if (ackTimeout != null) {
            ackTimeout.cancel(false);
        }
    }

    private void send(int status, @Nullable Body body) throws SipException, ParseException {
        Response response = withTag(status);
        response.addHeader(endpoint.contact(contactUser));
        put(body, response);
        if (status == Response.OK) {
            timer().accept(invite().getRequest(), response);
        }
        respond(response);
    }

    private Response withTag(int status) throws ParseException {
        Response response = endpoint.response(status, invite().getRequest());
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(tag);
        return response;
    }

    private void respond(Response response) throws SipException {
        try {
            invite().sendResponse(response);
        } catch (InvalidArgumentException e) {
            throw new SipException("cannot answer with " + response.getStatusCode(), e);
        }
    }
}
