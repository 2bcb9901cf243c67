package org.anticall.ops.sip.agent;

import java.net.InetSocketAddress;
import java.time.Duration;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of one call. Owned by the lane of its Call-ID.
 *
 * <pre>
 *   CALLING ──2xx──► TALKING ──BYE sent──► ENDING ──200──► OVER
 *      │                └──BYE received───────────────────► OVER
 *      └──3xx–6xx, timeout (after CANCEL: 487)────────────► OVER
 * </pre>
 */
final class CarrierCall {

    private enum State {
        CALLING,
        TALKING,
        ENDING,
        OVER
    }

    private final CallOffer offer;
    private final String callId;
    private final AgentThreads threads;
    private final SipEndpoint endpoint;
    private final @Nullable Speech speech;
    private final ClientTransaction invite;
    private final Duration talk;
    private final CallWatcher watcher;
    private final AgentThreads.Alarm patience;
    private State state = State.CALLING;
    private boolean provisional;
    private boolean givesUp;
    private @Nullable Dialog dialog;
    private AgentThreads.@Nullable Alarm hangUp;

    CarrierCall(
            CallOffer offer,
            Duration patience,
            Duration talk,
            CallWatcher watcher,
            ClientTransaction invite,
            SipEndpoint endpoint,
            AgentThreads threads,
            @Nullable Speech speech) {
        this.offer = offer;
        this.callId = offer.callId();
        this.threads = threads;
        this.endpoint = endpoint;
        this.speech = speech;
        this.invite = invite;
        this.talk = talk;
        this.watcher = watcher;
        this.patience = threads.after(callId, patience, () -> AgentEvents.attempt(callId, this::giveUp));
    }

    boolean isOver() {
        return state == State.OVER;
    }

    void send() throws SipException {
        invite.sendRequest();
    }

    /** A response to INVITE or BYE. */
    void response(Response response, @Nullable Dialog responseDialog) throws Exception {
        CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
        if (sequence.getMethod().equals(Request.INVITE)) {
            inviteResponse(response, sequence.getSeqNumber(), responseDialog);
        } else if (sequence.getMethod().equals(Request.BYE) && response.getStatusCode() == Response.OK) {
            end();
        }
    }

    /** The other side wants to be heard, and to hear, somewhere else (RFC 3261 §14). */
    void moved(Request reinvite, ServerTransaction transaction) throws Exception {
        speakTo(reinvite);
        Response response = endpoint.response(Response.OK, reinvite);
        response.addHeader(endpoint.contact("caller"));
        SessionText.set(response, offer.session(), endpoint, speech);
        transaction.sendResponse(response);
    }

    /** The other side hung up. */
    void hungUp() {
        end();
    }

    /** No final response to INVITE came. */
    void timedOut() {
        if (state == State.CALLING) {
            over();
            watcher.declined(Response.REQUEST_TIMEOUT);
        }
    }

    private void inviteResponse(Response response, long sequence, @Nullable Dialog responseDialog) throws Exception {
        int status = response.getStatusCode();
        if (status >= 200 && status < 300) {
            answered(response, sequence, responseDialog);
        } else if (state != State.CALLING) {
            return;
        } else if (status >= 300) {
            over();
            watcher.declined(status);
        } else {
            provisional = true;
            if (status != Response.TRYING) {
                watcher.progress(status);
            }
            if (givesUp) {
                cancel();
            }
        }
    }

    private void answered(Response response, long sequence, @Nullable Dialog responseDialog) throws Exception {
        if (responseDialog == null) {
            return;
        }
        responseDialog.sendAck(responseDialog.createAck(sequence));
        if (state == State.CALLING) {
            patience.cancel();
            dialog = responseDialog;
            state = State.TALKING;
            speakTo(response);
            watcher.answered(SessionText.nameIn(response));
            Duration left = givesUp ? Duration.ZERO : talk;
            hangUp = threads.after(callId, left, () -> AgentEvents.attempt(callId, this::hangUp));
        }
    }

    private void hangUp() throws SipException {
        if (state == State.TALKING && dialog != null) {
            state = State.ENDING;
            dialog.sendRequest(endpoint.provider().getNewClientTransaction(dialog.createRequest(Request.BYE)));
        }
    }

    /** CANCEL may not overtake its INVITE: it waits for a provisional response (RFC 3261 §9.1). */
    private void giveUp() throws SipException {
        if (state == State.CALLING) {
            givesUp = true;
            if (provisional) {
                cancel();
            }
        }
    }

    private void cancel() throws SipException {
        endpoint.provider().getNewClientTransaction(invite.createCancel()).sendRequest();
        provisional = false;
    }

    private void end() {
        if (state == State.TALKING || state == State.ENDING) {
            over();
            watcher.ended();
        }
    }

    private void speakTo(Message heard) {
        InetSocketAddress listener = SessionText.listenerIn(heard);
        if (speech != null && listener != null) {
            speech.speak(callId, listener);
        }
    }

    private void over() {
        state = State.OVER;
        if (speech != null) {
            speech.hush(callId);
        }
        patience.cancel();
        if (hangUp != null) {
            hangUp.cancel();
        }
    }
}
